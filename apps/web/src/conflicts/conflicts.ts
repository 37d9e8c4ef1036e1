import type { Entry } from '@stoa/sdk'
import type { OfflinePlace } from '../offline/place.ts'
import type { Conflict, Highlight, Note, Write } from '../offline/types.ts'

type Update = Extract<Write, { kind: 'highlight.update' | 'note.update' }>

/** A change of ours that met a change made elsewhere. */
export interface MarkConflict {
  readonly seq: number
  readonly write: Update
  readonly conflict: Conflict
}

/** What waits in the outbox for a choice; with `bookId`, in that book. */
export function conflictsIn(entries: readonly Entry<Write>[], bookId?: string): MarkConflict[] {
  return entries.flatMap(({ seq, state, write, problem }) => {
    if (state !== 'conflict' || !isUpdate(write) || !isConflict(problem)) return []
    const wanted = bookId === undefined || problem.theirs.book_id === bookId
    return wanted ? [{ seq, write, conflict: problem }] : []
  })
}

const isUpdate = (write: Write): write is Update =>
  write.kind === 'highlight.update' || write.kind === 'note.update'

const isConflict = (problem: unknown): problem is Conflict =>
  typeof problem === 'object' && problem !== null && 'fields' in problem && 'theirs' in problem

export interface FieldOfBoth {
  readonly name: string
  readonly mine: unknown
  readonly theirs: unknown
}

/** The fields in question as both sides have them. Where a mark stands goes with its status and is one choice. */
export function bothSides({ write, conflict: { fields, theirs } }: MarkConflict): FieldOfBoth[] {
  return fields
    .filter((name) => name !== 'anchor_status' || !fields.includes('locator'))
    .map((name) => ({ name, mine: fieldOf(write.changes, name), theirs: fieldOf(theirs, name) }))
}

/** Our change again, now over theirs. What only they changed stays theirs. */
export function overTheirs({ write, conflict: { theirs } }: MarkConflict): Update {
  const base = Object.fromEntries(Object.keys(write.changes).map((name) => [name, fieldOf(theirs, name)]))
  return { ...write, version: theirs.version, base }
}

export const keepMine = (place: OfflinePlace, conflict: MarkConflict): Promise<void> =>
  place.outbox.retry(conflict.seq, overTheirs(conflict))

/** Shows theirs, then gives our change up: when this stops in between, the choice is still there. */
export async function takeTheirs(place: OfflinePlace, { seq, write, conflict }: MarkConflict): Promise<void> {
  const { highlights, notes } = place.database
  if (write.kind === 'highlight.update')
    await highlights.put({ ...(conflict.theirs as Highlight), pending: false })
  else await notes.put({ ...(conflict.theirs as Note), pending: false })
  await place.outbox.discard(seq)
}

const fieldOf = (from: object, name: string): unknown => (from as Record<string, unknown>)[name]
