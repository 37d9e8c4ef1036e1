import type { Passage } from '../types.ts'
import { childElement, descendants, textContent } from '../xml/query.ts'
import type { XmlElement } from '../xml/tree.ts'
import { passageCfi, type SpineSteps } from './cfi.ts'
import { collectBlocks, type SectionOutline } from './collect.ts'
import { contextOf } from './context.ts'
import { type MergedBlock, mergeBlocks } from './merge.ts'
import type { SectionText } from './section-text.ts'
import { passageText } from './to-passage.ts'

/** One document of the reading order. */
export interface SectionDocument {
  root: XmlElement
  index: number
  steps: SpineSteps
  /** Start and length in the book's progress, 0 to 1. */
  start: number
  weight: number
  outline: SectionOutline
  language: string | undefined
}

/** The passages of one document, numbered from `ord`. */
export function* sectionPassages(document: SectionDocument, ord: number): Generator<Passage> {
  if (isListOfLinks(document.root)) return
  const { section, blocks } = collectBlocks(document.root, document.outline, document.language)
  let next = ord
  for (const block of mergeBlocks(section.text, blocks)) {
    const passage = toPassage(document, section, block, next)
    if (!passage) continue
    next++
    yield passage
  }
}

function toPassage(
  document: SectionDocument,
  source: SectionText,
  block: MergedBlock,
  ord: number,
): Passage | undefined {
  const start = source.pointAt(block.start)
  const last = source.pointAt(block.end - 1)
  if (!start || !last) return undefined
  const end = { node: last.node, offset: last.offset + 1 }
  return {
    ord,
    ...passageText(source.text, block),
    ...contextOf(source.text, block.start, block.end),
    sectionIndex: document.index,
    locator: {
      type: 'epub',
      cfi: passageCfi(document.steps, start, end),
      sectionIndex: document.index,
      fraction: document.start + (document.weight * block.start) / source.text.length,
    },
  }
}

/** A printed table of contents: found again by every title in it, it would hide what the titles stand for. */
function isListOfLinks(root: XmlElement): boolean {
  const body = childElement(root, 'body')
  if (!body) return false
  const links = [...descendants(body, 'a')].filter((link) => {
    return link.attributes.has('filepos') || /^(?![a-z]+:|#)./i.test(link.getAttribute('href') ?? '')
  })
  if (links.length < 4) return false
  const letters = (text: string) => text.replace(/\s+/g, '').length
  const linked = links.reduce((sum, link) => sum + letters(textContent(link)), 0)
  return linked > letters(textContent(body)) * 0.7
}
