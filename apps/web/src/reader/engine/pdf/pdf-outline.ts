import type { TocItem } from '../book-view.ts'
import type { PDFDocumentProxy } from './pdf-document.ts'

/** A place in the file: a page and, where the link says so, a height on it in user space. */
export interface PdfPlace {
  readonly page: number
  readonly top?: number
}

/** The part of pdf.js' outline items that counts here. */
interface OutlineItem {
  readonly title: string
  readonly dest: Destination
  readonly items: readonly OutlineItem[]
}

export type Destination = string | readonly unknown[] | null

/** The outline as contents; destinations are found out when they are gone to. */
export class PdfOutline {
  readonly toc: readonly TocItem[]
  readonly #pdf: PDFDocumentProxy
  readonly #destinations: Destination[]

  private constructor(pdf: PDFDocumentProxy, outline: readonly OutlineItem[]) {
    const destinations: Destination[] = []
    const convert = (items: readonly OutlineItem[]): TocItem[] =>
      items.map((item) => {
        const href = item.dest ? `#${destinations.push(item.dest) - 1}` : undefined
        return { label: item.title.trim(), ...(href ? { href } : {}), children: convert(item.items) }
      })
    this.#pdf = pdf
    this.toc = convert(outline)
    this.#destinations = destinations
  }

  static async of(pdf: PDFDocumentProxy): Promise<PdfOutline> {
    return new PdfOutline(pdf, (await pdf.getOutline().catch(() => null)) ?? [])
  }

  placeOfHref(href: string): Promise<PdfPlace | undefined> {
    return this.place(this.#destinations[Number(href.slice(1))] ?? null)
  }

  /** ISO 32000-2 §12.3.2: `[page /XYZ left top zoom]` and its siblings, by name or outright. */
  async place(destination: Destination): Promise<PdfPlace | undefined> {
    try {
      const explicit =
        typeof destination === 'string' ? await this.#pdf.getDestination(destination) : destination
      const [page, kind, ...numbers] = explicit ?? []
      const index =
        typeof page === 'number' ? page : isReference(page) ? await this.#pdf.getPageIndex(page) : undefined
      if (index === undefined || index < 0 || index >= this.#pdf.numPages) return undefined
      const name = isNamed(kind) ? kind.name : ''
      const top = name === 'XYZ' ? numbers[1] : name === 'FitH' || name === 'FitBH' ? numbers[0] : undefined
      return typeof top === 'number' ? { page: index, top } : { page: index }
    } catch {
      return undefined
    }
  }

  /** First-level entries with their pages, for ticks and for naming where one is. */
  async chapters(): Promise<{ item: TocItem; page: number }[]> {
    const chapters: { item: TocItem; page: number }[] = []
    for (const item of this.toc) {
      const place = item.href === undefined ? undefined : await this.placeOfHref(item.href)
      if (place) chapters.push({ item, page: place.page })
    }
    return chapters.sort((a, b) => a.page - b.page)
  }
}

function isReference(value: unknown): value is { num: number; gen: number } {
  return typeof value === 'object' && value !== null && 'num' in value && 'gen' in value
}

function isNamed(value: unknown): value is { name: string } {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string'
}
