import type { FoliateBook, FoliateSection, TransformDetail } from '../foliate/foliate-types.ts'
import { sanitiseCss } from './sanitise-css.ts'
import { parseMarkup, sanitiseMarkup, serialiseSafely } from './sanitise-markup.ts'

const XHTML = 'application/xhtml+xml'
/** Bytes that are only ever decoded as a picture, sound or face. */
const INERT =
  /^(?:image\/(?!svg)|audio\/|video\/|font\/|application\/(?:x-)?font|application\/vnd\.ms-(?:opentype|fontobject))/i

/**
 * Puts the sanitiser between the book's bytes and the screen, by the hook each format has: EPUB announces every resource,
 * MOBI and AZW3 serialise through a member, FB2 builds documents itself; CBZ holds pictures only. Call before the first load.
 */
export function protectBook(book: FoliateBook): void {
  if (book.transformTarget) protectEpub(book, book.transformTarget)
  else if (book.serializer) protectMobi(book)
  else for (const section of book.sections) protectBuilt(section)
}

function protectEpub(book: FoliateBook, target: EventTarget): void {
  target.addEventListener('data', (event) => {
    const { detail } = event as CustomEvent<TransformDetail>
    const { type } = detail
    if (INERT.test(type)) return
    if (/css/i.test(type)) detail.data = text(detail.data).then(sanitiseCss)
    else {
      detail.data = text(detail.data).then((markup) =>
        /svg/i.test(type) ? sanitiseSvg(markup) : sanitiseMarkup(markup),
      )
      if (!/svg/i.test(type)) detail.type = XHTML
    }
  })
  for (const section of book.sections) showPicturesAsPages(book, section)
}

/** A picture straight in the spine gets a page around it; renderers expect a body. */
function showPicturesAsPages(book: FoliateBook, section: FoliateSection): void {
  const type = book.resources?.getItemByHref(String(section.id))?.mediaType ?? ''
  const { load } = section
  if (!type.startsWith('image/') || !load) return
  let page: string | undefined
  section.load = async () => {
    const source = await load.call(section)
    const style = 'margin:0;text-align:center'
    const markup = `<html xmlns="http://www.w3.org/1999/xhtml"><head><title></title></head><body style="${style}"><img src="${source}" alt=""/></body></html>`
    page ??= URL.createObjectURL(new Blob([markup], { type: XHTML }))
    return page
  }
}

function protectMobi(book: FoliateBook): void {
  book.serializer = { serializeToString: (document: Document) => serialiseSafely(document) }
  const { loadResourceBlob } = book
  if (!loadResourceBlob) return
  book.loadResourceBlob = async (address) => {
    const [blob, inline] = await loadResourceBlob.call(book, address)
    if (!/css/i.test(blob.type)) return [blob, inline]
    return [new Blob([sanitiseCss(await blob.text())], { type: blob.type }), inline]
  }
}

/** FB2: the section is parsed from the same text that `load` would show. */
function protectBuilt(section: FoliateSection): void {
  const { createDocument } = section
  if (!createDocument) return
  let page: string | undefined
  section.load = async () => {
    const document = await createDocument.call(section)
    page ??= URL.createObjectURL(new Blob([serialiseSafely(document)], { type: XHTML }))
    return page
  }
}

/** SVG stays SVG when it can be read at all; only well-formed SVG is drawn anyway. */
function sanitiseSvg(markup: string): string {
  const document = new DOMParser().parseFromString(markup, 'image/svg+xml')
  return document.getElementsByTagName('parsererror').length > 0 ? '' : serialiseSafely(document)
}

async function text(data: TransformDetail['data']): Promise<string> {
  const value = await data
  return typeof value === 'string' ? value : value === null || value === undefined ? '' : value.text()
}

/** A section's document for reading (search, anchors, notes): inert, numbered as what is on screen. */
export async function sectionDocument(book: FoliateBook, index: number): Promise<Document | undefined> {
  const section = book.sections[index]
  const document = await section?.createDocument?.()
  if (!document || document.getElementsByTagName('parsererror').length === 0) return document
  const markup = book.transformTarget && (await book.loadText?.(String(section?.id)))
  return markup ? parseMarkup(markup) : undefined
}
