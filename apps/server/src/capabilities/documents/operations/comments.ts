import type { components } from '@stoa/contracts'
import type { TenantContext, Tx } from '../../../platform/database/database.ts'
import { decodeCursor, takePage } from '../../../platform/http/cursor.ts'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import { versionConflict } from '../../../platform/http/problem.ts'
import { tellMentions } from '../comment-mentions.ts'
import type { DocumentsComponents } from '../components.ts'
import {
  commentIdTaken,
  commentNotFound,
  documentForbidden,
  notYourComment,
  threadNotFound,
} from '../errors.ts'
import { threadChanged } from '../events.ts'
import { enter, enterTo } from '../scope.ts'
import type { DocumentRow } from '../store/documents.ts'
import { keepMentions } from '../store/mentions.ts'
import {
  type CommentRow,
  deleteComment as deleteRow,
  deleteThread,
  findComment,
  findThread,
  insertComment,
  listComments as listRows,
  type ThreadRow,
  updateComment as updateRow,
  updateThread,
} from '../store/threads.ts'
import { commentViews } from '../view.ts'
import { isPlace } from './versions.ts'

type Comment = components['schemas']['ThreadComment']

async function viewOf(components: DocumentsComponents, tx: Tx, row: CommentRow): Promise<Comment> {
  const [view] = await commentViews(components, tx, [row])
  return view as Comment
}

/** @throws Problem 404 `comment_thread.not_found` */
export async function threadOf(tx: Tx, documentId: string, threadId: string): Promise<ThreadRow> {
  const thread = await findThread(tx, documentId, threadId)
  if (!thread) throw threadNotFound()
  return thread
}

export const listThreadComments = (components: DocumentsComponents): Operation =>
  operation('listThreadComments', (request) =>
    request.read(async (tx) => {
      const { context, params, query } = request
      const { document } = await enter(tx, context, params.document_id)
      const thread = await threadOf(tx, document.id, params.thread_id)
      const limit = query.limit ?? 50
      const found = await listRows(tx, thread.id, {
        after: decodeCursor(query.cursor, isPlace),
        limit: limit + 1,
      })
      const { rows, next_cursor } = takePage(found, limit, (row) => [row.created_at.toISOString(), row.id])
      return { status: 200, body: { items: await commentViews(components, tx, rows), next_cursor } }
    }),
  )

/** Stores a comment once; `undefined` when it was there. @throws Problem 409 `comment.id_taken` */
export async function addComment(
  components: DocumentsComponents,
  tx: Tx,
  context: TenantContext,
  place: { readonly document: DocumentRow; readonly threadId: string },
  wanted: { readonly id: string; readonly body: string },
): Promise<{ row: CommentRow; created: boolean }> {
  const at = new Date(components.clock.now())
  const mentions = await tellMentions(components, tx, context, {
    ...place,
    commentId: wanted.id,
    body: wanted.body,
    at,
  })
  const row = {
    ...{ ...wanted, mentions, created_at: at },
    document_id: place.document.id,
    thread_id: place.threadId,
    account_id: context.accountId,
  }
  const created = await insertComment(tx, context.tenantId, row)
  const stored = await findComment(tx, place.document.id, wanted.id)
  if (stored?.thread_id !== place.threadId || stored.account_id !== context.accountId) throw commentIdTaken()
  return { row: stored, created }
}

export const createThreadComment = (components: DocumentsComponents): Operation =>
  operation('createThreadComment', (request) =>
    request.write(async (tx) => {
      const { context, params, body } = request
      const { document } = await enterTo(tx, context, params.document_id, 'comment')
      const thread = await threadOf(tx, document.id, params.thread_id)
      const place = { document, threadId: thread.id }
      const { row, created } = await addComment(components, tx, context, place, body)
      if (created) {
        const reopened = thread.resolved_at === null ? {} : { resolved: null }
        await updateThread(tx, thread.id, reopened, row.created_at, undefined)
        await threadChanged(tx, 'updated', thread)
      }
      return { status: created ? 201 : 200, body: await viewOf(components, tx, row) }
    }),
  )

export const updateThreadComment = (components: DocumentsComponents): Operation =>
  operation('updateThreadComment', (request) =>
    request.write(async (tx) => {
      const { context, params } = request
      const { body, version } = request.body
      const { document } = await enterTo(tx, context, params.document_id, 'comment')
      const row = await findComment(tx, document.id, params.comment_id)
      if (!row) throw commentNotFound()
      if (row.account_id !== context.accountId) throw notYourComment()
      const at = new Date(components.clock.now())
      const { thread_id: threadId, id: commentId } = row
      const place = { document, threadId, commentId }
      const mentions = await tellMentions(components, tx, context, { ...place, body, at })
      if (!(await updateRow(tx, row.id, { body, mentions, at }, version)))
        throw versionConflict({ ...(await viewOf(components, tx, row)) })
      await keepMentions(tx, document.id, row.id, mentions)
      await threadChanged(tx, 'updated', { document_id: document.id, id: threadId })
      const changed = (await findComment(tx, document.id, row.id)) ?? row
      return { status: 200, body: await viewOf(components, tx, changed) }
    }),
  )

export const deleteThreadComment = (): Operation =>
  operation('deleteThreadComment', (request) =>
    request.write(async (tx) => {
      const { context, params } = request
      const { document, can } = await enter(tx, context, params.document_id)
      const row = await findComment(tx, document.id, params.comment_id)
      if (!row) throw commentNotFound()
      if (row.account_id !== context.accountId && !can.manage) throw documentForbidden()
      const thread = { document_id: document.id, id: row.thread_id }
      // The mentions of a whole thread go with their comments' places.
      await keepMentions(tx, document.id, row.id, [])
      if (row.id === row.thread_id) await deleteThread(tx, row.thread_id)
      else await deleteRow(tx, row.id)
      await threadChanged(tx, row.id === row.thread_id ? 'deleted' : 'updated', thread)
      return { status: 204, body: undefined }
    }),
  )
