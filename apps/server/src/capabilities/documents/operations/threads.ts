import type { Tx } from '../../../platform/database/database.ts'
import { decodeCursor, takePage } from '../../../platform/http/cursor.ts'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import { versionConflict } from '../../../platform/http/problem.ts'
import type { DocumentsComponents } from '../components.ts'
import { commentIdTaken } from '../errors.ts'
import { threadChanged } from '../events.ts'
import { enter, enterTo } from '../scope.ts'
import { type Anchor, findThread, insertThread, listThreads, updateThread } from '../store/threads.ts'
import { threadViews } from '../view.ts'
import { addComment, threadOf } from './comments.ts'
import { isPlace } from './versions.ts'

interface GivenAnchor {
  readonly start: string
  readonly end: string
  readonly quote: { readonly exact: string; readonly prefix?: string; readonly suffix?: string }
}

const anchorOf = ({ start, end, quote }: GivenAnchor): Anchor => ({
  ...{ start, end },
  quote: { exact: quote.exact, prefix: quote.prefix ?? '', suffix: quote.suffix ?? '' },
})

async function viewOf(components: DocumentsComponents, tx: Tx, documentId: string, threadId: string) {
  const [view] = await threadViews(components, tx, [await threadOf(tx, documentId, threadId)])
  return view as NonNullable<typeof view>
}

export const listCommentThreads = (components: DocumentsComponents): Operation =>
  operation('listCommentThreads', (request) =>
    request.read(async (tx) => {
      const { context, params, query } = request
      const { document } = await enter(tx, context, params.document_id)
      const limit = query.limit ?? 50
      const page = { after: decodeCursor(query.cursor, isPlace), limit: limit + 1 }
      const found = await listThreads(tx, document.id, query.resolved, page)
      const { rows, next_cursor } = takePage(found, limit, (row) => [row.created_at.toISOString(), row.id])
      return { status: 200, body: { items: await threadViews(components, tx, rows), next_cursor } }
    }),
  )

export const createCommentThread = (components: DocumentsComponents): Operation =>
  operation('createCommentThread', (request) =>
    request.write(async (tx) => {
      const { context, params } = request
      const { id, anchor, body } = request.body
      const { document } = await enterTo(tx, context, params.document_id, 'comment')
      const at = new Date(components.clock.now())
      const thread = {
        id,
        documentId: document.id,
        anchor: anchor === undefined ? null : anchorOf(anchor),
        at,
      }
      const created = await insertThread(tx, context.tenantId, thread)
      if (!created && !(await findThread(tx, document.id, id))) throw commentIdTaken()
      const place = { document, threadId: id }
      await addComment(components, tx, context, place, { id, body })
      if (created) await threadChanged(tx, 'created', { document_id: document.id, id })
      return { status: created ? 201 : 200, body: await viewOf(components, tx, document.id, id) }
    }),
  )

export const getCommentThread = (components: DocumentsComponents): Operation =>
  operation('getCommentThread', ({ context, params, read }) =>
    read(async (tx) => {
      const { document } = await enter(tx, context, params.document_id)
      return { status: 200, body: await viewOf(components, tx, document.id, params.thread_id) }
    }),
  )

export const updateCommentThread = (components: DocumentsComponents): Operation =>
  operation('updateCommentThread', (request) =>
    request.write(async (tx) => {
      const { context, params } = request
      const { version, resolved, anchor } = request.body
      const { document } = await enterTo(tx, context, params.document_id, 'comment')
      const thread = await threadOf(tx, document.id, params.thread_id)
      const at = new Date(components.clock.now())
      const changes = {
        ...(anchor === undefined ? {} : { anchor: anchorOf(anchor) }),
        ...(resolved === undefined ? {} : { resolved: resolved ? { at, by: context.accountId } : null }),
      }
      if (!(await updateThread(tx, thread.id, changes, at, version)))
        throw versionConflict({ ...(await viewOf(components, tx, document.id, thread.id)) })
      await threadChanged(tx, 'updated', thread)
      return { status: 200, body: await viewOf(components, tx, document.id, thread.id) }
    }),
  )
