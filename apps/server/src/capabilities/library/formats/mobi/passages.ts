import { outlineSections } from '../segment/outline.ts'
import { sectionPassages } from '../segment/section-passages.ts'
import type { ByteSource } from '../source.ts'
import type { BookAnalysis, Passage } from '../types.ts'
import { openMobi } from './book.ts'
import { spineSteps, weigh } from './spine.ts'

/** The text of the book, one parsed section in memory at a time. */
export async function* mobiPassages(source: ByteSource, analysis: BookAnalysis): AsyncGenerator<Passage> {
  const book = await openMobi(source)
  const outlines = outlineSections(book.toc, book.sections.length)
  const places = weigh(book.sections)
  let ord = 0
  for (const [index, section] of book.sections.entries()) {
    const root = section.parse()
    const outline = outlines[index]
    const place = places[index]
    if (!root || !outline || !place) continue
    const document = { root, index, ...place, steps: spineSteps(index), outline, language: analysis.language }
    for (const passage of sectionPassages(document, ord)) {
      ord = passage.ord + 1
      yield passage
    }
  }
}
