import { useEffect, useRef, useState } from 'react'
import type { Talk } from '../talk/talk.ts'
import type { Conversation } from './lines.ts'

interface Filling {
  readonly talk: Talk
  readonly lines: readonly { readonly kind: string; readonly key: string }[]
  readonly before: Conversation['before']
  readonly after: Conversation['after']
  /** The lines on screen. */
  readonly first: number
  readonly last: number
}

/** Lines ahead of the window at which more is asked for. */
const AHEAD = 12

/** Loads what is missing near the window, one stretch at a time. After a failure it waits to be asked. */
export function useFilling({ talk, lines, before, after, first, last }: Filling) {
  const busy = useRef(false)
  const [failed, setFailed] = useState(false)
  const [rounds, setRounds] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `rounds` looks again after a stretch has come
  useEffect(() => {
    if (busy.current || failed || lines.length === 0) return
    const wanted = wantedGap({ lines, before, after, first, last })
    if (!wanted) return
    busy.current = true
    talk.room
      .fill(wanted.gap, wanted.side)
      .catch(() => setFailed(true))
      .finally(() => {
        busy.current = false
        setRounds((n) => n + 1)
      })
  }, [talk, lines, before, after, first, last, failed, rounds])
  return { failed, retry: () => setFailed(false) }
}

type Gap = NonNullable<Conversation['before']>

/** The stretch to load next, and from which side one comes to it. */
export function wantedGap({
  lines,
  before,
  after,
  first,
  last,
}: Omit<Filling, 'talk'>): { gap: Gap; side: 'start' | 'end' } | undefined {
  const from = Math.max(0, first - AHEAD)
  for (let at = from; at <= Math.min(lines.length - 1, last + AHEAD); at++) {
    const line = lines[at] as { kind: string; gap?: Gap }
    // A gap above the window is come to from below, one below it from above.
    if (line.kind === 'gap' && line.gap) return { gap: line.gap, side: at <= first ? 'end' : 'start' }
  }
  if (after && last >= lines.length - AHEAD) return { gap: after, side: 'start' }
  if (before && first <= AHEAD) return { gap: before, side: 'end' }
  return undefined
}
