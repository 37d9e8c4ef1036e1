import type { Locator } from '@stoa/locators'
import type { Location, RelocateReason, ViewEvents } from '../book-view.ts'
import type { Emitter } from '../emitter.ts'
import { ReaderError } from '../errors.ts'
import { SafeFixedLayout, SafePaginator } from '../security/safe-renderers.ts'
import { defaultCss, readerCss } from '../style/book-css.ts'
import { packagedFontFaces } from '../style/font-faces.ts'
import { applyTheme, type Palette } from '../style/palette.ts'
import { DEFAULT_STYLE, type ReaderStyle } from '../style/reader-style.ts'
import { type Setting, settingOf } from '../style/script-of.ts'
import type { Anchor, FoliateBook, RendererLocation, Resolved } from './foliate-types.ts'
import { attachFrame } from './frame.ts'
import { guardSections } from './guard-sections.ts'
import { Highlights } from './highlights.ts'
import { type InputActions, InputWatch } from './input.ts'
import { layoutFor, linePitch } from './layout.ts'
import { visibleAnchor } from './links.ts'
import { locationOf, reasonOf } from './location.ts'
import { Overlay, placeOverFrame } from './overlay.ts'
import type { Progress } from './progress.ts'
import { drawRules } from './rules.ts'
import type { Sections } from './sections.ts'

export interface StageParts {
  readonly book: FoliateBook
  readonly sections: Sections
  readonly progress: Progress
  readonly emitter: Emitter<ViewEvents>
  readonly host: HTMLElement
  /** Of the book, for documents that do not say. */
  readonly language: string
  readonly title: string
  onLocation(location: Location): void
  onLink(href: string): void
}

interface LoadDetail {
  readonly doc: Document
  readonly index: number
}

/** The renderer on screen: moves, style, and what its frames and events mean. */
export class Stage {
  readonly fixedLayout: boolean
  readonly highlights: Highlights
  readonly #parts: StageParts
  readonly #renderer: SafePaginator | SafeFixedLayout
  readonly #resize = new ResizeObserver(() => this.#layout())
  readonly #input: InputWatch
  readonly #documents = new Map<number, Document>()
  #style: ReaderStyle = DEFAULT_STYLE
  #palette: Palette
  #setting: Setting
  #queue: Promise<unknown> = Promise.resolve()
  #turns = 0
  #intent: RelocateReason | undefined
  /** What is seen of the section. */
  #shown: Range | null | undefined
  /** One came here by a share of the section, and has not moved since. */
  #byShare = false

  constructor(parts: StageParts) {
    const { book, sections, emitter, host, language } = parts
    this.#parts = parts
    this.#setting = settingOf(language, false)
    this.#palette = applyTheme(host, this.#style.theme)
    this.highlights = new Highlights(sections, this.#palette, (status) =>
      emitter.emit('highlight-status', status),
    )
    this.fixedLayout = book.rendition?.layout === 'pre-paginated'
    this.#renderer = this.fixedLayout ? new SafeFixedLayout() : new SafePaginator()
    this.#input = new InputWatch(this.#inputActions())
    guardSections(book, (error) => emitter.emit('error', error))
    this.#listen()
    this.#renderer.open(book)
    host.append(this.#renderer)
    host.tabIndex = 0
    this.#resize.observe(host)
    this.#input.watch(host)
  }

  get vertical(): boolean {
    return this.#setting.vertical
  }

  /** A vertical book without a stated direction runs from right to left. */
  get direction(): 'ltr' | 'rtl' {
    return this.#parts.book.dir === 'rtl' || (this.#parts.book.dir !== 'ltr' && this.vertical) ? 'rtl' : 'ltr'
  }

  destroy(): void {
    this.#resize.disconnect()
    this.#documents.clear()
    try {
      this.#renderer.destroy()
    } catch {
      // the renderer assumes that a section was shown
    }
    this.#renderer.remove()
  }

  setStyle(style: ReaderStyle): void {
    const { host } = this.#parts
    this.#style = style
    this.#palette = applyTheme(host, style.theme)
    host.style.background = this.#palette.paper
    if (this.#renderer instanceof SafePaginator) this.#restyle()
    else this.#renderer.setAttribute('zoom', String(style.zoom === 'fit-width' ? 'fit-page' : style.zoom))
    this.highlights.recolour(this.#palette)
  }

  showFirst(): Promise<boolean> {
    const index = this.#parts.book.sections.findIndex(({ linear }) => linear !== 'no')
    return this.show({ index: Math.max(0, index), anchor: () => 0 })
  }

  /** Goes there; false when nothing could be shown. Asked while another move runs, it waits for its turn. */
  show(target: Resolved): Promise<boolean> {
    return this.#enqueue(async () => {
      await this.#move('jump', () => this.#goTo(target))
      return this.#documents.has(target.index) || this.fixedLayout
    })
  }

  /** Notes whether a share of the section was asked for: that falls somewhere on a page. */
  async #goTo({ index, anchor }: Resolved): Promise<void> {
    let asked: Anchor | null | undefined
    const noted = (document: Document) => {
      asked = anchor?.(document)
      return asked
    }
    await this.#renderer.goTo(anchor ? { index, anchor: noted } : { index })
    this.#byShare = typeof asked === 'number' && asked > 0 && asked < 1
  }

  /** One page on or back. Turns asked for faster than they can be shown are dropped, not saved up. */
  async turn(step: 1 | -1): Promise<void> {
    if (this.#turns > 1) return
    this.#turns++
    const stride = this.#stride()
    const go = () => (step === 1 ? this.#renderer.next(stride) : this.#renderer.prev(stride))
    await this.#enqueue(() => this.#move('page', go)).finally(() => this.#turns--)
  }

  /** The place of a locator in a document on screen. */
  anchorOf(document: Document, locator: Locator): Anchor {
    const range = this.#parts.sections.rangeIn(document, locator)
    return range ? visibleAnchor(document, range) : 0
  }

  clearSelection(): void {
    for (const document of this.#documents.values()) document.getSelection()?.removeAllRanges()
  }

  async #move(intent: RelocateReason, go: () => Promise<void>): Promise<void> {
    this.#intent = intent
    this.#byShare = false
    try {
      await go()
    } catch (error) {
      const failed = new ReaderError('reader.section_failed', 'The page could not be shown.', error)
      this.#parts.emitter.emit('error', failed)
    } finally {
      this.#intent = undefined
    }
  }

  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work, work)
    this.#queue = result.catch(() => undefined)
    return result
  }

  /** In scrolled flow a page overlaps the last by a line and a half, so that no line is only ever seen cut. */
  #stride(): number | undefined {
    if (!(this.#renderer instanceof SafePaginator) || !this.#renderer.scrolled) return undefined
    return Math.max(80, this.#renderer.size - 1.5 * linePitch(this.#style, this.#setting))
  }

  #listen(): void {
    const listen = <T>(type: string, handle: (detail: T) => void) =>
      this.#renderer.addEventListener(type, (event) => handle((event as CustomEvent<T>).detail))
    listen<LoadDetail>('load', (detail) => this.#loaded(detail))
    listen<RendererLocation>('relocate', (detail) => this.#relocated(detail))
    listen<LoadDetail & { attach(overlay: Overlay): void }>('create-overlayer', ({ doc, index, attach }) => {
      const overlay = new Overlay(doc, this.vertical)
      attach(overlay)
      this.highlights.attach(index, overlay)
    })
  }

  #loaded({ doc, index }: LoadDetail): void {
    const { sections, language } = this.#parts
    for (const [old, document] of [...this.#documents]) {
      // The two pages of a fixed spread come one after the other; those of the last spread have lost their windows.
      if (this.fixedLayout && document.defaultView) continue
      sections.detach(old)
      this.highlights.detach(old)
      this.#documents.delete(old)
    }
    this.#documents.set(index, doc)
    if (language) doc.documentElement.lang ||= language
    sections.attach(index, doc)
    if (this.fixedLayout) {
      const overlay = new Overlay(doc, false)
      placeOverFrame(overlay)
      this.highlights.attach(index, overlay)
    } else {
      const writing = doc.defaultView?.getComputedStyle(doc.body).writingMode ?? ''
      const own = doc.body.lang || doc.documentElement.lang || language
      this.#setting = settingOf(own, writing.startsWith('vertical'))
      if (this.#renderer instanceof SafePaginator) this.#renderer.quietly(() => this.#restyle())
    }
    attachFrame(doc, index, { ...this.#parts, highlights: this.highlights, input: this.#input })
    this.#parts.emitter.emit('load', { index })
  }

  #relocated(detail: RendererLocation): void {
    const { sections, progress } = this.#parts
    this.#shown = detail.range
    const reason = this.#intent ?? reasonOf(detail.reason)
    if (reason === 'scroll') this.#byShare = false
    const renderer = this.#renderer
    const scrolled = renderer instanceof SafePaginator && renderer.scrolled
    const place = scrolled ? { ...detail, size: renderer.size / renderer.viewSize } : detail
    if (renderer instanceof SafePaginator) {
      drawRules(renderer, this.#style, this.#setting, this.#palette, detail.range)
    }
    this.#parts.onLocation(locationOf(place, reason, sections, progress, this.#pages(detail.index)))
  }

  #pages(index: number): { page: number; pages: number } {
    const renderer = this.#renderer
    if (!(renderer instanceof SafePaginator)) return { page: index + 1, pages: this.#parts.sections.count }
    if (renderer.scrolled) {
      const pages = Math.max(1, Math.ceil(renderer.viewSize / renderer.size))
      return { page: Math.min(pages, Math.floor(renderer.end / renderer.size)) || 1, pages }
    }
    const pages = Math.max(1, renderer.pages - 2)
    return { page: Math.min(pages, Math.max(1, renderer.page)), pages }
  }

  #restyle(): void {
    if (!(this.#renderer instanceof SafePaginator)) return
    this.#renderer.setStyles([
      defaultCss(this.#style, this.#setting, packagedFontFaces()),
      readerCss(this.#style, this.#setting, this.#palette),
    ])
    this.#layout()
  }

  #layout(): void {
    if (!(this.#renderer instanceof SafePaginator)) return
    const { width, height } = this.#parts.host.getBoundingClientRect()
    if (width === 0 || height === 0) return
    const renderer = this.#renderer
    const wanted = Object.entries(layoutFor({ width, height }, this.#style, this.#setting))
    const changed = wanted.filter(([name, value]) => renderer.getAttribute(name) !== value)
    if (changed.length === 0) return
    const held = this.#byShare ? this.#shown : undefined
    // Each attribute would lay the whole section out anew.
    renderer.quietly(() => {
      for (const [name, value] of changed) renderer.setAttribute(name, value)
    })
    renderer.render()
    if (!held) return
    // By the share another look of the text would show another passage.
    void this.#move('layout', () => renderer.scrollToAnchor(held))
  }

  #inputActions(): InputActions {
    const renderer = this.#renderer
    const scrolled = () => renderer instanceof SafePaginator && renderer.scrolled
    return {
      next: () => void this.turn(1),
      prev: () => void this.turn(-1),
      goLeft: () => void this.turn(this.direction === 'rtl' ? 1 : -1),
      goRight: () => void this.turn(this.direction === 'rtl' ? -1 : 1),
      start: (whole) => void this.#toEdge(whole, -1),
      end: (whole) => void this.#toEdge(whole, 1),
      scrolled,
      vertical: () => this.vertical,
      nudge: (step) => {
        if (!(renderer instanceof SafePaginator)) return
        const by = step * 2 * linePitch(this.#style, this.#setting)
        renderer.container.scrollBy(this.vertical ? { left: -by } : { top: by })
      },
      atEdge(forward) {
        if (!(renderer instanceof SafePaginator)) return true
        return forward ? renderer.viewSize - renderer.end <= 2 : renderer.start <= 0
      },
    }
  }

  /** Home and End: the edges of the section, with Ctrl those of the book. */
  async #toEdge(whole: boolean, side: 1 | -1): Promise<void> {
    const current = [...this.#documents.keys()][0] ?? 0
    const index = whole ? (side === 1 ? this.#parts.sections.count - 1 : 0) : current
    await this.show({ index, anchor: () => (side === 1 ? 1 : 0) })
  }
}
