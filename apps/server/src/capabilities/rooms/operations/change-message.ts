import type { Tx } from '../../../platform/database/database.ts'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import { versionConflict } from '../../../platform/http/problem.ts'
import type { RoomsComponents } from '../components.ts'
import { checkContent, checkSize, mentionsOf } from '../compose.ts'
import { messageNotFound, notYourMessage, roomArchived } from '../errors.ts'
import { mentioned, messageChanged } from '../events.ts'
import { FILES_JOB } from '../files-job.ts'
import { type Entered, enter, enterToPost, lockedMessage } from '../scope.ts'
import { messageDocument } from '../searchable.ts'
import { dropAttachments } from '../store/attachments.ts'
import { deleteMentions, writeMentions } from '../store/mentions.ts'
import {
  clearMessage,
  countReply,
  editBody,
  findMessage,
  lockMessage,
  type MessageRow,
} from '../store/messages.ts'
import { deleteReactions } from '../store/reactions.ts'
import { allocate, lockRoom } from '../store/rooms.ts'
import { deleteVersions, keepVersion } from '../store/versions.ts'
import { presentOne } from './send-message.ts'

export const updateMessage = (components: RoomsComponents): Operation =>
  operation('updateMessage', async (request) => {
    const { context, params, body } = request
    checkSize(body.body)
    return request.write(async (tx) => {
      const { room } = await enterToPost(tx, context, params.room_id)
      const before = await lockedMessage(tx, room.id, params.message_id)
      if (before.account_id !== context.accountId) throw notYourMessage()
      checkContent(body.body, before.citations.length + before.quotes.length + before.attachments.length)
      if (before.version !== body.version) {
        throw versionConflict({ ...(await presentOne(components, tx, context, room, before.id)) })
      }
      if (before.body !== body.body)
        await edit(components, tx, { room, before, body: body.body }, context.tenantId)
      return { status: 200, body: await presentOne(components, tx, context, room, before.id) }
    })
  })

async function edit(
  components: RoomsComponents,
  tx: Tx,
  change: { room: Entered['room']; before: MessageRow; body: string },
  tenantId: string,
): Promise<void> {
  const { room, before, body } = change
  const now = new Date(components.clock.now())
  const { accounts, everyone } = await mentionsOf(tx, room.id, body)
  const written = before.edited_at ?? before.created_at
  await keepVersion(tx, tenantId, before.id, {
    version: before.version,
    body: before.body,
    written_at: written,
  })
  const { revision, archived } = await allocate(tx, room.id, 1)
  if (archived) throw roomArchived()
  await editBody(tx, before.id, { body, mentions: accounts, everyone, revision, at: now })
  const after = { ...before, body, mentions: accounts, mentions_everyone: everyone }
  await writeMentions(tx, tenantId, after, false)
  await components.search.putDocuments(tx, tenantId, [messageDocument(after, room.workspace_id)])
  await messageChanged(tx, 'updated', before, revision)
  for (const accountId of accounts) {
    if (accountId !== before.account_id && !before.mentions.includes(accountId)) {
      await mentioned(tx, accountId, before)
    }
  }
}

export const deleteMessage = (components: RoomsComponents): Operation =>
  operation('deleteMessage', (request) =>
    request.write(async (tx) => {
      const { context, params } = request
      const { room, can } = await enter(tx, context, params.room_id)
      await lockRoom(tx, room.id)
      const row = await lockMessage(tx, room.id, params.message_id)
      if (!row) throw messageNotFound()
      if (row.account_id !== context.accountId && !can.moderate) throw notYourMessage()
      if (row.deleted_at === null)
        await remove(components, tx, { tenantId: context.tenantId, by: context.accountId, row })
      return { status: 204, body: undefined }
    }),
  )

async function remove(
  components: RoomsComponents,
  tx: Tx,
  { tenantId, by, row }: { tenantId: string; by: string; row: MessageRow },
): Promise<void> {
  const at = new Date(components.clock.now())
  const files = await dropAttachments(tx, row.id)
  await deleteVersions(tx, row.id)
  await deleteReactions(tx, row.id)
  await deleteMentions(tx, row.room_id, row.sequence)
  await components.search.removeDocuments(tx, 'message', [row.id])
  const root = row.thread_root_id
  const { revision } = await allocate(tx, row.room_id, root ? 2 : 1)
  const own = root ? revision - 1 : revision
  await clearMessage(tx, row.id, { by, at, revision: own })
  await messageChanged(tx, 'deleted', row, own)
  if (root !== null) {
    await countReply(tx, root, { step: -1, by: row.account_id, at, revision })
    const changed = await findMessage(tx, row.room_id, root)
    if (changed) await messageChanged(tx, 'updated', changed, revision)
  }
  if (files.length > 0) await tx.enqueue({ name: FILES_JOB, data: { tenantId, ids: files } })
}
