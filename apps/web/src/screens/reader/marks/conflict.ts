import type { Entry } from '@stoa/sdk'
import type { OfflinePlace } from '../../../offline/place.ts'
import type { Conflict, Highlight, Note, Write } from '../../../offline/types.ts'

type Update = Extract<Write, { kind: 'highlight.update' | 'note.update' }>

/** A write of ours that met a change of somebody else. */
export interface ConflictEntry {
  readonly seq: number
  readonly write: Update
  readonly conflict: Conflict
}

export function conflictsIn(entries: readonly Entry<Write>[], bookId: string): ConflictEntry[] {
  return entries.flatMap(({ seq, state, write, problem }) => {
    if (state !== 'conflict' || !isUpdate(write) || !isConflict(problem)) return []
    return problem.theirs.book_id === bookId ? [{ seq, write, conflict: problem }] : []
  })
}

const isUpdate = (write: Write): write is Update =>
  write.kind === 'highlight.update' || write.kind === 'note.update'

const isConflict = (problem: unknown): problem is Conflict =>
  typeof problem === 'object' && problem !== null && 'fields' in problem && 'theirs' in problem

export interface ConflictField {
  readonly name: string
  readonly mine: unknown
  readonly theirs: unknown
}

/** The fields that differ, as both sides have them. Where a mark stands goes with its status and is one choice. */
export function shownFields({ write, conflict }: ConflictEntry): ConflictField[] {
  return conflict.fields
    .filter((name) => name !== 'anchor_status' || !conflict.fields.includes('locator'))
    .map((name) => ({ name, mine: fieldOf(write.changes, name), theirs: fieldOf(conflict.theirs, name) }))
}

/** Sends our side again, over theirs. */
export async function keepMine(place: OfflinePlace, { seq, write, conflict }: ConflictEntry): Promise<void> {
  const { theirs } = conflict
  const base = Object.fromEntries(Object.keys(write.changes).map((name) => [name, fieldOf(theirs, name)]))
  await place.outbox.retry(seq, { ...write, version: theirs.version, base })
}

/** Gives our side up and shows theirs. */
export async function takeTheirs(
  place: OfflinePlace,
  { seq, write, conflict }: ConflictEntry,
): Promise<void> {
  const { highlights, notes } = place.database
  if (write.kind === 'highlight.update')
    await highlights.put({ ...(conflict.theirs as Highlight), pending: false })
  else await notes.put({ ...(conflict.theirs as Note), pending: false })
  await place.outbox.discard(seq)
}

const fieldOf = (from: object, name: string): unknown => (from as Record<string, unknown>)[name]
