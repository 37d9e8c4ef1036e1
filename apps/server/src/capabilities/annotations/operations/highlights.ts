import type { TenantContext, Tx } from '../../../platform/database/database.ts'
import { takePage } from '../../../platform/http/cursor.ts'
import { type Operation, operation, type Request } from '../../../platform/http/operation.ts'
import { notFound, versionConflict } from '../../../platform/http/problem.ts'
import { addMarks, type BookRow } from '../../library/index.ts'
import type { AnnotationComponents } from '../components.ts'
import { idTaken } from '../errors.ts'
import { filterOf, ownOr404, pageOf, viewerOf } from '../scope.ts'
import { highlightDocument } from '../searchable.ts'
import { nextChange } from '../store/common.ts'
import {
  changeHighlight,
  findHighlight,
  type HighlightChanges,
  type HighlightRow,
  insertHighlight,
  listHighlights,
  type NewHighlight,
} from '../store/highlights.ts'
import { type Highlight, highlightView, namesFor } from '../views.ts'

type Components = AnnotationComponents

async function present(
  components: Components,
  tx: Tx,
  context: TenantContext,
  row: HighlightRow,
): Promise<Highlight> {
  return highlightView(row, await namesFor(components, tx, context, [row]))
}

async function find(components: Components, tx: Tx, context: TenantContext, id: string) {
  return findHighlight(tx, await viewerOf(components, tx, context), id)
}

/** What others may know: a private one is announced to its maker alone. */
function announce(tx: Tx, type: string, row: HighlightRow | NewHighlight, wasShared: boolean): Promise<void> {
  const shared = wasShared || row.visibility === 'workspace'
  const audience = shared ? { workspaceId: row.workspace_id } : { accountId: row.account_id }
  return tx.emit({ type, ...audience, payload: { highlight_id: row.id, book_id: row.book_id } })
}

export const listHighlightsOperation = (components: Components): Operation =>
  operation('listHighlights', (request) =>
    request.read(async (tx) => {
      const { context, query } = request
      const page = pageOf(query)
      const viewer = await viewerOf(components, tx, context, query.workspace_id)
      const found = await listHighlights(tx, filterOf(viewer, query), page)
      const { rows, next_cursor } = takePage(found, page.size, (row) => ({ sort: page.sort, keys: row.keys }))
      const names = await namesFor(components, tx, context, rows)
      return { status: 200, body: { items: rows.map((row) => highlightView(row, names)), next_cursor } }
    }),
  )

export const getHighlight = (components: Components): Operation =>
  operation('getHighlight', (request) =>
    request.read(async (tx) => {
      const row = await find(components, tx, request.context, request.params.highlight_id)
      if (!row || row.deleted_at !== null) throw notFound('highlight')
      return { status: 200, body: await present(components, tx, request.context, row) }
    }),
  )

function newHighlight(
  { context, body }: Request<'createHighlight'>,
  book: BookRow,
  made: { changeId: number; now: number },
): NewHighlight {
  const created = body.created_at === undefined ? made.now : Math.min(Date.parse(body.created_at), made.now)
  const { exact, prefix, suffix } = body.quote
  return {
    id: body.id,
    workspace_id: book.workspace_id,
    book_id: book.id,
    account_id: context.accountId,
    locator: body.locator,
    quote: { exact, prefix: prefix ?? '', suffix: suffix ?? '' },
    chapter: body.chapter ?? null,
    color: body.color,
    note: body.note ?? null,
    tags: [...(body.tags ?? [])],
    visibility: body.visibility ?? 'private',
    change_id: made.changeId,
    created_at: new Date(created),
  }
}

export const createHighlight = (components: Components): Operation =>
  operation('createHighlight', (request) =>
    request.write(async (tx) => {
      const { context, body } = request
      const { tenantId, accountId } = context
      const book = await components.visibleBook(tx, context, body.book_id)
      const before = await find(components, tx, context, body.id)
      if (before) {
        if (before.account_id !== accountId || before.book_id !== book.id) throw idTaken()
        return { status: 200, body: await present(components, tx, context, before) }
      }
      const made = { changeId: await nextChange(tx, tenantId), now: components.clock.now() }
      const row = newHighlight(request, book, made)
      if (!(await insertHighlight(tx, tenantId, row))) throw idTaken()
      await addMarks(tx, tenantId, { bookId: book.id, accountId, highlights: 1, notes: 0 })
      await components.search.putDocuments(tx, tenantId, [highlightDocument(row)])
      await announce(tx, 'highlight.created', row, false)
      const saved = (await find(components, tx, context, row.id)) as HighlightRow
      return { status: 201, body: await present(components, tx, context, saved) }
    }),
  )

/** Changes one's own highlight and answers with it as it is then. */
async function change(
  components: Components,
  tx: Tx,
  context: TenantContext,
  row: HighlightRow,
  wanted: { changes: HighlightChanges; event: string; version?: number | undefined },
): Promise<Highlight> {
  const { id } = row
  const changeId = await nextChange(tx, context.tenantId)
  if (!(await changeHighlight(tx, id, wanted.changes, changeId, wanted.version))) {
    const current = ((await find(components, tx, context, id)) ?? row) as HighlightRow
    throw versionConflict({ ...(await present(components, tx, context, current)) })
  }
  const after = (await find(components, tx, context, id)) as HighlightRow
  const step = Number(after.deleted_at === null) - Number(row.deleted_at === null)
  if (step !== 0) {
    const marks = { bookId: row.book_id, accountId: row.account_id, highlights: step, notes: 0 }
    await addMarks(tx, context.tenantId, marks)
  }
  if (after.deleted_at === null)
    await components.search.putDocuments(tx, context.tenantId, [highlightDocument(after)])
  else await components.search.removeDocuments(tx, 'highlight', [id])
  await announce(tx, wanted.event, after, row.visibility === 'workspace')
  return present(components, tx, context, after)
}

export const updateHighlight = (components: Components): Operation =>
  operation('updateHighlight', (request) =>
    request.write(async (tx) => {
      const { context, params } = request
      const { version, ...changes } = request.body
      const row = ownOr404(
        await find(components, tx, context, params.highlight_id),
        context.accountId,
        'highlight',
      )
      const wanted = { changes, event: 'highlight.updated', version }
      return { status: 200, body: await change(components, tx, context, row, wanted) }
    }),
  )

export const deleteHighlight = (components: Components): Operation =>
  operation('deleteHighlight', (request) =>
    request.write(async (tx) => {
      const { context, params, query } = request
      const row = ownOr404(
        await find(components, tx, context, params.highlight_id),
        context.accountId,
        'highlight',
      )
      if (row.deleted_at === null) {
        const changes = { deleted_at: new Date(components.clock.now()) }
        await change(components, tx, context, row, {
          changes,
          event: 'highlight.deleted',
          version: query.version,
        })
      }
      return { status: 204, body: undefined }
    }),
  )

export const restoreHighlight = (components: Components): Operation =>
  operation('restoreHighlight', (request) =>
    request.write(async (tx) => {
      const { context, params } = request
      const row = ownOr404(
        await find(components, tx, context, params.highlight_id),
        context.accountId,
        'highlight',
      )
      if (row.deleted_at === null) return { status: 200, body: await present(components, tx, context, row) }
      const wanted = { changes: { deleted_at: null }, event: 'highlight.restored' }
      return { status: 200, body: await change(components, tx, context, row, wanted) }
    }),
  )
