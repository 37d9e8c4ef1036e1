import type { PdfPageText, Quad } from '@stoa/locators'
import { pdfPageText } from '@stoa/locators'
import { type PageViewport, type RenderTask, TextLayer } from 'pdfjs-dist'
import type { HighlightRect } from '../book-view.ts'
import { union } from '../foliate/dom-range.ts'
import type { PDFDocumentProxy, PDFPageProxy } from './pdf-document.ts'
import { boxOfQuad, layerRange, quadsOfRange, type TextLayerMap } from './pdf-layer.ts'
import type { Destination } from './pdf-outline.ts'

/** Chromium and Safari refuse larger canvases on small machines; a page at four screens is sharp enough. */
const MAX_PIXELS = 16_777_216

export interface PageSize {
  readonly width: number
  readonly height: number
}

/** A box painted over the page. */
export interface PageMark {
  readonly key: string
  readonly className: string
  readonly color: string
  readonly quads: readonly Quad[]
  /** Preferred to the quads when the text layer is there: it fits what is on screen. */
  readonly span?: { readonly start: number; readonly end: number }
}

export interface PageLink {
  readonly url?: string
  readonly destination?: Destination
}

/** One page on screen: an empty box of the right size until it comes near, then picture, text, marks and links. */
export class PdfPage {
  readonly element = document.createElement('div')
  readonly index: number
  onLink: (link: PageLink) => void = () => undefined
  onReady: () => void = () => undefined
  viewport: PageViewport | undefined
  layer: TextLayerMap | undefined
  readonly #pdf: PDFDocumentProxy
  readonly #marks = document.createElement('div')
  #page: PDFPageProxy | undefined
  #size: PageSize
  #scale = 1
  #drawn = 0
  #task: RenderTask | undefined
  #text: TextLayer | undefined
  #generation = 0

  constructor(pdf: PDFDocumentProxy, index: number, size: PageSize) {
    this.#pdf = pdf
    this.index = index
    this.#size = size
    this.element.className = 'pdf-page'
    this.element.dataset.page = String(index)
    this.#marks.className = 'pdf-marks'
  }

  /** In PDF points. Exact once the page was loaded, until then that of the first page. */
  get size(): PageSize {
    return this.#size
  }

  get rendered(): boolean {
    return this.#drawn > 0
  }

  resize(scale: number): void {
    this.#scale = scale
    this.element.style.width = `${Math.floor(this.#size.width * scale)}px`
    this.element.style.height = `${Math.floor(this.#size.height * scale)}px`
    this.element.style.setProperty('--total-scale-factor', String(scale))
  }

  /** Draws at the current scale; a page drawn at another scale is stretched until the new picture is there. */
  async render(): Promise<void> {
    if (this.#drawn === this.#scale) return
    const generation = ++this.#generation
    this.#task?.cancel()
    const scale = this.#scale
    this.#drawn = scale
    this.#page ??= await this.#pdf.getPage(this.index + 1)
    const natural = this.#page.getViewport({ scale: 1 })
    this.#size = { width: natural.width, height: natural.height }
    this.resize(scale)
    this.viewport = this.#page.getViewport({ scale })
    if (generation !== this.#generation) return
    const canvas = await this.#draw(this.#page, this.viewport)
    if (!canvas || generation !== this.#generation) return
    this.element.querySelector('canvas')?.remove()
    this.element.prepend(canvas)
    if (!this.layer) await this.#addText(this.#page, this.viewport, generation)
    else this.#text?.update({ viewport: this.viewport })
    if (generation === this.#generation) this.onReady()
  }

  /** Gives the picture's memory back; the box keeps its place. */
  release(): void {
    if (this.#drawn === 0) return
    this.#generation++
    this.#task?.cancel()
    this.#text?.cancel()
    const canvas = this.element.querySelector('canvas')
    if (canvas) canvas.width = 0
    this.element.replaceChildren()
    this.#marks.replaceChildren()
    this.#drawn = 0
    this.layer = undefined
    this.#page?.cleanup()
  }

  setMarks(marks: readonly PageMark[]): void {
    const { viewport } = this
    if (!viewport) return
    this.#marks.replaceChildren(...marks.flatMap((mark) => this.#boxes(mark, viewport)))
    if (!this.#marks.isConnected) this.element.querySelector('canvas')?.after(this.#marks)
  }

  /** The mark at a point of the window. */
  markAt(x: number, y: number): { key: string; element: Element } | undefined {
    const element = Array.from(this.#marks.children).findLast((box) => {
      const { left, right, top, bottom } = box.getBoundingClientRect()
      return x >= left && x <= right && y >= top && y <= bottom
    })
    const key = (element as HTMLElement | undefined)?.dataset.key
    return element && key !== undefined ? { key, element } : undefined
  }

  /** Around each highlight of this page, as far as it lies inside `view`; in pixels of the window. */
  highlightRects(view: DOMRect): HighlightRect[] {
    const boxes = new Map<string, DOMRect[]>()
    for (const box of Array.from(this.#marks.children)) {
      const key = (box as HTMLElement).dataset.key
      const rect = box.getBoundingClientRect()
      const seen = rect.bottom > view.top && rect.top < view.bottom
      if (key === undefined || key.startsWith('mark:') || !seen) continue
      boxes.set(key, [...(boxes.get(key) ?? []), rect])
    }
    return [...boxes].map(([id, rects]) => {
      const { left, top, width, height } = union(rects)
      return { id, rect: { left, top, width, height } }
    })
  }

  async #draw(page: PDFPageProxy, viewport: PageViewport): Promise<HTMLCanvasElement | undefined> {
    const canvas = document.createElement('canvas')
    const wanted = viewport.width * viewport.height * devicePixelRatio ** 2
    const ratio = devicePixelRatio * Math.min(1, Math.sqrt(MAX_PIXELS / wanted))
    canvas.width = Math.floor(viewport.width * ratio)
    canvas.height = Math.floor(viewport.height * ratio)
    canvas.setAttribute('aria-hidden', 'true')
    const context = canvas.getContext('2d', { alpha: false })
    if (!context) return undefined
    this.#task = page.render({
      canvas,
      canvasContext: context,
      viewport,
      transform: [ratio, 0, 0, ratio, 0, 0],
    })
    try {
      await this.#task.promise
      return canvas
    } catch (error) {
      if (error instanceof Error && error.name === 'RenderingCancelledException') return undefined
      throw error
    }
  }

  async #addText(page: PDFPageProxy, viewport: PageViewport, generation: number): Promise<void> {
    const container = document.createElement('div')
    container.className = 'textLayer'
    const content = await page.getTextContent()
    const text: PdfPageText = pdfPageText(content.items)
    this.#text = new TextLayer({ textContentSource: content, container, viewport })
    await this.#text.render()
    if (generation !== this.#generation) return
    this.layer = { container, elements: this.#text.textDivs, text }
    this.element.append(container)
    await this.#addLinks(page, viewport)
  }

  async #addLinks(page: PDFPageProxy, viewport: PageViewport): Promise<void> {
    const annotations: readonly Record<string, unknown>[] = await page
      .getAnnotations({ intent: 'display' })
      .catch(() => [])
    for (const { subtype, rect, url, dest } of annotations) {
      if (subtype !== 'Link' || !Array.isArray(rect) || (!url && !dest)) continue
      const [x1, y1, x2, y2] = rect as [number, number, number, number]
      const box = boxOfQuad([x1, y2, x2, y2, x1, y1, x2, y1], viewport)
      const link = document.createElement('a')
      link.className = 'pdf-link'
      link.tabIndex = 0
      link.role = 'link'
      place(link, box)
      const target = typeof url === 'string' ? { url } : { destination: dest as Destination }
      link.addEventListener('click', (event) => {
        event.preventDefault()
        event.stopPropagation()
        this.onLink(target)
      })
      this.element.append(link)
    }
  }

  #boxes({ key, className, color, quads, span }: PageMark, viewport: PageViewport): HTMLElement[] {
    const range = span && this.layer ? layerRange(this.layer, span.start, span.end) : undefined
    const exact = range ? quadsOfRange(range, this.element, viewport) : []
    return (exact.length > 0 ? exact : quads).map((quad) => {
      const box = document.createElement('div')
      box.className = className
      box.dataset.key = key
      box.style.setProperty('--mark', color)
      place(box, boxOfQuad(quad, viewport))
      return box
    })
  }
}

function place(
  element: HTMLElement,
  box: { left: number; top: number; width: number; height: number },
): void {
  for (const side of ['left', 'top', 'width', 'height'] as const)
    element.style[side] = `${(box[side] * 100).toFixed(3)}%`
}
