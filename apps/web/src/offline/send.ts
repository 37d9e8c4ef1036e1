import type { Entry, SendResult } from '@stoa/sdk'
import { mergeChanges } from '@stoa/sdk'
import { api, ok } from '../data/api.ts'
import { ApiError, OfflineError } from '../data/problem.ts'
import type { Conflict, Highlight, HighlightFields, Note, NoteFields, Write } from './types.ts'

/** What the server made of a write, to be kept here. */
export interface Saved {
  highlight(highlight: Highlight): Promise<void>
  note(note: Note): Promise<void>
}

/** A key that stays the same for every try of one entry, also after the program was closed. */
const keyOf = (entry: Entry<Write>): string => `outbox-${entry.createdAt}-${entry.seq}`.padEnd(8, '0')

/** Sends one write and says what became of it. */
export async function sendWrite(write: Write, entry: Entry<Write>, saved: Saved): Promise<SendResult<Write>> {
  try {
    await dispatch(write, keyOf(entry), saved)
    return { kind: 'done' }
  } catch (error) {
    return judge(write, error)
  }
}

async function dispatch(write: Write, key: string, saved: Saved): Promise<void> {
  const header = { 'idempotency-key': key }
  switch (write.kind) {
    case 'highlight.create':
      return saved.highlight(
        await ok(api.POST('/api/v1/highlights', { params: { header }, body: write.body })),
      )
    case 'highlight.update': {
      const params = { path: { highlight_id: write.id } }
      const body = { version: write.version, ...write.changes }
      return saved.highlight(await ok(api.PATCH('/api/v1/highlights/{highlight_id}', { params, body })))
    }
    case 'highlight.delete':
      return void (await ok(
        api.DELETE('/api/v1/highlights/{highlight_id}', { params: { path: { highlight_id: write.id } } }),
      ))
    case 'highlight.restore': {
      const params = { path: { highlight_id: write.id } }
      return saved.highlight(await ok(api.POST('/api/v1/highlights/{highlight_id}/restore', { params })))
    }
    case 'note.create':
      return saved.note(await ok(api.POST('/api/v1/notes', { params: { header }, body: write.body })))
    case 'note.update': {
      const params = { path: { note_id: write.id } }
      const body = { version: write.version, ...write.changes }
      return saved.note(await ok(api.PATCH('/api/v1/notes/{note_id}', { params, body })))
    }
    case 'note.delete':
      return void (await ok(
        api.DELETE('/api/v1/notes/{note_id}', { params: { path: { note_id: write.id } } }),
      ))
    case 'note.restore':
      return saved.note(
        await ok(api.POST('/api/v1/notes/{note_id}/restore', { params: { path: { note_id: write.id } } })),
      )
    default:
      return dispatchReading(write, header)
  }
}

type ReadingWrite = Exclude<Write, { kind: `highlight.${string}` | `note.${string}` }>

async function dispatchReading(write: ReadingWrite, header: { 'idempotency-key': string }): Promise<void> {
  switch (write.kind) {
    case 'position': {
      const path = { book_id: write.bookId }
      return void (await ok(
        api.PUT('/api/v1/books/{book_id}/position', { params: { path }, body: write.place }),
      ))
    }
    case 'status': {
      const path = { book_id: write.bookId }
      const body = { status: write.status, recorded_at: write.recorded_at }
      return void (await ok(api.PUT('/api/v1/books/{book_id}/status', { params: { path }, body })))
    }
    case 'bookmark.create': {
      const params = { path: { book_id: write.bookId }, header }
      return void (await ok(api.POST('/api/v1/books/{book_id}/bookmarks', { params, body: write.body })))
    }
    case 'bookmark.delete': {
      const path = { book_id: write.bookId, bookmark_id: write.id }
      return void (await ok(
        api.DELETE('/api/v1/books/{book_id}/bookmarks/{bookmark_id}', { params: { path } }),
      ))
    }
    case 'reading.start':
      return void (await ok(api.POST('/api/v1/reading/sessions', { params: { header }, body: write.body })))
    case 'reading.beat': {
      const path = { reading_session_id: write.sessionId }
      const params = { path }
      return void (await ok(
        api.POST('/api/v1/reading/sessions/{reading_session_id}/beats', { params, body: write.body }),
      ))
    }
    case 'reading.end': {
      const path = { reading_session_id: write.sessionId }
      const params = { path }
      return void (await ok(
        api.POST('/api/v1/reading/sessions/{reading_session_id}/end', { params, body: write.body }),
      ))
    }
  }
}

/** Whether to try again, to give up, to merge, or to ask. Exported for its tests. */
export function judge(write: Write, error: unknown): SendResult<Write> {
  if (error instanceof OfflineError) return { kind: 'later' }
  if (!(error instanceof ApiError)) throw error
  const { status, retryAfter } = error
  if (status === 401 || status === 429 || status >= 500) {
    return retryAfter === undefined ? { kind: 'later' } : { kind: 'later', retryAfterMs: retryAfter * 1000 }
  }
  // What is to be removed is gone already; a reading session that is not known any more is nobody's concern.
  if (status === 404 && (write.kind.endsWith('.delete') || write.kind.startsWith('reading.')))
    return { kind: 'done' }
  if (status === 422 && write.kind.startsWith('reading.')) return { kind: 'done' }
  // The first try arrived, its reply did not, and the write was changed since: what remains is a change of what is there.
  if (error.code === 'idempotency.mismatch' && isCreate(write))
    return { kind: 'rewritten', write: asUpdate(write) }
  if (status === 409 && (write.kind === 'highlight.update' || write.kind === 'note.update'))
    return settle(write, error)
  return { kind: 'failed', problem: { code: error.code, detail: error.message } }
}

type Create = Extract<Write, { kind: 'highlight.create' | 'note.create' }>

const isCreate = (write: Write): write is Create =>
  write.kind === 'highlight.create' || write.kind === 'note.create'

/** All of it over version 1; when somebody changed that meanwhile, both sides are shown. */
function asUpdate(write: Create): Update {
  const { id, tags = [], visibility = 'private' } = write.body
  if (write.kind === 'highlight.create') {
    const { color, note = null } = write.body
    return { kind: 'highlight.update', id, version: 1, base: {}, changes: { color, note, tags, visibility } }
  }
  const { title = null, body } = write.body
  return { kind: 'note.update', id, version: 1, base: {}, changes: { title, body, tags, visibility } }
}

type Update = Extract<Write, { kind: 'highlight.update' | 'note.update' }>

/** Changed elsewhere meanwhile: what can go together does; the rest is for the person. */
function settle(write: Update, error: ApiError): SendResult<Write> {
  const theirs = error.details.current as Highlight | Note | undefined
  if (!theirs) return { kind: 'failed', problem: { code: error.code, detail: error.message } }
  const { changes, conflicts } = mergeChanges<HighlightFields & NoteFields>(
    write.base as Partial<HighlightFields & NoteFields>,
    write.changes as Partial<HighlightFields & NoteFields>,
    theirs as unknown as Partial<HighlightFields & NoteFields>,
  )
  if (conflicts.length > 0) {
    return { kind: 'conflict', problem: { fields: conflicts, theirs } satisfies Conflict }
  }
  return {
    kind: 'rewritten',
    write: { ...write, version: theirs.version, base: pick(theirs, changes), changes } as Write,
  }
}

const pick = (from: object, like: object): object =>
  Object.fromEntries(Object.keys(like).map((key) => [key, (from as Record<string, unknown>)[key]]))
