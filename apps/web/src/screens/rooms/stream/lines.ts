import type { PendingMessage, TimelineRow, TimelineSnapshot } from '@stoa/sdk'
import type { Message } from '../../../data/rooms.ts'

type Gap = Extract<TimelineRow, { kind: 'gap' }>

/** A line of the conversation as it is drawn. */
export type Line =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'new'; readonly key: string }
  | {
      readonly kind: 'message'
      readonly key: string
      readonly message: Message
      /** By the same person as the one above, soon after it: name and picture stand there. */
      readonly continued: boolean
    }
  | {
      readonly kind: 'pending'
      readonly key: string
      readonly pending: PendingMessage
      readonly continued: boolean
    }
  | { readonly kind: 'gap'; readonly key: string; readonly gap: Gap }

/** Over the first message of a room stands what the room is. */
export type StreamLine = Line | { readonly kind: 'beginning'; readonly key: string }

export interface Conversation {
  readonly lines: readonly Line[]
  /** Older messages, or newer ones, are not held yet. */
  readonly before: Gap | undefined
  readonly after: Gap | undefined
}

export interface LineOptions {
  readonly accountId: string
  /** Up to where it was read when the room was opened: what came later from others stands under the "new" line. */
  readonly readUntil: number | undefined
  readonly hidden?: ReadonlySet<string>
}

/** Messages of one person within so long stand under one name. */
const CONTINUES_MS = 5 * 60_000

/** The rows of a timeline with the lines between them. Gaps at its ends are not lines: they are loaded as one comes near. */
export function linesOf(rows: readonly TimelineRow[], options: LineOptions): Conversation {
  const lines: Line[] = []
  const before = rows[0]?.kind === 'gap' ? rows[0] : undefined
  const lastStored = rows.findLast((row) => row.kind !== 'pending')
  const after = lastStored?.kind === 'gap' && lastStored !== before ? lastStored : undefined
  let above: { readonly author: string; readonly at: number } | undefined
  let day = ''
  let isNew = false
  for (const row of rows) {
    if (row === before || row === after) continue
    if (row.kind === 'gap') {
      lines.push({ kind: 'gap', key: `${row.key}-${row.to}`, gap: row })
      above = undefined
      continue
    }
    if (row.kind === 'message' && options.hidden?.has(row.key)) continue
    const author = row.kind === 'message' ? row.message.author.account_id : options.accountId
    const at = row.kind === 'message' ? Date.parse(row.message.created_at) : row.pending.created_at
    const today = dayOf(at)
    if (today !== day) {
      // Of the first message that is held it is not known whether its day begins there.
      if (before === undefined || lines.length > 0) lines.push({ kind: 'day', key: `day ${row.key}`, at })
      day = today
      above = undefined
    }
    if (!isNew && row.kind === 'message' && isUnread(row.message, options)) {
      lines.push({ kind: 'new', key: 'new' })
      isNew = true
      above = undefined
    }
    const continued = above?.author === author && at - above.at < CONTINUES_MS
    if (row.kind === 'message') lines.push({ kind: 'message', key: row.key, message: row.message, continued })
    else lines.push({ kind: 'pending', key: row.key, pending: row.pending, continued })
    above = row.kind === 'message' && row.message.deleted_at !== null ? undefined : { author, at }
  }
  return { lines, before, after }
}

/** So many messages may be missing between two that are shown in one stream: they come with the next page. */
const NEAR = 100

/**
 * What is held without a wide gap around a place of the room, with the gaps at its ends; without a place, the newest.
 * Over a gap one would scroll into another time without noticing.
 */
export function stretchAround(
  rows: readonly TimelineRow[],
  sequence: number | undefined,
): readonly TimelineRow[] {
  const isWide = (row: TimelineRow | undefined) => row?.kind === 'gap' && row.to - row.from >= NEAR
  let at = rows.length - 1
  if (sequence !== undefined) {
    const isAfter = (row: TimelineRow) => row.kind === 'message' && row.message.sequence >= sequence
    const found = rows.findIndex(isAfter)
    at = found < 0 ? rows.findLastIndex(({ kind }) => kind === 'message') : found
  }
  // Nothing newer is held than the gap at the end.
  if (isWide(rows[at])) at--
  let start = Math.max(0, at)
  while (start > 0 && !isWide(rows[start])) start--
  let end = Math.max(0, at)
  while (end < rows.length - 1 && !isWide(rows[end])) end++
  return rows.slice(start, end + 1)
}

/** The lines of a room's own stream around a place: with the room's beginning, when that is held. */
export function streamLines(
  { rows, atBeginning }: Pick<TimelineSnapshot, 'rows' | 'atBeginning'>,
  options: LineOptions & { readonly around: number | undefined },
): Omit<Conversation, 'lines'> & { readonly lines: readonly StreamLine[] } {
  const found = linesOf(stretchAround(rows, options.around), options)
  if (!atBeginning || found.before) return found
  return { ...found, lines: [{ kind: 'beginning', key: 'beginning' }, ...found.lines] }
}

function isUnread({ author, sequence, deleted_at }: Message, { readUntil, accountId }: LineOptions): boolean {
  return (
    readUntil !== undefined && sequence > readUntil && author.account_id !== accountId && deleted_at === null
  )
}

/** The day as this device's clock has it. */
function dayOf(at: number): string {
  const date = new Date(at)
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`
}
