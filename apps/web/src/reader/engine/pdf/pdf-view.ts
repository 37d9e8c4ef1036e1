import './pdf.css'
import type { Locator } from '@stoa/locators'
import type {
  BookMetadata,
  BookView,
  Highlight,
  HighlightRect,
  HighlightStatus,
  Location,
  OpenOptions,
  RelocateReason,
  SearchHit,
  SearchOptions,
  Target,
  TocItem,
  ViewEvents,
} from '../book-view.ts'
import { Emitter, type Unsubscribe } from '../emitter.ts'
import { ReaderError } from '../errors.ts'
import { pointerOf } from '../foliate/frame.ts'
import { InputWatch } from '../foliate/input.ts'
import { JumpHistory } from '../history.ts'
import { searchBook } from '../search/search-book.ts'
import { externalUrl } from '../security/urls.ts'
import { applyTheme, type Palette } from '../style/palette.ts'
import { DEFAULT_STYLE, mergeStyle, type ReaderStyle } from '../style/reader-style.ts'
import { type OpenPdf, openPdf, pdfMetadata } from './pdf-document.ts'
import { PdfHighlights } from './pdf-highlights.ts'
import { type Chapter, chapterAt, pdfLocation } from './pdf-location.ts'
import { PdfOutline, type PdfPlace } from './pdf-outline.ts'
import type { PageLink, PdfPage } from './pdf-page.ts'
import { fractionOf, placeOf } from './pdf-places.ts'
import { PdfScroller } from './pdf-scroller.ts'
import { describePdfSelection, watchPdfSelection } from './pdf-selection.ts'
import { PdfTexts } from './pdf-texts.ts'

/** Scrolling rests this long before the place is told. */
const SETTLE_MS = 120

interface Opened {
  readonly file: OpenPdf
  readonly texts: PdfTexts
  readonly outline: PdfOutline
  readonly highlights: PdfHighlights
  readonly scroller: PdfScroller
  readonly labels: readonly string[] | null
}

/** PDF through pdf.js: picture and text layer, only near pages drawn. */
export class PdfView implements BookView {
  readonly element = document.createElement('div')
  readonly format = 'pdf'
  readonly vertical = false
  readonly fixedLayout = true
  metadata: BookMetadata = { authors: [], languages: [] }
  chapters: readonly { label: string; fraction: number }[] = []
  direction: 'ltr' | 'rtl' = 'ltr'
  style: ReaderStyle = { ...DEFAULT_STYLE, flow: 'scrolled' }
  location: Location | undefined
  readonly #emitter = new Emitter<ViewEvents>()
  readonly #history = new JumpHistory<Target>()
  readonly #stop = new AbortController()
  readonly #resize = new ResizeObserver(() => this.#layout())
  #opened: Opened | undefined
  #palette: Palette
  #tocPages: readonly Chapter[] = []
  #settling: ReturnType<typeof setTimeout> | undefined
  #intent: RelocateReason | undefined
  #destroyed = false

  constructor() {
    this.element.className = 'pdf-view'
    this.element.tabIndex = 0
    this.#palette = applyTheme(this.element, this.style.theme)
  }

  get toc(): readonly TocItem[] {
    return this.#opened?.outline.toc ?? []
  }

  get canBack(): boolean {
    return this.#history.canBack
  }

  get canForward(): boolean {
    return this.#history.canForward
  }

  async open(source: Blob, { locator, style = {} }: OpenOptions = {}): Promise<void> {
    this.style = mergeStyle(this.style, style)
    const file = await openPdf(source)
    if (this.#destroyed) return file.close()
    const { pdf } = file
    const [metadata, outline, labels, first] = await Promise.all([
      pdfMetadata(pdf),
      PdfOutline.of(pdf),
      pdf.getPageLabels().catch(() => null),
      pdf.getPage(1),
    ])
    this.metadata = metadata
    this.element.setAttribute('role', 'document')
    this.element.setAttribute('aria-label', metadata.title ?? 'PDF')
    this.#palette = applyTheme(this.element, this.style.theme)
    const texts = new PdfTexts(pdf)
    const natural = first.getViewport({ scale: 1 })
    const failed = (error: unknown) =>
      this.#emitter.emit(
        'error',
        new ReaderError('reader.section_failed', 'A page could not be drawn.', error),
      )
    const scroller = new PdfScroller(pdf, natural, this.element, this.style, failed)
    const highlights = new PdfHighlights(
      texts,
      (page) => this.#paint(scroller.pages[page]),
      (status) => this.#emitter.emit('highlight-status', status),
    )
    this.#opened = { file, texts, outline, highlights, scroller, labels }
    this.#tocPages = await outline.chapters()
    this.chapters = this.#tocPages.map(({ item, page }) => ({
      label: item.label,
      fraction: page / pdf.numPages,
    }))
    this.#listen(scroller)
    this.#resize.observe(this.element)
    scroller.layout(this.style)
    const place = locator === undefined ? undefined : await this.#placeOf(locator)
    this.#moveTo(place ?? { page: 0 }, 'jump')
    if (this.location) this.#history.push(this.location.locator)
  }

  destroy(): void {
    this.#destroyed = true
    this.#emitter.clear()
    this.#stop.abort()
    this.#resize.disconnect()
    clearTimeout(this.#settling)
    this.#opened?.scroller.destroy()
    void this.#opened?.file.close()
    this.#opened = undefined
    this.element.remove()
  }

  async next(): Promise<void> {
    this.#turn(1)
  }

  async prev(): Promise<void> {
    this.#turn(-1)
  }

  async goLeft(): Promise<void> {
    this.#turn(this.direction === 'rtl' ? 1 : -1)
  }

  async goRight(): Promise<void> {
    this.#turn(this.direction === 'rtl' ? -1 : 1)
  }

  async goTo(target: Target): Promise<boolean> {
    const place = await this.#placeOf(target)
    if (!place) return false
    if (this.location) this.#history.replace(this.location.locator)
    this.#history.push(target)
    this.#moveTo(place, 'jump')
    this.#tellHistory()
    return true
  }

  async back(): Promise<void> {
    await this.#travel(this.#history.back())
  }

  async forward(): Promise<void> {
    await this.#travel(this.#history.forward())
  }

  setStyle(style: Partial<ReaderStyle>): void {
    this.style = mergeStyle(this.style, style)
    this.#palette = applyTheme(this.element, this.style.theme)
    this.#layout()
    for (const page of this.#opened?.scroller.pages ?? []) this.#paint(page)
  }

  async setHighlights(highlights: readonly Highlight[]): Promise<readonly HighlightStatus[]> {
    return (await this.#opened?.highlights.set(highlights)) ?? []
  }

  highlightRects(): readonly HighlightRect[] {
    const view = this.element.getBoundingClientRect()
    return this.#opened?.scroller.visible.flatMap((page) => page.highlightRects(view)) ?? []
  }

  async *search(query: string, options: SearchOptions = {}): AsyncGenerator<SearchHit> {
    const texts = this.#opened?.texts
    if (!texts) return
    const describe = (page: number) => {
      const tocLabel = chapterAt(this.#tocPages, page)?.item.label
      return tocLabel ? { tocLabel } : {}
    }
    yield* searchBook(texts, query, options, describe, (page, share) => (page + share) / texts.count)
  }

  setMarks(locators: readonly Locator[]): void {
    this.#opened?.highlights.setMarks(locators)
  }

  clearSelection(): void {
    const selection = document.getSelection()
    if (selection && this.element.contains(selection.anchorNode)) selection.removeAllRanges()
  }

  async getText(locator: Locator): Promise<string> {
    if (locator.type !== 'pdf') return ''
    const section = await this.#opened?.texts.section(locator.page)
    const span = section?.spanOf(locator)
    return section && span ? section.text.slice(span.start, span.end).trim() : ''
  }

  on<K extends keyof ViewEvents>(type: K, listener: (detail: ViewEvents[K]) => void): Unsubscribe {
    return this.#emitter.on(type, listener)
  }

  #turn(step: 1 | -1): void {
    this.#intent = 'page'
    this.#opened?.scroller.turn(step)
    this.#settle()
  }

  /** A place with a height on its page opens with that at the top. */
  #moveTo({ page, top }: PdfPlace, reason: RelocateReason): void {
    const { scroller } = this.#opened ?? {}
    const height = scroller?.pages[page]?.size.height
    if (!scroller || height === undefined) return
    this.#intent = reason
    scroller.show(page, top === undefined ? 0 : Math.max(0, 1 - top / height))
    this.#settle()
  }

  async #placeOf(target: Target): Promise<PdfPlace | undefined> {
    const { scroller, outline } = this.#opened ?? {}
    return scroller && outline ? placeOf(target, outline, scroller.pages) : undefined
  }

  async #travel(target: Target | undefined): Promise<void> {
    const place = target && (await this.#placeOf(target))
    if (place) this.#moveTo(place, 'jump')
    this.#tellHistory()
  }

  #tellHistory(): void {
    this.#emitter.emit('history', { canBack: this.canBack, canForward: this.canForward })
  }

  #listen(scroller: PdfScroller): void {
    const { signal } = this.#stop
    for (const page of scroller.pages) {
      page.onReady = () => {
        this.#paint(page)
        this.#emitter.emit('load', { index: page.index })
      }
      page.onLink = (link) => void this.#follow(link)
    }
    this.element.addEventListener('scroll', () => this.#settle(), { signal, passive: true })
    this.element.addEventListener('click', (event) => this.#tapped(event), { signal })
    watchPdfSelection(
      this.element,
      (range) => describePdfSelection(scroller.pages, range, this.metadata.languages[0] ?? ''),
      (detail) => this.#emitter.emit('selection', detail),
      signal,
    )
    for (const type of ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const) {
      const pointer = type === 'pointermove' ? 'mouse' : 'other'
      this.element.addEventListener(type, () => this.#emitter.emit('activity', { pointer }), {
        signal,
        passive: true,
      })
    }
    const input = new InputWatch({
      next: () => this.#turn(1),
      prev: () => this.#turn(-1),
      goLeft: () => void this.goLeft(),
      goRight: () => void this.goRight(),
      start: () => this.#moveTo({ page: 0 }, 'jump'),
      end: () => this.#moveTo({ page: scroller.pages.length - 1 }, 'jump'),
      scrolled: () => !scroller.paginated || this.element.scrollHeight > this.element.clientHeight + 2,
      vertical: () => false,
      atEdge: (forward) => {
        const { scrollTop, clientHeight, scrollHeight } = this.element
        return scroller.paginated && (forward ? scrollTop + clientHeight >= scrollHeight - 2 : scrollTop <= 0)
      },
    })
    input.watch(this.element)
  }

  #layout(): void {
    const { scroller } = this.#opened ?? {}
    if (!scroller || this.element.clientWidth === 0) return
    this.#intent ??= 'layout'
    scroller.layout(this.style)
    this.#settle()
  }

  #paint(page: PdfPage | undefined): void {
    if (page?.rendered) page.setMarks(this.#opened?.highlights.on(page.index, this.#palette) ?? [])
  }

  #settle(): void {
    clearTimeout(this.#settling)
    if (!this.location) this.#tell()
    else this.#settling = setTimeout(() => this.#tell(), SETTLE_MS)
  }

  #tell(): void {
    const { scroller, labels } = this.#opened ?? {}
    if (!scroller) return
    this.location = pdfLocation(scroller, this.#tocPages, labels ?? null, this.#intent ?? 'scroll')
    this.#intent = undefined
    const { reason, locator } = this.location
    if (reason === 'page' || reason === 'scroll') this.#history.replace(locator)
    this.#emitter.emit('relocate', this.location)
  }

  async #follow({ url, destination }: PageLink): Promise<void> {
    const external = url === undefined ? undefined : externalUrl(url)
    if (external) this.#emitter.emit('link-external', { url: external })
    const place = destination === undefined ? undefined : await this.#opened?.outline.place(destination)
    const pages = this.#opened?.scroller.pages
    if (!place || !pages) return
    await this.goTo({ type: 'pdf', page: place.page, fraction: fractionOf(place, pages) })
  }

  #tapped(event: MouseEvent): void {
    if (document.getSelection()?.isCollapsed === false) return
    for (const page of this.#opened?.scroller.visible ?? []) {
      const mark = page.markAt(event.clientX, event.clientY)
      if (!mark || mark.key.startsWith('mark:')) continue
      const { left, top, width, height } = mark.element.getBoundingClientRect()
      this.#emitter.emit('highlight-tap', { id: mark.key, rect: { left, top, width, height } })
      return
    }
    const box = this.element.getBoundingClientRect()
    const x = (event.clientX - box.left) / box.width
    const y = (event.clientY - box.top) / box.height
    this.#emitter.emit('tap', { x, y, pointer: pointerOf(event) })
  }
}
