import type { TenantContext, Tx } from '../../../platform/database/database.ts'
import { takePage } from '../../../platform/http/cursor.ts'
import { type Operation, operation, type Request } from '../../../platform/http/operation.ts'
import { notFound, versionConflict } from '../../../platform/http/problem.ts'
import { addMarks } from '../../library/index.ts'
import type { AnnotationComponents } from '../components.ts'
import { idTaken, otherBook } from '../errors.ts'
import { filterOf, ownOr404, pageOf, viewerOf } from '../scope.ts'
import { noteDocument } from '../searchable.ts'
import { nextChange } from '../store/common.ts'
import { findHighlight } from '../store/highlights.ts'
import {
  changeNote,
  findNote,
  insertNote,
  listNotes,
  type NewNote,
  type NoteChanges,
  type NoteRow,
} from '../store/notes.ts'
import { type Note, namesFor, noteView } from '../views.ts'

type Components = AnnotationComponents

async function present(components: Components, tx: Tx, context: TenantContext, row: NoteRow): Promise<Note> {
  return noteView(row, await namesFor(components, tx, context, [row]))
}

async function find(components: Components, tx: Tx, context: TenantContext, id: string) {
  return findNote(tx, await viewerOf(components, tx, context), id)
}

/** What others may know: a private one is announced to its maker alone. */
function announce(tx: Tx, type: string, row: NoteRow | NewNote, wasShared: boolean): Promise<void> {
  const shared = wasShared || row.visibility === 'workspace'
  const audience = shared ? { workspaceId: row.workspace_id } : { accountId: row.account_id }
  return tx.emit({ type, ...audience, payload: { note_id: row.id, book_id: row.book_id } })
}

export const listNotesOperation = (components: Components): Operation =>
  operation('listNotes', (request) =>
    request.read(async (tx) => {
      const { context, query } = request
      const page = pageOf(query)
      const viewer = await viewerOf(components, tx, context, query.workspace_id)
      const found = await listNotes(tx, filterOf(viewer, query), page)
      const { rows, next_cursor } = takePage(found, page.size, (row) => ({ sort: page.sort, keys: row.keys }))
      const names = await namesFor(components, tx, context, rows)
      return { status: 200, body: { items: rows.map((row) => noteView(row, names)), next_cursor } }
    }),
  )

export const getNote = (components: Components): Operation =>
  operation('getNote', (request) =>
    request.read(async (tx) => {
      const row = await find(components, tx, request.context, request.params.note_id)
      if (!row || row.deleted_at !== null) throw notFound('note')
      return { status: 200, body: await present(components, tx, request.context, row) }
    }),
  )

interface Place {
  readonly workspace_id: string
  readonly book_id: string | null
}

/** Where the note belongs: to its highlight's book, to the book named, or to a workspace. */
async function placeOf(
  components: Components,
  tx: Tx,
  { context, body }: Request<'createNote'>,
): Promise<Place> {
  const viewer = await viewerOf(components, tx, context, body.workspace_id)
  const highlight = body.highlight_id && (await findHighlight(tx, viewer, body.highlight_id))
  if (body.highlight_id && !highlight) throw notFound('highlight')
  if (highlight && body.book_id && highlight.book_id !== body.book_id) throw otherBook()
  const bookId = highlight ? highlight.book_id : body.book_id
  if (bookId) {
    const book = await components.visibleBook(tx, context, bookId)
    return { workspace_id: book.workspace_id, book_id: book.id }
  }
  const [workspace_id] = viewer.workspaceIds
  if (workspace_id === undefined) throw notFound('workspace')
  return { workspace_id, book_id: null }
}

function newNote(
  { context, body }: Request<'createNote'>,
  place: Place,
  made: { changeId: number; now: number },
): NewNote {
  const created = body.created_at === undefined ? made.now : Math.min(Date.parse(body.created_at), made.now)
  const { quote } = body
  return {
    id: body.id,
    ...place,
    highlight_id: body.highlight_id ?? null,
    account_id: context.accountId,
    locator: body.locator ?? null,
    quote: quote ? { exact: quote.exact, prefix: quote.prefix ?? '', suffix: quote.suffix ?? '' } : null,
    title: body.title ?? null,
    body: body.body,
    tags: [...(body.tags ?? [])],
    visibility: body.visibility ?? 'private',
    change_id: made.changeId,
    created_at: new Date(created),
  }
}

export const createNote = (components: Components): Operation =>
  operation('createNote', (request) =>
    request.write(async (tx) => {
      const { context, body } = request
      const { tenantId, accountId } = context
      const before = await find(components, tx, context, body.id)
      if (before) {
        if (before.account_id !== accountId) throw idTaken()
        return { status: 200, body: await present(components, tx, context, before) }
      }
      const place = await placeOf(components, tx, request)
      const made = { changeId: await nextChange(tx, tenantId), now: components.clock.now() }
      const row = newNote(request, place, made)
      if (!(await insertNote(tx, tenantId, row))) throw idTaken()
      if (row.book_id)
        await addMarks(tx, tenantId, { bookId: row.book_id, accountId, highlights: 0, notes: 1 })
      await components.search.putDocuments(tx, tenantId, [noteDocument(row)])
      await announce(tx, 'note.created', row, false)
      const saved = (await find(components, tx, context, row.id)) as NoteRow
      return { status: 201, body: await present(components, tx, context, saved) }
    }),
  )

/** Changes one's own note and answers with it as it is then. */
async function change(
  components: Components,
  tx: Tx,
  context: TenantContext,
  row: NoteRow,
  wanted: { changes: NoteChanges; event: string; version?: number | undefined },
): Promise<Note> {
  const { id } = row
  const changeId = await nextChange(tx, context.tenantId)
  if (!(await changeNote(tx, id, wanted.changes, changeId, wanted.version))) {
    const current = ((await find(components, tx, context, id)) ?? row) as NoteRow
    throw versionConflict({ ...(await present(components, tx, context, current)) })
  }
  const after = (await find(components, tx, context, id)) as NoteRow
  const step = Number(after.deleted_at === null) - Number(row.deleted_at === null)
  if (step !== 0 && row.book_id) {
    const marks = { bookId: row.book_id, accountId: row.account_id, highlights: 0, notes: step }
    await addMarks(tx, context.tenantId, marks)
  }
  if (after.deleted_at === null)
    await components.search.putDocuments(tx, context.tenantId, [noteDocument(after)])
  else await components.search.removeDocuments(tx, 'note', [id])
  await announce(tx, wanted.event, after, row.visibility === 'workspace')
  return present(components, tx, context, after)
}

export const updateNote = (components: Components): Operation =>
  operation('updateNote', (request) =>
    request.write(async (tx) => {
      const { context, params } = request
      const { version, ...changes } = request.body
      const row = ownOr404(await find(components, tx, context, params.note_id), context.accountId, 'note')
      const wanted = { changes, event: 'note.updated', version }
      return { status: 200, body: await change(components, tx, context, row, wanted) }
    }),
  )

export const deleteNote = (components: Components): Operation =>
  operation('deleteNote', (request) =>
    request.write(async (tx) => {
      const { context, params, query } = request
      const row = ownOr404(await find(components, tx, context, params.note_id), context.accountId, 'note')
      if (row.deleted_at === null) {
        const changes = { deleted_at: new Date(components.clock.now()) }
        await change(components, tx, context, row, { changes, event: 'note.deleted', version: query.version })
      }
      return { status: 204, body: undefined }
    }),
  )

export const restoreNote = (components: Components): Operation =>
  operation('restoreNote', (request) =>
    request.write(async (tx) => {
      const { context, params } = request
      const row = ownOr404(await find(components, tx, context, params.note_id), context.accountId, 'note')
      if (row.deleted_at === null) return { status: 200, body: await present(components, tx, context, row) }
      const wanted = { changes: { deleted_at: null }, event: 'note.restored' }
      return { status: 200, body: await change(components, tx, context, row, wanted) }
    }),
  )
