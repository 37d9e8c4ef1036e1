import { currentPlace } from '../offline/place.ts'
import { client } from './api.ts'
import { session } from './browser-session.ts'
import { queryClient } from './query-client.ts'

/** Which queries an event makes old, by the beginning of its type. */
const STALE: readonly (readonly [prefix: string, keys: readonly string[]])[] = [
  ['book.', ['books', 'library-summary', 'shelves', 'search']],
  ['shelf.', ['shelves', 'books']],
  ['reading.', ['books', 'library-summary', 'statistics']],
  ['bookmark.', ['bookmarks']],
  ['highlight.', ['library-summary', 'tags']],
  ['note.', ['library-summary', 'tags']],
  ['workspace.', ['workspaces']],
  ['member.', ['members']],
  ['rooms.', ['rooms']],
  ['room_membership.', ['rooms', 'room-members']],
  ['board.', ['boards']],
  ['content.', ['boards']],
  ['mention.', ['rooms', 'mentions']],
  ['documents.', ['documents']],
  ['document_membership.', ['documents', 'document-members']],
  ['document_mention.', ['document-mentions']],
]

/** Progress of a book comes several times a second: views are refreshed at most this often. */
const GATHER_MS = 400

const waiting = new Set<string>()
let timer: ReturnType<typeof setTimeout> | undefined

function refresh(keys: readonly string[]): void {
  for (const key of keys) waiting.add(key)
  if (timer !== undefined) return
  timer = setTimeout(() => {
    timer = undefined
    for (const key of waiting) void queryClient.invalidateQueries({ queryKey: [key] })
    waiting.clear()
  }, GATHER_MS)
}

function onEvent(type: string): void {
  // Events are missing: everything that is shown may be old.
  if (type === 'reset') void queryClient.invalidateQueries()
  for (const [prefix, keys] of STALE) if (type.startsWith(prefix)) refresh(keys)
  if (type.startsWith('highlight.') || type.startsWith('note.')) {
    // Not reached: the next occasion pulls.
    void currentPlace()
      ?.annotations.pull()
      .catch(() => {})
  }
}

async function follow(signal: AbortSignal): Promise<void> {
  for await (const event of client.events({ signal })) onEvent(event.type)
}

/** Follows the organisation's live events for as long as one is signed in, and refreshes what they make old. */
export function followLive(): void {
  let following: { place: string; controller: AbortController } | undefined
  const settle = () => {
    const state = session.current()
    const tenant = state.status === 'signed-in' ? state.identity.tenant?.tenant_id : undefined
    const place =
      tenant && state.status === 'signed-in' ? `${state.identity.account.id}/${tenant}` : undefined
    if (following?.place === place) return
    following?.controller.abort()
    following = place === undefined ? undefined : { place, controller: new AbortController() }
    // Ends only when signed out or refused for good; the session store then shows the sign-in.
    if (following) void follow(following.controller.signal).catch(() => {})
  }
  session.subscribe(settle)
  settle()
}
