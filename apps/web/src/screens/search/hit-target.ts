import type { SearchHit } from '../../data/search.ts'

/** The passage a link to a book names; see the reader's address. */
export interface PassageAddress {
  cfi?: string
  page?: number
  highlight?: string
  q?: string
}

/** Where a hit leads. */
export type HitTarget =
  | { readonly to: 'book'; readonly bookId: string; readonly search: PassageAddress }
  | {
      readonly to: 'room'
      readonly roomId: string
      readonly search: { readonly message: string; readonly thread?: string }
    }
  | {
      readonly to: 'post'
      readonly boardId: string
      readonly postId: string
      readonly search: { readonly comment?: string }
    }
  | { readonly to: 'document'; readonly documentId: string }
  | { readonly to: 'notes'; readonly search: { tag: string } | { q: string } }

/** Words the reader looks for after it has gone to the place: enough to be the only ones. */
const LONGEST_QUOTE = 160
/** A note may be long; a few of its words find it among the others. */
const LONGEST_TITLE = 80

/** A passage opens its book there, a book where one stopped, a note without a book and a tag among the notes. */
export function targetOf(hit: SearchHit): HitTarget {
  if (hit.message) return { to: 'room', roomId: hit.message.room_id, search: messageOf(hit.id, hit.message) }
  if (hit.post) return postOf(hit.post)
  if (hit.kind === 'document') return { to: 'document', documentId: hit.id }
  if (hit.kind === 'tag') return { to: 'notes', search: { tag: hit.id } }
  if (hit.book_id === null) return { to: 'notes', search: { q: hit.title.slice(0, LONGEST_TITLE) } }
  return { to: 'book', bookId: hit.book_id, search: passageOf(hit) }
}

/** A reply stands in its thread, and the room at the message that began it. */
function messageOf(id: string, { thread_root_id }: NonNullable<SearchHit['message']>) {
  return thread_root_id === null ? { message: id } : { message: thread_root_id, thread: thread_root_id }
}

function postOf({ board_id, post_id, comment_id }: NonNullable<SearchHit['post']>): HitTarget {
  const search = comment_id === null ? {} : { comment: comment_id }
  return { to: 'post', boardId: board_id, postId: post_id, search }
}

function passageOf({ kind, id, locator, quote }: SearchHit): PassageAddress {
  if (kind === 'book') return {}
  if (kind === 'highlight') return { highlight: id, ...placeOf(locator) }
  const words = quote?.exact.trim().slice(0, LONGEST_QUOTE)
  return { ...placeOf(locator), ...(words && { q: words }) }
}

/** The place of a locator as the reader's address names it; its pages count from 1. */
export function placeOf(locator: SearchHit['locator']): PassageAddress {
  if (locator === null) return {}
  return locator.type === 'epub' ? { cfi: locator.cfi } : { page: locator.page + 1 }
}
