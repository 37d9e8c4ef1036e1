import type { ReaderStyle } from '../style/reader-style.ts'
import type { PDFDocumentProxy } from './pdf-document.ts'
import { type PageSize, PdfPage } from './pdf-page.ts'

const CSS_PIXELS_PER_POINT = 96 / 72
const PADDING = 24
/** Pages this far beyond the window are drawn, in heights of the window. */
const AHEAD = '120%'
/** Pages kept drawn at most: beyond, the farthest give their memory back. */
const KEPT = 8

/** The column of pages, or the one or two that are shown: sizes, positions and which of them are drawn. */
export class PdfScroller {
  readonly element: HTMLElement
  readonly pages: readonly PdfPage[]
  readonly #list = document.createElement('div')
  readonly #observer: IntersectionObserver
  readonly #near = new Set<PdfPage>()
  readonly #failed: (error: unknown) => void
  #style: ReaderStyle
  #current = 0

  constructor(
    pdf: PDFDocumentProxy,
    first: PageSize,
    element: HTMLElement,
    style: ReaderStyle,
    failed: (error: unknown) => void,
  ) {
    this.element = element
    this.#style = style
    this.#failed = failed
    this.#list.className = 'pdf-pages'
    this.pages = Array.from({ length: pdf.numPages }, (_, index) => new PdfPage(pdf, index, first))
    this.#list.append(...this.pages.map((page) => page.element))
    element.append(this.#list)
    this.#observer = new IntersectionObserver((entries) => this.#seen(entries), {
      root: element,
      rootMargin: AHEAD,
    })
    for (const page of this.pages) this.#observer.observe(page.element)
  }

  /** The page at the upper third of the window, or the shown one. */
  get current(): number {
    if (this.paginated) return this.#current
    const line = this.element.scrollTop + this.element.clientHeight / 3
    const index = this.pages.findIndex(({ element }) => element.offsetTop + element.offsetHeight > line)
    return index < 0 ? this.pages.length - 1 : index
  }

  get paginated(): boolean {
    return this.#style.flow === 'paginated'
  }

  get visible(): readonly PdfPage[] {
    if (this.paginated) return this.pages.slice(this.#current, this.#current + this.#spread())
    const { scrollTop, clientHeight } = this.element
    return this.pages.filter(
      ({ element }) =>
        element.offsetTop < scrollTop + clientHeight && element.offsetTop + element.offsetHeight > scrollTop,
    )
  }

  /** The page that the top of the window lies in, and how far in it, 0 to 1: shown again, everything stands as it does. */
  get top(): { readonly page: number; readonly offset: number } {
    const first = this.visible[0]
    if (!first || this.paginated) return { page: this.#current, offset: 0 }
    const { offsetTop, offsetHeight } = first.element
    const offset = (this.element.scrollTop - offsetTop) / offsetHeight
    return { page: first.index, offset: Math.min(1, Math.max(0, offset)) }
  }

  /** The share of the file that lies above the lower edge of the window; 1 at the end. */
  get end(): number {
    const last = this.visible.at(-1)
    if (!last) return 0
    const { scrollTop, clientHeight } = this.element
    const { offsetTop, offsetHeight } = last.element
    const seen = this.paginated
      ? 1
      : Math.min(1, Math.max(0, (scrollTop + clientHeight - offsetTop) / offsetHeight))
    return (last.index + seen) / this.pages.length
  }

  destroy(): void {
    this.#observer.disconnect()
    for (const page of this.pages) page.release()
    this.#list.remove()
  }

  /** New style or new window size; the place in the text stays. */
  layout(style: ReaderStyle): void {
    const { page, offset } = this.top
    this.#style = style
    this.element.dataset.flow = style.flow
    for (const each of this.pages) each.resize(this.#scaleOf(each))
    this.show(page, offset)
    for (const each of this.#near) this.#draw(each)
  }

  /** Brings a page to the top of the window, scrolled into it by a share of its height. */
  show(index: number, offset = 0): void {
    const page = this.pages[Math.min(this.pages.length - 1, Math.max(0, index))]
    if (!page) return
    if (this.paginated) {
      this.#current = page.index - (page.index % this.#spread())
      for (const [i, each] of this.pages.entries()) {
        each.element.toggleAttribute('data-shown', i >= this.#current && i < this.#current + this.#spread())
      }
      this.element.scrollTop = offset > 0 ? offset * page.element.offsetHeight : 0
    } else {
      const edge = offset > 0 ? offset * page.element.offsetHeight : -PADDING / 2
      this.element.scrollTop = page.element.offsetTop + edge
    }
  }

  /** One page or one window on; false at the ends. */
  turn(step: 1 | -1): boolean {
    const { scrollTop, clientHeight, scrollHeight } = this.element
    if (this.paginated) {
      const next = this.#current + step * this.#spread()
      if (next < 0 || next >= this.pages.length) return false
      this.show(next)
      return true
    }
    const stride = Math.max(80, clientHeight - 72)
    const to = Math.min(scrollHeight - clientHeight, Math.max(0, scrollTop + step * stride))
    this.element.scrollTop = to
    return to !== scrollTop
  }

  #spread(): number {
    const { clientWidth, clientHeight } = this.element
    const wide = clientWidth > clientHeight * 1.25
    return this.#style.spread === 'double' || (this.#style.spread === 'auto' && wide) ? 2 : 1
  }

  #scaleOf(page: PdfPage): number {
    const { zoom } = this.#style
    if (typeof zoom === 'number') return zoom * CSS_PIXELS_PER_POINT
    const { clientWidth, clientHeight } = this.element
    const narrow = clientWidth < 700
    const width = clientWidth - (narrow ? 0 : 2 * PADDING)
    const height = clientHeight - (narrow ? 0 : 2 * PADDING)
    const byHeight = height / page.size.height
    if (this.paginated) return Math.max(0.1, Math.min(byHeight, width / this.#spread() / page.size.width))
    const byWidth = Math.min(width / page.size.width, narrow ? Number.POSITIVE_INFINITY : 2.4)
    return Math.max(0.1, zoom === 'fit-page' ? Math.min(byHeight, byWidth) : byWidth)
  }

  #seen(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const page = this.pages[Number((target as HTMLElement).dataset.page)]
      if (!page) continue
      if (isIntersecting) this.#near.add(page)
      else this.#near.delete(page)
    }
    for (const page of this.#near) this.#draw(page)
    this.#release()
  }

  #draw(page: PdfPage): void {
    const before = page.size
    page.render().then(
      () => {
        if (page.size.width !== before.width || page.size.height !== before.height)
          page.resize(this.#scaleOf(page))
      },
      (error) => this.#failed(error),
    )
  }

  #release(): void {
    const drawn = this.pages.filter((page) => page.rendered && !this.#near.has(page))
    const excess = drawn.length + this.#near.size - KEPT
    if (excess <= 0) return
    const { current } = this
    drawn.sort((a, b) => Math.abs(b.index - current) - Math.abs(a.index - current))
    for (const page of drawn.slice(0, excess)) page.release()
  }
}
