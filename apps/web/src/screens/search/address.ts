import { search as t } from '@stoa/ui/messages/search'
import { SEARCH_KINDS, type SearchFor, type SearchKind } from '../../data/search.ts'

/** What the address of the search says: `/search?q=path&kinds=passage,note&book=<id>`. Everything is optional. */
export interface SearchAddress {
  q?: string
  kinds?: string
  book?: string
}

/** Longest text the contract takes. */
const LONGEST = 400

/** Reads an address that anybody may have typed; what makes no sense is left out. The router reads digits as a number. */
export function readAddress(raw: Record<string, unknown>): SearchAddress {
  const q = typeof raw.q === 'number' ? String(raw.q) : raw.q
  const kinds = kindsOf(typeof raw.kinds === 'string' ? raw.kinds : undefined)
  return {
    ...(typeof q === 'string' && q.trim() !== '' && { q: q.slice(0, LONGEST) }),
    ...(kinds.length > 0 && { kinds: kinds.join(',') }),
    ...(typeof raw.book === 'string' && /^[0-9a-f-]{36}$/i.test(raw.book) && { book: raw.book }),
  }
}

/** The kinds an address names, in the order of the contract. */
export function kindsOf(kinds: string | undefined): SearchKind[] {
  const named = (kinds ?? '').split(',')
  return SEARCH_KINDS.filter((kind) => named.includes(kind))
}

/** The address with one kind more or less. */
export function toggleKind(address: SearchAddress, kind: SearchKind): SearchAddress {
  const now = kindsOf(address.kinds)
  const next = now.includes(kind) ? now.filter((each) => each !== kind) : [...now, kind]
  const { kinds: _, ...rest } = address
  return next.length === 0 ? rest : { ...rest, kinds: kindsOf(next.join(',')).join(',') }
}

/** What the server is asked for an address. */
export function searchFor({ q = '', kinds, book }: SearchAddress): SearchFor {
  const wanted = kindsOf(kinds)
  return {
    q: q.trim(),
    ...(wanted.length > 0 && { kinds: wanted }),
    ...(book !== undefined && { bookId: book }),
  }
}

export const kindName: Readonly<Record<SearchKind, () => string>> = {
  book: t.kindBook,
  passage: t.kindPassage,
  highlight: t.kindHighlight,
  note: t.kindNote,
  message: t.kindMessage,
  document: t.kindDocument,
  post: t.kindPost,
  tag: t.kindTag,
}
