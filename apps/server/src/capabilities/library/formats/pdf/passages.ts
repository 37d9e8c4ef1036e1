import { contextOf } from '../segment/context.ts'
import { type MergedBlock, mergeBlocks } from '../segment/merge.ts'
import { passageText } from '../segment/to-passage.ts'
import type { ByteSource } from '../source.ts'
import type { BookAnalysis, Passage } from '../types.ts'
import { type PageLines, quadsOf, readLines } from './lines.ts'
import { type OpenPdf, openPdf } from './open.ts'
import { readOutline } from './outline.ts'
import { buildPageText, type PageText } from './paragraphs.ts'
import { withoutRunningHeads } from './running-heads.ts'

/** The text of the document, page by page; a passage never crosses a page, which is what its locator names. */
export async function* pdfPassages(source: ByteSource, analysis: BookAnalysis): AsyncGenerator<Passage> {
  await using pdf = await openPdf(source)
  const { marks } = await readOutline(pdf.document)
  let ord = 0
  for await (const [page, nearby] of windows(pdf)) {
    const text = buildPageText(withoutRunningHeads(page, nearby), marks, analysis.language)
    for (const block of mergeBlocks(text.text, text.blocks)) {
      yield toPassage(page, text, block, ord++, pdf.document.numPages)
    }
  }
}

/** Each page with the two before and the two after it, every page read once. */
async function* windows({ document }: OpenPdf): AsyncGenerator<[PageLines, PageLines[]]> {
  const pages: PageLines[] = []
  for (let next = 0, current = 0; current < document.numPages; current++) {
    for (; next <= current + 2 && next < document.numPages; next++) pages.push(await readPage(document, next))
    const page = pages.find((each) => each.page === current)
    if (page) yield [page, pages.filter((each) => each !== page)]
    if (pages[0] && pages[0].page <= current - 2) pages.shift()
  }
}

/** A page that cannot be read has no text: the others are still worth finding. */
async function readPage(document: OpenPdf['document'], page: number): Promise<PageLines> {
  try {
    const proxy = await document.getPage(page + 1)
    const lines = await readLines(proxy, page)
    proxy.cleanup()
    return lines
  } catch {
    return { page, lines: [], bottom: 0, top: 0 }
  }
}

function toPassage(page: PageLines, text: PageText, block: MergedBlock, ord: number, pages: number): Passage {
  const start = text.sourceOf(block.start)
  const end = text.sourceOf(block.end - 1) + 1
  return {
    ord,
    ...passageText(text.text, block),
    ...contextOf(text.text, block.start, block.end),
    sectionIndex: page.page,
    locator: {
      type: 'pdf',
      page: page.page,
      start,
      end,
      quads: quadsOf(page, start, end),
      fraction: (page.page + block.start / Math.max(1, text.text.length)) / pages,
    },
  }
}
