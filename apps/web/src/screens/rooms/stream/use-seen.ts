import { useEffect, useRef, useSyncExternalStore } from 'react'
import type { Message } from '../../../data/rooms.ts'
import type { Talk } from '../talk/talk.ts'

interface Seen {
  readonly talk: Talk
  readonly lines: readonly { readonly kind: string; readonly message?: Message }[]
  /** The last line on screen. */
  readonly last: number
  /** The end of the room is on screen. */
  readonly atEnd: boolean
  readonly accountId: string
  readonly lastSequence: number
}

const onVisibility = (changed: () => void) => {
  document.addEventListener('visibilitychange', changed)
  return () => document.removeEventListener('visibilitychange', changed)
}

/** Moves the read marker to what has been on a visible screen. Gives how many messages of others came below it. */
export function useSeen({ talk, lines, last, atEnd, accountId, lastSequence }: Seen): number {
  const visible = useSyncExternalStore(onVisibility, () => document.visibilityState === 'visible')
  const seen = useRef(0)
  // At the end everything counts as seen: replies, too, which stand in their threads.
  const reached = atEnd ? lastSequence : sequenceAt(lines, last)
  useEffect(() => {
    if (!visible || reached === 0) return
    seen.current = Math.max(seen.current, reached)
    talk.markRead(reached)
  }, [talk, visible, reached])
  if (atEnd) return 0
  const until = Math.max(seen.current, reached)
  return lines.filter(
    ({ message }) => message && message.sequence > until && message.author.account_id !== accountId,
  ).length
}

function sequenceAt(lines: Seen['lines'], last: number): number {
  return lines.slice(0, last + 1).findLast(({ message }) => message)?.message?.sequence ?? 0
}
