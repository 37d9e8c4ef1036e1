import type { MessagePage, RoomMessage, TimelineSnapshot } from '@stoa/sdk'

/** Messages of a room that a device keeps to be read without the server. */
const KEPT = 60

/** The end of a room as one page that another timeline can begin with; undefined while the end is not held. */
export function newestPage(timeline: TimelineSnapshot): MessagePage | undefined {
  const stored = timeline.rows.filter((row) => row.kind !== 'pending')
  const gap = stored.findLastIndex(({ kind }) => kind === 'gap')
  const held = stored.slice(gap + 1)
  if (held.length === 0 || !timeline.atEnd) return undefined
  const items = held
    .slice(-KEPT)
    .flatMap((row): RoomMessage[] => (row.kind === 'message' ? [row.message] : []))
  const whole = gap < 0 && items.length === held.length
  const from_sequence = whole ? 1 : (items[0]?.sequence ?? 1)
  return {
    ...{ items, from_sequence, to_sequence: timeline.lastSequence, anchor_sequence: null, after: null },
    before: whole ? null : from_sequence,
    last_sequence: timeline.lastSequence,
    // Whatever changed after it is asked for when the server is back.
    last_revision: timeline.knownRevision,
  }
}
