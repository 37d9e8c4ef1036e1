/** What this needs of pdf.js' items; those for marked content have no `str` and count nothing. */
export type PdfTextItem =
  | { readonly str: string; readonly hasEOL?: boolean }
  | { readonly type: string; readonly str?: undefined }

/** A page's text, and where pdf.js' items are in it (UTF-16 offsets). */
export interface PdfPageText {
  readonly text: string
  /** Offset in `text` where each item that has a `str` begins, in their order. */
  readonly starts: readonly number[]
}

/**
 * PDF-1: the text of a page that offsets count in: each item's `str` as pdf.js gives it, `\n` after those that end a line.
 * Server and reader both use this, so their offsets agree.
 */
export function pdfPageText(items: Iterable<PdfTextItem>): PdfPageText {
  const starts: number[] = []
  let text = ''
  for (const item of items) {
    if (item.str === undefined) continue
    starts.push(text.length)
    text += item.hasEOL ? `${item.str}\n` : item.str
  }
  return { text, starts }
}
