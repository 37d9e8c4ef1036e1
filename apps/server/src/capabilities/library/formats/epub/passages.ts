import type { Block } from '../segment/block.ts'
import { collectBlocks } from '../segment/collect.ts'
import { contextOf } from '../segment/context.ts'
import { mergeBlocks } from '../segment/merge.ts'
import type { SectionText } from '../segment/section-text.ts'
import { passageText } from '../segment/to-passage.ts'
import type { BookAnalysis, Passage } from '../types.ts'
import { parseContent } from '../xml/parse-content.ts'
import type { ZipArchive } from '../zip/archive.ts'
import { type EpubSection, openEpub, readMarkup } from './book.ts'
import { passageCfi } from './cfi.ts'
import { outlineSections } from './outline.ts'

/** The text of the book, one parsed section in memory at a time. */
export async function* epubPassages(archive: ZipArchive, analysis: BookAnalysis): AsyncGenerator<Passage> {
  const book = await openEpub(archive)
  const outlines = outlineSections(analysis.toc, book.sections.length)
  let ord = 0
  for (const section of book.sections) {
    const markup = await readMarkup(book, section)
    if (!markup) continue
    const { root } = parseContent(markup.text, section.content.mediaType, section.content.path)
    const outline = outlines[section.index] ?? { path: [], anchors: new Map() }
    const collected = collectBlocks(root, outline, analysis.language)
    for (const block of mergeBlocks(collected.section.text, collected.blocks)) {
      const passage = toPassage(section, collected.section, block, ord)
      if (!passage) continue
      ord++
      yield passage
    }
  }
}

function toPassage(
  section: EpubSection,
  source: SectionText,
  block: Block,
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
    sectionIndex: section.index,
    locator: {
      type: 'epub',
      cfi: passageCfi(section.spine, start, end),
      sectionIndex: section.index,
      fraction: section.start + (section.weight * block.start) / source.text.length,
    },
  }
}
