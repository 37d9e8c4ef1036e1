import type { Block } from './block.ts'
import { sizes } from './sizes.ts'
import { splitSpan } from './split.ts'
import { type Weight, weigh } from './weigh.ts'

/** A span of the section's text that becomes one passage. */
export interface MergedBlock extends Block, Weight {}

/**
 * The passages of a section: paragraphs below one heading are put together, long ones cut at sentences; lists, tables,
 * poems and notes stay whole while they fit, and are cut at their lines when they do not. Headings live on in the path;
 * a section of nothing but headings is a passage itself.
 */
export function mergeBlocks(text: string, blocks: readonly Block[]): MergedBlock[] {
  const merger = new Merger(text)
  for (const block of blocks) merger.add(block)
  const passages = merger.finish()
  return passages.length > 0 ? passages : titlePassage(text, blocks)
}

class Merger {
  readonly #text: string
  readonly #done: MergedBlock[] = []
  /** Paragraphs being put together. */
  #group: MergedBlock | undefined

  constructor(text: string) {
    this.#text = text
  }

  add(block: Block): void {
    if (block.kind === 'heading') {
      this.#close()
      return
    }
    const weighed = { ...block, ...weigh(this.#text, block.start, block.end) }
    if (block.kind !== 'text') {
      this.#close()
      this.#done.push(...this.#pieces(weighed))
    } else if (!this.#grow(weighed)) {
      this.#close()
      const pieces = this.#pieces(weighed)
      // The last piece of a long paragraph may go on in the next one.
      this.#group = pieces.pop()
      this.#done.push(...pieces)
    }
  }

  finish(): MergedBlock[] {
    this.#close()
    return this.#done
  }

  #grow(block: MergedBlock): boolean {
    const group = this.#group
    if (!group || !continues(group, block)) return false
    const units = group.units + block.units
    if (units > sizes.full && !(group.units < sizes.enough && units <= sizes.most)) return false
    this.#group = joined(group, block)
    return true
  }

  #close(): void {
    const group = this.#group
    this.#group = undefined
    if (!group) return
    const before = this.#done.at(-1)
    const scrap = before && group.units < sizes.rest && before.units + group.units <= sizes.most
    if (scrap && continues(before, group)) this.#done[this.#done.length - 1] = joined(before, group)
    else this.#done.push(group)
  }

  #pieces(block: MergedBlock): MergedBlock[] {
    if (block.units <= sizes.most) return [block]
    const at = block.kind === 'text' || block.kind === 'footnote' ? 'sentence' : 'line'
    return splitSpan(this.#text, block, at).map(([start, end]) => {
      return { ...block, start, end, ...weigh(this.#text, start, end) }
    })
  }
}

function joined(a: MergedBlock, b: MergedBlock): MergedBlock {
  return { ...a, end: b.end, words: a.words + b.words, units: a.units + b.units }
}

function continues(a: Block, b: Block): boolean {
  return a.kind === 'text' && b.kind === 'text' && a.path === b.path && a.language === b.language
}

function titlePassage(text: string, blocks: readonly Block[]): MergedBlock[] {
  const first = blocks[0]
  const last = blocks.at(-1)
  if (!first || !last) return []
  const { start } = first
  return [{ ...first, kind: 'heading', end: last.end, path: last.path, ...weigh(text, start, last.end) }]
}
