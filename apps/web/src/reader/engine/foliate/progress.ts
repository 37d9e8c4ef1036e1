import { SectionProgress, TOCProgress } from 'foliate-js/progress.js'
import type { TocItem } from '../book-view.ts'
import type { FoliateBook, FoliateTocItem } from './foliate-types.ts'

const SIZE_PER_LOCATION = 1500
const SIZE_PER_UNIT = 1600

/** Where a place lies in the whole book: shares by the size of the sections, entries of the contents, printed pages. */
export class Progress {
  readonly toc: readonly TocItem[]
  readonly #sections: SectionProgress
  readonly #toc = new TOCProgress()
  readonly #pages = new TOCProgress()
  readonly #items = new Map<FoliateTocItem, TocItem>()
  readonly #book: FoliateBook

  private constructor(book: FoliateBook) {
    this.#book = book
    this.#sections = new SectionProgress(book.sections, SIZE_PER_LOCATION, SIZE_PER_UNIT)
    this.toc = (book.toc ?? []).map((item) => this.#convert(item))
  }

  static async of(book: FoliateBook): Promise<Progress> {
    const progress = new Progress(book)
    const { splitTOCHref, getTOCFragment } = book
    if (!splitTOCHref || !getTOCFragment) return progress
    const ids = book.sections.map(({ id }) => id)
    const splitHref = (href: string) => splitTOCHref.call(book, href)
    const getFragment = (document: Document, id: unknown) => getTOCFragment.call(book, document, id)
    for (const [index, toc] of [
      [progress.#toc, book.toc],
      [progress.#pages, book.pageList],
    ] as const) {
      await index.init({ toc: toc ?? [], ids, splitHref, getFragment }).catch(() => undefined)
    }
    return progress
  }

  /** The text size of the book, about its characters. */
  get length(): number {
    return this.#sections.sizeTotal
  }

  /** Share of the book before a place inside a section, and after what is visible from there. */
  at(index: number, fraction: number, visible = 0): { start: number; end: number; sectionEnd: number } {
    const fractions = this.#sections.sectionFractions
    const from = fractions[index] ?? 0
    const to = fractions[index + 1] ?? 1
    const share = (part: number) => Math.min(1, Math.max(0, from + Math.min(1, part) * (to - from) || 0))
    return { start: share(fraction), end: share(fraction + visible), sectionEnd: Math.min(1, to || 0) }
  }

  section(fraction: number): { index: number; fraction: number } {
    const [index, inside] = this.#sections.getSection(Math.min(1, Math.max(0, fraction)))
    return { index, fraction: inside }
  }

  tocItem(index: number, range?: Range | null): TocItem | undefined {
    const item = safely(() => this.#toc.getProgress(index, range))
    return item ? this.#items.get(item) : undefined
  }

  pageLabel(index: number, range?: Range | null): string | undefined {
    return safely(() => this.#pages.getProgress(index, range))?.label?.trim() || undefined
  }

  /** First-level chapters with where they begin. Entries inside a section count from its start. */
  async chapters(): Promise<{ label: string; fraction: number }[]> {
    const chapters: { label: string; fraction: number }[] = []
    for (const { label, href } of this.toc) {
      const target =
        href === undefined
          ? undefined
          : await Promise.resolve(this.#book.resolveHref(href)).catch(() => undefined)
      if (target && target.index >= 0) chapters.push({ label, fraction: this.at(target.index, 0).start })
    }
    return chapters
  }

  #convert(item: FoliateTocItem): TocItem {
    const converted: TocItem = {
      label: (item.label ?? '').trim(),
      ...(item.href ? { href: item.href } : {}),
      children: (item.subitems ?? []).map((child) => this.#convert(child)),
    }
    this.#items.set(item, converted)
    return converted
  }
}

/** Broken contents must not stop a page turn. */
function safely<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
