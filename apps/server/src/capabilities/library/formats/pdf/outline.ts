import type { PDFDocumentProxy } from 'pdfjs-dist'
import { limits } from '../limits.ts'
import { cleanText } from '../metadata/clean.ts'
import type { TocItem } from '../types.ts'

/** A title of the outline and where it begins; `top` in PDF user space, `Infinity` for the page's top. */
export interface OutlineMark {
  page: number
  top: number
  path: readonly string[]
}

export interface Outline {
  toc: TocItem[]
  /** In reading order. */
  marks: OutlineMark[]
}

type RawItem = Awaited<ReturnType<PDFDocumentProxy['getOutline']>>[number]

/** The document's outline; entries that lead nowhere keep their title. */
export async function readOutline(document: PDFDocumentProxy): Promise<Outline> {
  const raw: RawItem[] | null = await document.getOutline().catch(() => null)
  const marks: OutlineMark[] = []
  const toc = await new OutlineReader(document, marks).read(raw ?? [], [])
  return { toc, marks: marks.sort((a, b) => a.page - b.page || b.top - a.top) }
}

/** Outlines may nest without end and refer to themselves. */
const deepest = 12

class OutlineReader {
  readonly #document: PDFDocumentProxy
  readonly #marks: OutlineMark[]
  #left: number = limits.toc

  constructor(document: PDFDocumentProxy, marks: OutlineMark[]) {
    this.#document = document
    this.#marks = marks
  }

  async read(items: readonly RawItem[], above: readonly string[]): Promise<TocItem[]> {
    const toc: TocItem[] = []
    for (const item of items) {
      if (--this.#left < 0 || above.length >= deepest) return toc
      const title = cleanText(item.title)
      const path = title ? [...above, title] : above
      const target = title ? await this.#resolve(item.dest) : undefined
      if (target) this.#marks.push({ ...target, path })
      const children = await this.read(item.items ?? [], path)
      if (title) toc.push(toItem(title, target?.page, this.#document.numPages, children))
      else toc.push(...children)
    }
    return toc
  }

  async #resolve(dest: RawItem['dest']): Promise<{ page: number; top: number } | undefined> {
    try {
      const explicit = typeof dest === 'string' ? await this.#document.getDestination(dest) : dest
      if (!Array.isArray(explicit)) return undefined
      const [target, kind]: unknown[] = explicit
      const page =
        typeof target === 'number'
          ? target
          : isReference(target)
            ? await this.#document.getPageIndex(target)
            : -1
      const top = topOf(explicit, kind)
      const inside = page >= 0 && page < this.#document.numPages
      return inside
        ? { page, top: typeof top === 'number' && top > 0 ? top : Number.POSITIVE_INFINITY }
        : undefined
    } catch {
      return undefined
    }
  }
}

/** `[page /XYZ left top zoom]` or `[page /FitH top]` (ISO 32000-1 §12.3.2.2). */
function topOf(explicit: readonly unknown[], kind: unknown): number {
  const name = typeof kind === 'object' && kind !== null && 'name' in kind ? kind.name : undefined
  const top = name === 'XYZ' ? explicit[3] : name === 'FitH' || name === 'FitBH' ? explicit[2] : undefined
  return typeof top === 'number' && top > 0 ? top : Number.POSITIVE_INFINITY
}

function isReference(value: unknown): value is { num: number; gen: number } {
  return typeof value === 'object' && value !== null && 'num' in value && 'gen' in value
}

function toItem(title: string, page: number | undefined, pages: number, children: TocItem[]): TocItem {
  if (page === undefined) return { title, children }
  return { title, locator: { type: 'pdf', page, fraction: page / pages }, children }
}

/** The titles above the place `y` on `page`, and whether one of them begins just there. */
export function pathAt(marks: readonly OutlineMark[], page: number, y: number): readonly string[] {
  let path: readonly string[] = none
  for (const mark of marks) {
    // The destination is set a little above the heading it is for.
    if (mark.page > page || (mark.page === page && mark.top + 2 < y)) break
    path = mark.path
  }
  return path
}

const none: readonly string[] = []
