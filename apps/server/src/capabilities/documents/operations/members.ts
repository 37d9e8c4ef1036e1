import type { components } from '@stoa/contracts'
import { isUuid } from '@stoa/kernel'
import type { Tx } from '../../../platform/database/database.ts'
import { decodeCursor, takePage } from '../../../platform/http/cursor.ts'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import { notFound } from '../../../platform/http/problem.ts'
import type { DocumentsComponents } from '../components.ts'
import { documentForbidden, lastOwner, notInWorkspace } from '../errors.ts'
import { documentChanged, membershipChanged } from '../events.ts'
import { enter, enterTo } from '../scope.ts'
import {
  findMember,
  listMembers,
  lockOwners,
  type MemberRow,
  removeMember,
  setMembers,
} from '../store/members.ts'

const isId = (value: unknown): value is string => typeof value === 'string' && isUuid(value)

async function views(
  { people }: DocumentsComponents,
  tx: Tx,
  rows: readonly MemberRow[],
): Promise<components['schemas']['DocumentMember'][]> {
  const names = await people(
    tx,
    rows.map((row) => row.account_id),
  )
  return rows.map((row) => ({
    person: { account_id: row.account_id, display_name: names.get(row.account_id) ?? '' },
    role: row.role,
    added_at: row.added_at.toISOString(),
  }))
}

export const listDocumentMembers = (components: DocumentsComponents): Operation =>
  operation('listDocumentMembers', (request) =>
    request.read(async (tx) => {
      const { context, params, query } = request
      const { document } = await enter(tx, context, params.document_id)
      const limit = query.limit ?? 50
      const found = await listMembers(tx, document.id, decodeCursor(query.cursor, isId), limit + 1)
      const { rows, next_cursor } = takePage(found, limit, (row) => row.account_id)
      return { status: 200, body: { items: await views(components, tx, rows), next_cursor } }
    }),
  )

/** @throws Problem 422 `document.last_owner` */
async function checkOwnerLeft(tx: Tx, documentId: string, leaving: string): Promise<void> {
  const owners = await lockOwners(tx, documentId)
  if (owners.length === 1 && owners[0] === leaving) throw lastOwner()
}

export const setDocumentMember = (components: DocumentsComponents): Operation =>
  operation('setDocumentMember', (request) =>
    request.write(async (tx) => {
      const { context, params, body } = request
      const { document } = await enterTo(tx, context, params.document_id, 'manage')
      const accountId = params.account_id
      const known = await components.membersAmong(tx, [accountId], document.workspace_id)
      if (!known.has(accountId)) throw notInWorkspace()
      if (body.role !== 'owner') await checkOwnerLeft(tx, document.id, accountId)
      const now = new Date(components.clock.now())
      const member = { accountId, role: body.role }
      const added = await setMembers(tx, context.tenantId, document.id, [member], now)
      await documentChanged(tx, 'members_changed', document)
      await membershipChanged(tx, document.id, accountId)
      const row = (await findMember(tx, document.id, accountId)) as MemberRow
      const [view] = await views(components, tx, [row])
      const shown = view as components['schemas']['DocumentMember']
      return { status: added.has(accountId) ? 201 : 200, body: shown }
    }),
  )

export const removeDocumentMember = (): Operation =>
  operation('removeDocumentMember', (request) =>
    request.write(async (tx) => {
      const { context, params } = request
      const { document, can } = await enter(tx, context, params.document_id)
      const accountId = params.account_id
      if (accountId !== context.accountId && !can.manage) throw documentForbidden()
      if (!(await findMember(tx, document.id, accountId))) throw notFound('member')
      await checkOwnerLeft(tx, document.id, accountId)
      await removeMember(tx, document.id, accountId)
      await documentChanged(tx, 'members_changed', document)
      await membershipChanged(tx, document.id, accountId)
      return { status: 204, body: undefined }
    }),
  )
