import type { FootnoteDetail } from '../book-view.ts'
import { externalUrl } from '../security/urls.ts'
import type { Anchor, FoliateBook } from './foliate-types.ts'
import { extractNote, noteReference } from './notes.ts'
import type { Sections } from './sections.ts'
import { languageAt } from './selection.ts'

/** The note itself, wherever its reference stands. */
type NoteText = Omit<FootnoteDetail, 'rect' | 'focusReference'>

/** What a link in a book turns out to be. */
export type LinkTarget =
  | { readonly kind: 'external'; readonly url: string }
  | { readonly kind: 'internal'; readonly href: string }
  | { readonly kind: 'note'; readonly note: NoteText }
  | { readonly kind: 'none' }

export async function resolveLink(
  book: FoliateBook,
  sections: Sections,
  link: Element,
  index: number,
): Promise<LinkTarget> {
  const raw = link.getAttribute('href') ?? ''
  const section = book.sections[index]
  const href = section?.resolveHref?.(raw) ?? raw
  if (book.isExternal?.(href)) {
    const url = externalUrl(raw)
    return url === undefined ? { kind: 'none' } : { kind: 'external', url }
  }
  const reference = noteReference(link)
  if (reference) {
    const note = await readNote(book, sections, href, link, reference === 'declared')
    if (note) return { kind: 'note', note }
  }
  return { kind: 'internal', href }
}

/** The note behind a link, read from a parsed copy of its section: what is on screen stays untouched. */
async function readNote(
  book: FoliateBook,
  sections: Sections,
  href: string,
  link: Element,
  sure: boolean,
): Promise<NoteText | undefined> {
  const resolved = await Promise.resolve(book.resolveHref(href)).catch(() => undefined)
  const document = resolved && resolved.index >= 0 ? await sections.document(resolved.index) : undefined
  if (!document) return undefined
  const target = elementOf(resolved?.anchor?.(document))
  const id = link.id || link.closest('[id]')?.id || ''
  const note = target && target !== document.documentElement ? extractNote(target, { id, sure }) : undefined
  return note && target ? { ...note, href, language: languageAt(target) } : undefined
}

/** Elements of parsed documents belong to no window, so `instanceof` would not do. */
function elementOf(anchor: Anchor | null | undefined): Element | undefined {
  if (anchor === null || anchor === undefined || typeof anchor === 'number') return undefined
  if ('startContainer' in anchor) {
    const node = anchor.startContainer
    return node.nodeType === Node.ELEMENT_NODE ? (node as Element) : (node.parentElement ?? undefined)
  }
  return anchor
}

/** Hidden notes have no place on a page: the reference to them has. */
export function visibleAnchor(document: Document, anchor: Range): Range | Element {
  if (anchor.getClientRects().length > 0) return anchor
  const start = anchor.startContainer
  const element = start.nodeType === Node.ELEMENT_NODE ? (start as Element) : start.parentElement
  const note = element?.closest('aside[id]')
  const reference = note && document.querySelector(`a[href$="#${CSS.escape(note.id)}"]`)
  return reference ?? anchor
}
