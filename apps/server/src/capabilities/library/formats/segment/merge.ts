import type { Block } from './block.ts'
import { sizes } from './sizes.ts'
import { splitSpan } from './split.ts'
import { weigh } from './weigh.ts'

/**
 * The passages of a section: paragraphs below one heading are put together, long ones cut at sentences; lists, tables,
 * poems and notes stay whole while they fit, and are cut at their lines when they do not. Headings live on in the path;
 * a section of nothing but headings is a passage itself.
 */
export function mergeBlocks(text: string, blocks: readonly Block[]): Block[] {
  const merger = new Merger(text)
  for (const block of blocks) merger.add(block)
  const passages = merger.finish()
  return passages.length > 0 ? passages : titlePassage(blocks)
}

interface Weighed {
  block: Block
  units: number
}

class Merger {
  readonly #text: string
  readonly #done: Weighed[] = []
  /** Paragraphs being put together. */
  #group: Weighed | undefined

  constructor(text: string) {
    this.#text = text
  }

  add(block: Block): void {
    if (block.kind !== 'text') {
      this.#close()
      if (block.kind !== 'heading') this.#done.push(...this.#pieces(block))
    } else if (!this.#grow(block)) {
      this.#close()
      const pieces = this.#pieces(block)
      // The last piece of a long paragraph may go on in the next one.
      this.#group = pieces.pop()
      this.#done.push(...pieces)
    }
  }

  finish(): Block[] {
    this.#close()
    return this.#done.map(({ block }) => block)
  }

  #grow(block: Block): boolean {
    const group = this.#group
    if (!group || !continues(group.block, block)) return false
    const units = group.units + weigh(this.#text, block.start, block.end).units
    if (units > sizes.full && !(group.units < sizes.enough && units <= sizes.most)) return false
    this.#group = { block: { ...group.block, end: block.end }, units }
    return true
  }

  #close(): void {
    const group = this.#group
    this.#group = undefined
    if (!group) return
    const before = this.#done.at(-1)
    const units = (before?.units ?? 0) + group.units
    if (before && group.units < sizes.rest && units <= sizes.most && continues(before.block, group.block)) {
      this.#done[this.#done.length - 1] = { block: { ...before.block, end: group.block.end }, units }
    } else this.#done.push(group)
  }

  #pieces(block: Block): Weighed[] {
    const weighed = (start: number, end: number): Weighed => {
      return { block: { ...block, start, end }, units: weigh(this.#text, start, end).units }
    }
    const whole = weighed(block.start, block.end)
    if (whole.units <= sizes.most) return [whole]
    const at = block.kind === 'text' || block.kind === 'footnote' ? 'sentence' : 'line'
    return splitSpan(this.#text, block, at).map(([start, end]) => weighed(start, end))
  }
}

function continues(a: Block, b: Block): boolean {
  return a.kind === 'text' && b.kind === 'text' && a.path === b.path && a.language === b.language
}

function titlePassage(blocks: readonly Block[]): Block[] {
  const first = blocks[0]
  const last = blocks.at(-1)
  return first && last ? [{ ...first, kind: 'heading', end: last.end, path: last.path }] : []
}
