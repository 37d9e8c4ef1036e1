import type { PDFDocumentProxy } from 'pdfjs-dist'
import { FileDamagedError } from '../errors.ts'
import { titleFromName } from '../metadata/clean.ts'
import type { ByteSource } from '../source.ts'
import { detectLanguage } from '../text/language.ts'
import type { BookAnalysis, BookWarning } from '../types.ts'
import { renderCover } from './cover.ts'
import { readMetadata } from './metadata.ts'
import { openPdf } from './open.ts'
import { readOutline } from './outline.ts'

/** Pages whose text tells the language, and whether there is any text. */
const samplePages = 12

/** Metadata, outline, labels and the first page as cover. Text is counted when the passages are made. */
export async function analysePdf(source: ByteSource, name: string): Promise<BookAnalysis> {
  await using pdf = await openPdf(source)
  const { document } = pdf
  await checkPages(document)
  const { title, ...metadata } = await readMetadata(document)
  const { toc } = await readOutline(document)
  const sample = await sampleText(document)
  const labels = await document.getPageLabels().catch(() => null)
  const preferences = await document.getViewerPreferences().catch(() => null)
  const warnings: BookWarning[] = []
  if (!title) warnings.push({ code: 'metadata_missing', params: { field: 'title' } })
  if (sample.trim() === '') warnings.push({ code: 'no_text', params: {} })
  return {
    format: 'pdf',
    mediaType: 'application/pdf',
    opens: 'original',
    ...metadata,
    title: title ?? titleFromName(name),
    language: metadata.language ?? detectLanguage(sample),
    direction: isRightToLeft(preferences) ? 'rtl' : 'ltr',
    verticalWriting: false,
    fixedLayout: true,
    cover: await renderCover(document),
    toc,
    sections: [],
    pageCount: document.numPages,
    ...(labels && { pageLabels: labels }),
    characters: 0,
    warnings,
  }
}

/** pdf.js repairs what it can; a document whose first or last page is beyond repair is damaged. */
async function checkPages(document: PDFDocumentProxy): Promise<void> {
  for (const page of new Set([1, document.numPages])) {
    try {
      await document.getPage(page)
    } catch (error) {
      throw new FileDamagedError({ part: `page ${page}` }, error)
    }
  }
}

async function sampleText(document: PDFDocumentProxy): Promise<string> {
  const step = Math.max(1, Math.floor(document.numPages / samplePages))
  let sample = ''
  for (let page = 1; page <= document.numPages && sample.length < 20_000; page += step) {
    const content = await document
      .getPage(page)
      .then((proxy) => proxy.getTextContent())
      .catch(() => undefined)
    for (const item of content?.items ?? []) if ('str' in item) sample += `${item.str} `
  }
  return sample
}

function isRightToLeft(preferences: unknown): boolean {
  const map = preferences instanceof Map ? Object.fromEntries(preferences) : preferences
  return typeof map === 'object' && map !== null && 'Direction' in map && map.Direction === 'R2L'
}
