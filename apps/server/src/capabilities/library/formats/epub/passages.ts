import { outlineOf, outlineSections } from '../segment/outline.ts'
import { sectionPassages } from '../segment/section-passages.ts'
import type { BookAnalysis, Passage } from '../types.ts'
import { parseContent } from '../xml/parse-content.ts'
import type { ZipArchive } from '../zip/archive.ts'
import { openEpub, readMarkup } from './book.ts'

/** The text of the book, one parsed section in memory at a time. */
export async function* epubPassages(archive: ZipArchive, analysis: BookAnalysis): AsyncGenerator<Passage> {
  const book = await openEpub(archive)
  const outlines = outlineSections(outlineOf(analysis.toc), book.sections.length)
  let ord = 0
  for (const section of book.sections) {
    const markup = await readMarkup(book, section)
    const outline = outlines[section.index]
    if (!markup || !outline) continue
    const { root } = parseContent(markup.text, section.content.mediaType, section.content.path)
    const { index, start, weight } = section
    const document = {
      root,
      index,
      start,
      weight,
      steps: section.spine.steps,
      outline,
      language: analysis.language,
    }
    for (const passage of sectionPassages(document, ord)) {
      ord = passage.ord + 1
      yield passage
    }
  }
}
