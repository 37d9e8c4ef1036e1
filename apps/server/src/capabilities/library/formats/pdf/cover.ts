import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist'
import type { BookCover } from '../types.ts'

/** Width of the rendered page in pixels; the large cover is made of it. */
const width = 800

type RenderParameters = Parameters<PDFPageProxy['render']>[0]

/** What pdf.js makes on Node where `@napi-rs/canvas` is installed. */
interface NodeCanvas {
  canvas: NonNullable<RenderParameters['canvas']> & { toBuffer(type: 'image/png'): Uint8Array }
  context: NonNullable<RenderParameters['canvasContext']>
}

/** The first page as a picture; undefined without a canvas or when the page cannot be drawn. */
export async function renderCover(document: PDFDocumentProxy): Promise<BookCover | undefined> {
  try {
    const page = await document.getPage(1)
    const natural = page.getViewport({ scale: 1 })
    const scale = width / Math.max(1, natural.width)
    // A page as long as a roll would be a picture without bounds.
    if (natural.height * scale > width * 4) return undefined
    const viewport = page.getViewport({ scale })
    const { canvas, context } = createCanvas(document, Math.ceil(viewport.width), Math.ceil(viewport.height))
    await page.render({ canvas, canvasContext: context, viewport, background: '#ffffff' }).promise
    return { bytes: new Uint8Array(canvas.toBuffer('image/png')), mediaType: 'image/png' }
  } catch {
    return undefined
  }
}

function createCanvas(document: PDFDocumentProxy, columns: number, rows: number): NodeCanvas {
  const factory = document.canvasFactory as { create(columns: number, rows: number): NodeCanvas }
  return factory.create(columns, rows)
}
