import { formatDay, formatPercent } from '@stoa/ui/messages'
import { search as t } from '@stoa/ui/messages/search'
import {
  Book,
  FileText,
  Hash,
  Highlighter,
  type LucideIcon,
  MessageSquare,
  Newspaper,
  StickyNote,
  TextQuote,
} from 'lucide-react'
import type { SearchHit, SearchKind } from '../../data/search.ts'

export const KIND_ICONS: Readonly<Record<SearchKind, LucideIcon>> = {
  book: Book,
  passage: TextQuote,
  highlight: Highlighter,
  note: StickyNote,
  message: MessageSquare,
  document: FileText,
  post: Newspaper,
  tag: Hash,
}

/** Muted, after the title: authors, chapter, how far in, who wrote it, when. */
export function placeText(hit: SearchHit): string {
  const { kind, book_authors, chapter, locator, author, updated_at, count } = hit
  const fraction = locator?.type === 'epub' ? locator.fraction : undefined
  const parts = [
    kind === 'book' || kind === 'passage' ? book_authors.join(', ') : undefined,
    chapter,
    fraction === undefined ? undefined : formatPercent(fraction),
    kind === 'tag' && count !== undefined ? t.tagCount({ count }) : undefined,
    author && t.by({ name: author.display_name }),
    (kind === 'highlight' ||
      kind === 'note' ||
      kind === 'message' ||
      kind === 'document' ||
      kind === 'post') &&
    updated_at
      ? formatDay(new Date(updated_at))
      : undefined,
  ]
  return parts.filter(Boolean).join(' · ')
}
