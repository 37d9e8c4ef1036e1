import { isUuid } from '@stoa/kernel'
import type { Tx } from '../../../platform/database/database.ts'
import { decodeCursor, isStringArray, takePage } from '../../../platform/http/cursor.ts'
import { type Operation, operation, type Request } from '../../../platform/http/operation.ts'
import { notFound, versionConflict } from '../../../platform/http/problem.ts'
import type { DocumentsComponents } from '../components.ts'
import { documentForbidden, documentIdTaken, documentTrashed, notInWorkspace } from '../errors.ts'
import { documentChanged, membershipChanged } from '../events.ts'
import { templateMarkdown } from '../formats/templates.ts'
import { INDEX } from '../index-job.ts'
import { PROJECT } from '../project.ts'
import { enter } from '../scope.ts'
import {
  findDocument,
  insertDocument,
  listDocuments as listRows,
  setStarred,
  sortKeyOf,
  updateDocumentRow,
} from '../store/documents.ts'
import { memberIds, setMembers } from '../store/members.ts'
import { schema, type Texts } from '../texts.ts'
import { documentView, summariesOf } from '../view.ts'
import { isPlace } from './versions.ts'

const isNamed = (value: unknown): value is [string, string] =>
  isStringArray(value) && value.length === 2 && isUuid(value[1] ?? '')

export const listDocuments = (components: DocumentsComponents): Operation =>
  operation('listDocuments', (request) =>
    request.read(async (tx) => {
      const { context, query } = request
      if (query.workspace_id !== undefined) await components.requireWorkspace(tx, query.workspace_id)
      const limit = query.limit ?? 50
      const filter = {
        workspaceId: query.workspace_id,
        words: wordsOf(query.query),
        bookId: query.book_id,
        citesBookId: query.cites_book_id,
        mine: query.mine ?? false,
        starred: query.starred ?? false,
        trashed: query.trashed ?? false,
        governs: context.role === 'owner' || context.role === 'admin',
        sort: query.sort ?? ('edited' as const),
      }
      const isAfter = filter.sort === 'title' ? isNamed : isPlace
      const page = { after: decodeCursor(query.cursor, isAfter), limit: limit + 1 }
      const found = await listRows(tx, context.accountId, filter, page)
      const { rows, next_cursor } = takePage(found, limit, (row) => [sortKeyOf(row, filter.sort), row.id])
      const items = await summariesOf(components, tx, context, rows)
      return {
        status: 200,
        body: { items, next_cursor },
      }
    }),
  )

/** Beginnings of words to look for, with what `like` takes for wild cards escaped. */
const wordsOf = (query = ''): string[] =>
  query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 10)
    .map((word) => word.replace(/[\\%_]/g, '\\$&'))

export const getDocument = (components: DocumentsComponents): Operation =>
  operation('getDocument', ({ context, params, read }) =>
    read(async (tx) => ({
      status: 200,
      body: await documentView(components, tx, context, params.document_id),
    })),
  )

type Create = Request<'createDocument'>

/** @throws Problem 404 `book.not_found`: a document is about a book of its own workspace */
export async function checkBook(
  { booksOf }: DocumentsComponents,
  tx: Tx,
  workspaceId: string,
  bookId: string | null | undefined,
): Promise<string | undefined> {
  if (bookId === undefined || bookId === null) return undefined
  const title = (await booksOf(tx, workspaceId, [bookId])).get(bookId)
  if (title === undefined) throw notFound('book')
  return title
}

/** Who is in it from the beginning. @throws Problem 422 `document.not_in_workspace` */
async function firstMembers({ membersAmong }: DocumentsComponents, tx: Tx, { context, body }: Create) {
  const others = (body.member_ids ?? []).filter((id) => id !== context.accountId)
  const known = await membersAmong(tx, others, body.workspace_id)
  if (known.size < others.length) throw notInWorkspace()
  return [
    { accountId: context.accountId, role: 'owner' as const },
    ...others.map((accountId) => ({ accountId, role: 'writer' as const })),
  ]
}

export const createDocument = (components: DocumentsComponents, texts: Texts): Operation =>
  operation('createDocument', async (request) => {
    const { context, body } = request
    const { tenantId, accountId } = context
    const checked = await request.read(async (tx) => {
      await components.requireWorkspace(tx, body.workspace_id)
      await firstMembers(components, tx, request)
      const isThere = (await findDocument(tx, accountId, body.id)) !== undefined
      return { isThere, bookTitle: await checkBook(components, tx, body.workspace_id, body.book_id) }
    })
    const template = body.template && templateMarkdown(body.template, checked.bookTitle)
    if (!checked.isThere) {
      const doc = template && (await schema()).fromMarkdown(template.markdown).doc
      await texts.create({ tenantId, documentId: body.id }, accountId, doc)
    }
    const title = body.title ?? template?.title ?? ''
    return request.write((tx) => record(components, tx, request, title))
  })

async function record(components: DocumentsComponents, tx: Tx, request: Create, title: string) {
  const { context, body } = request
  const { tenantId, accountId } = context
  const { id, workspace_id } = body
  const at = new Date(components.clock.now())
  const row = {
    ...{ id, workspace_id, title, at, title_key: components.sortKey(title), created_by: accountId },
    book_id: body.book_id ?? null,
    visibility: body.visibility ?? ('workspace' as const),
    workspace_access: body.workspace_access ?? ('write' as const),
  }
  if (!(await insertDocument(tx, tenantId, row))) {
    if ((await findDocument(tx, accountId, id))?.created_by !== accountId) throw documentIdTaken()
    return { status: 200 as const, body: await documentView(components, tx, context, id) }
  }
  const members = await firstMembers(components, tx, request)
  await setMembers(tx, tenantId, id, members, at)
  await tx.enqueue({ name: PROJECT, data: { tenantId, documentId: id }, singletonKey: id })
  await documentChanged(tx, 'created', row)
  for (const member of members) await membershipChanged(tx, id, member.accountId)
  return { status: 201 as const, body: await documentView(components, tx, context, id) }
}

export const updateDocument = (components: DocumentsComponents): Operation =>
  operation('updateDocument', (request) =>
    request.write(async (tx) => {
      const { context, params } = request
      const { version, ...fields } = request.body
      const { document, can } = await enter(tx, context, params.document_id)
      if (document.trashed_at !== null) throw documentTrashed()
      const { title, ...settings } = fields
      const managed = Object.values(settings).some((value) => value !== undefined)
      if (!(managed ? can.manage : can.write)) throw documentForbidden()
      await checkBook(components, tx, document.workspace_id, fields.book_id)
      const title_key = title === undefined ? undefined : components.sortKey(title)
      if (!(await updateDocumentRow(tx, document.id, { ...fields, title_key }, version)))
        throw versionConflict({ ...(await documentView(components, tx, context, document.id)) })
      await tx.enqueue({
        name: INDEX,
        data: { tenantId: context.tenantId, documentId: document.id },
        singletonKey: document.id,
      })
      const listed = fields.visibility === 'workspace' || document.visibility === 'workspace'
      await documentChanged(tx, 'updated', { ...document, visibility: listed ? 'workspace' : 'private' })
      for (const accountId of await memberIds(tx, document.id))
        await membershipChanged(tx, document.id, accountId)
      return { status: 200, body: await documentView(components, tx, context, document.id) }
    }),
  )

export const starDocument = (components: DocumentsComponents): Operation =>
  operation('starDocument', (request) =>
    request.write(async (tx) => {
      const { context, params, body } = request
      const { document } = await enter(tx, context, params.document_id)
      await setStarred(tx, context.tenantId, context.accountId, document.id, body.starred)
      return { status: 200, body: await documentView(components, tx, context, document.id) }
    }),
  )
