import type { Locator } from '@stoa/locators'
import type {
  BookFormat,
  BookMetadata,
  BookView,
  Highlight,
  HighlightRect,
  HighlightStatus,
  Location,
  OpenOptions,
  SearchHit,
  SearchOptions,
  Target,
  TocItem,
  ViewEvents,
} from '../book-view.ts'
import { Emitter, type Unsubscribe } from '../emitter.ts'
import { ReaderError } from '../errors.ts'
import { JumpHistory } from '../history.ts'
import { searchBook } from '../search/search-book.ts'
import { DEFAULT_STYLE, mergeStyle, type ReaderStyle } from '../style/reader-style.ts'
import type { FoliateBook, Resolved } from './foliate-types.ts'
import { metadataOf } from './metadata.ts'
import { openBook } from './open-book.ts'
import { Progress } from './progress.ts'
import { Sections } from './sections.ts'
import { Stage } from './stage.ts'

interface Opened {
  readonly book: FoliateBook
  readonly sections: Sections
  readonly progress: Progress
  readonly stage: Stage
}

/** EPUB, MOBI, AZW3, FB2 and CBZ through foliate-js. */
export class FoliateView implements BookView {
  readonly element = document.createElement('div')
  readonly format: BookFormat
  metadata: BookMetadata = { authors: [], languages: [] }
  chapters: readonly { label: string; fraction: number }[] = []
  style: ReaderStyle = DEFAULT_STYLE
  location: Location | undefined
  readonly #emitter = new Emitter<ViewEvents>()
  readonly #history = new JumpHistory<Target>()
  #opened: Opened | undefined
  #destroyed = false

  constructor(format: BookFormat) {
    this.format = format
    this.element.className = 'book-view'
    Object.assign(this.element.style, {
      position: 'relative',
      width: '100%',
      height: '100%',
      overflow: 'hidden',
    })
  }

  get toc(): readonly TocItem[] {
    return this.#opened?.progress.toc ?? []
  }

  get direction(): 'ltr' | 'rtl' {
    return this.#opened?.stage.direction ?? 'ltr'
  }

  get vertical(): boolean {
    return this.#opened?.stage.vertical ?? false
  }

  get fixedLayout(): boolean {
    return this.#opened?.stage.fixedLayout ?? false
  }

  get canBack(): boolean {
    return this.#history.canBack
  }

  get canForward(): boolean {
    return this.#history.canForward
  }

  async open(source: Blob, { locator, style = {} }: OpenOptions = {}): Promise<void> {
    this.style = mergeStyle(this.style, style)
    const book = await openBook(source, this.format)
    const progress = await Progress.of(book)
    const sections = new Sections(book)
    if (this.#destroyed) {
      book.destroy?.()
      return
    }
    this.metadata = metadataOf(book.metadata)
    const stage = new Stage({
      book,
      sections,
      progress,
      emitter: this.#emitter,
      host: this.element,
      language: this.metadata.languages[0] ?? '',
      title: this.metadata.title ?? '',
      onLocation: (location) => this.#relocated(location),
      onLink: (href) => void this.goTo({ href }),
    })
    this.#opened = { book, sections, progress, stage }
    stage.setStyle(this.style)
    this.chapters = await progress.chapters()
    const shown = locator !== undefined && (await this.#show(locator))
    if (!shown) await stage.showFirst()
    if (!this.location) throw new ReaderError('reader.damaged', 'No page of the book could be shown.')
    this.#history.push(this.location.locator)
  }

  destroy(): void {
    this.#destroyed = true
    this.#emitter.clear()
    this.#opened?.stage.destroy()
    this.#opened?.book.destroy?.()
    this.#opened = undefined
    this.element.remove()
  }

  async next(): Promise<void> {
    await this.#opened?.stage.turn(1)
  }

  async prev(): Promise<void> {
    await this.#opened?.stage.turn(-1)
  }

  async goLeft(): Promise<void> {
    await this.#opened?.stage.turn(this.direction === 'rtl' ? 1 : -1)
  }

  async goRight(): Promise<void> {
    await this.#opened?.stage.turn(this.direction === 'rtl' ? -1 : 1)
  }

  async goTo(target: Target): Promise<boolean> {
    if (this.location) this.#history.replace(this.location.locator)
    const shown = await this.#show(target)
    if (shown) this.#remember(() => this.#history.push(target))
    return shown
  }

  async back(): Promise<void> {
    await this.#travel(() => this.#history.back())
  }

  async forward(): Promise<void> {
    await this.#travel(() => this.#history.forward())
  }

  setStyle(style: Partial<ReaderStyle>): void {
    this.style = mergeStyle(this.style, style)
    this.#opened?.stage.setStyle(this.style)
  }

  async setHighlights(highlights: readonly Highlight[]): Promise<readonly HighlightStatus[]> {
    return (await this.#opened?.stage.highlights.set(highlights)) ?? []
  }

  highlightRects(): readonly HighlightRect[] {
    return this.#opened?.stage.highlights.visible(this.element.getBoundingClientRect()) ?? []
  }

  async *search(query: string, options: SearchOptions = {}): AsyncGenerator<SearchHit> {
    const opened = this.#opened
    if (!opened) return
    const { sections, progress } = opened
    const describe = (index: number) => {
      const tocLabel = progress.tocItem(index)?.label
      return tocLabel ? { tocLabel } : {}
    }
    yield* searchBook(sections, query, options, describe, (index, share) => progress.at(index, share).start)
  }

  setMarks(locators: readonly Locator[]): void {
    this.#opened?.stage.highlights.setMarks(locators)
  }

  clearSelection(): void {
    this.#opened?.stage.clearSelection()
  }

  async getText(locator: Locator): Promise<string> {
    const sections = this.#opened?.sections
    const index = sections?.indexOf(locator)
    const section = index === undefined ? undefined : await sections?.section(index)
    const span = section?.spanOf(locator)
    return section && span ? section.text.slice(span.start, span.end).trim() : ''
  }

  on<K extends keyof ViewEvents>(type: K, listener: (detail: ViewEvents[K]) => void): Unsubscribe {
    return this.#emitter.on(type, listener)
  }

  async #show(target: Target): Promise<boolean> {
    const resolved = await this.#resolve(target)
    if (!resolved || resolved.index < 0) return false
    return (await this.#opened?.stage.show(resolved)) ?? false
  }

  async #resolve(target: Target): Promise<Resolved | undefined> {
    const { book, sections, progress } = this.#opened ?? {}
    if (!book || !sections || !progress) return undefined
    if ('href' in target)
      return (await Promise.resolve(book.resolveHref(target.href)).catch(() => undefined)) ?? undefined
    if (target.type === undefined) {
      const { index, fraction } = progress.section(target.fraction)
      return { index, anchor: () => fraction }
    }
    const index = sections.indexOf(target)
    if (index === undefined) return undefined
    return { index, anchor: (document) => this.#opened?.stage.anchorOf(document, target) }
  }

  async #travel(entry: () => Target | undefined): Promise<void> {
    const target = entry()
    if (target) await this.#show(target)
    this.#remember(() => undefined)
  }

  #relocated(location: Location): void {
    const same = location.reason === 'layout' && samePage(location, this.location)
    this.location = same && this.location ? { ...location, reason: this.location.reason } : location
    if (same) return
    if (location.reason === 'page' || location.reason === 'scroll') {
      this.#remember(() => this.#history.replace(location.locator))
    }
    this.#emitter.emit('relocate', location)
  }

  #remember(change: () => void): void {
    const before = [this.canBack, this.canForward]
    change()
    const after = { canBack: this.canBack, canForward: this.canForward }
    if (before[0] !== after.canBack || before[1] !== after.canForward) this.#emitter.emit('history', after)
  }
}

/** Type that arrives late lays a page out again and again; only a change is worth telling. */
function samePage(a: Location, b: Location | undefined): boolean {
  return (
    b !== undefined &&
    a.page === b.page &&
    a.pages === b.pages &&
    a.locator.type === 'epub' &&
    b.locator.type === 'epub' &&
    a.locator.cfi === b.locator.cfi
  )
}
