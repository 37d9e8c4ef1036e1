import type { TenantContext, Tx } from '../../../platform/database/database.ts'
import { type Operation, operation, type Request } from '../../../platform/http/operation.ts'
import { Problem } from '../../../platform/http/problem.ts'
import type { RoomsComponents } from '../components.ts'
import {
  attachmentsFrom,
  checkContent,
  checkSize,
  citationsFrom,
  mentionsOf,
  quotesFrom,
} from '../compose.ts'
import { badThread, messageIdTaken, roomArchived } from '../errors.ts'
import { mentioned, messageChanged } from '../events.ts'
import { type Message, presenterOf, presentMessages } from '../present.ts'
import { type Entered, enter, enterToPost } from '../scope.ts'
import { messageDocument } from '../searchable.ts'
import type { SentMessages } from '../sent.ts'
import { writeMentions } from '../store/mentions.ts'
import {
  type Appended,
  appendMessage,
  countReply,
  findMessage,
  type MessageRow,
  type NewMessage,
} from '../store/messages.ts'

/** The message is there already: it came twice, at once or one after the other. This transaction leaves no trace. */
class SentTwice extends Error {
  override readonly name = 'SentTwice'
}

type Send = Request<'sendMessage'>

export const sendMessage = (components: RoomsComponents, sent: SentMessages): Operation =>
  operation('sendMessage', async (request) => {
    checkSize(request.body.body ?? '')
    let refusal: unknown
    const run = async (tx: Tx) => {
      try {
        return await send(components, tx, request)
      } catch (error) {
        refusal = error
        throw error
      }
    }
    try {
      const reply = await request.write(run)
      if (reply.status === 201) sent.keep(request.context.tenantId, reply.body)
      return reply
    } catch (error) {
      if (error !== refusal) throw error
      return { status: 200, body: await sentBefore(components, request, error) }
    }
  })

async function send(components: RoomsComponents, tx: Tx, request: Send) {
  const { context, params } = request
  const [{ room }, author] = await Promise.all([
    enterToPost(tx, context, params.room_id),
    components.people(tx, [context.accountId]),
  ])
  const root = await threadRoot(tx, request)
  const row: NewMessage = {
    ...(await partsOf(components, tx, request)),
    ...{ id: request.body.id, room_id: room.id, body: request.body.body ?? '' },
    ...{ account_id: context.accountId, thread_root_id: root?.id ?? null },
  }
  const place = { tenantId: context.tenantId, room }
  const present = await presenterOf(components, tx, place, asStored(row, UNPLACED), author)
  // The slow one first, and nothing waits between the two: from the second to the commit the room is locked for others who write.
  const [, appended] = await Promise.all([
    components.search.putDocuments(tx, context.tenantId, [messageDocument(row, room.workspace_id)]),
    write(components, tx, context.tenantId, { row, root }),
  ])
  return { status: 201 as const, body: present(asStored(row, appended)) }
}

/**
 * A message that was refused because it is there already, or was sent before something changed, answers for itself: the
 * caller's own of this room, with this id. @throws what was thrown when there is none; Problem 409 `message.id_taken`
 */
async function sentBefore(components: RoomsComponents, request: Send, error: unknown): Promise<Message> {
  if (!(error instanceof SentTwice || error instanceof Problem)) throw error
  const { context, params, body } = request
  const found = await request.read(async (tx) => {
    const { room } = await enter(tx, context, params.room_id)
    const row = await findMessage(tx, params.room_id, body.id)
    if (row && row.account_id !== context.accountId) throw messageIdTaken()
    return row && (await presentMessages(components, tx, { tenantId: context.tenantId, room }, [row]))[0]
  })
  if (found) return found
  throw error instanceof SentTwice ? messageIdTaken() : error
}

/** Replies may still come to a message whose text was removed. @throws Problem 422 `message.thread` */
async function threadRoot(tx: Tx, { params, body }: Send): Promise<MessageRow | undefined> {
  if (body.thread_root_id === undefined) return undefined
  const root = await findMessage(tx, params.room_id, body.thread_root_id)
  if (!root || root.thread_root_id !== null) throw badThread()
  return root
}

type Parts = Pick<NewMessage, 'mentions' | 'mentions_everyone' | 'citations' | 'quotes' | 'attachments'>

async function partsOf(components: RoomsComponents, tx: Tx, request: Send): Promise<Parts> {
  const { context, params } = request
  const { id, body = '', citations = [], quotes = [], attachment_ids: ids = [] } = request.body
  checkContent(body, citations.length + quotes.length + ids.length)
  const { accounts, everyone } = await mentionsOf(tx, params.room_id, body)
  return {
    mentions: accounts,
    mentions_everyone: everyone,
    citations: await citationsFrom(components, tx, context, citations),
    quotes: await quotesFrom(components, tx, context, quotes),
    attachments: await attachmentsFrom(tx, {
      ...{ roomId: params.room_id, messageId: id, ids },
      accountId: context.accountId,
    }),
  }
}

/** @throws Problem 422 `room.archived` when that happened meanwhile; SentTwice */
async function write(
  components: RoomsComponents,
  tx: Tx,
  tenantId: string,
  { row, root }: { readonly row: NewMessage; readonly root: MessageRow | undefined },
): Promise<Appended> {
  const appended = await appendMessage(tx, tenantId, row, new Date(components.clock.now()))
  if (appended.archived) throw roomArchived()
  if (!appended.written) throw new SentTwice()
  const placed = { ...row, ...appended }
  await messageChanged(tx, 'created', placed, placed.revision)
  if (root) {
    const reply = {
      step: 1,
      by: row.account_id,
      at: placed.created_at,
      revision: placed.revision + 1,
    } as const
    await countReply(tx, root.id, reply)
    await messageChanged(tx, 'updated', root, reply.revision)
  }
  await writeMentions(tx, tenantId, placed, true)
  for (const accountId of row.mentions) {
    if (accountId !== row.account_id) await mentioned(tx, accountId, placed)
  }
  return appended
}

/** Before it has a place. */
const UNPLACED = { sequence: 0, revision: 0, created_at: new Date(0) }

const asStored = (
  row: NewMessage,
  { sequence, revision, created_at }: Pick<Appended, 'sequence' | 'revision' | 'created_at'>,
): MessageRow => ({
  ...row,
  ...{ sequence, revision, created_at, version: 1, reply_count: 0, last_reply_at: null, repliers: [] },
  ...{ edited_at: null, deleted_at: null },
})

/** One message as every reader of the room sees it, read anew: after a change in the same transaction. */
export async function presentOne(
  components: RoomsComponents,
  tx: Tx,
  context: TenantContext,
  room: Entered['room'],
  id: string,
): Promise<Message> {
  const row = (await findMessage(tx, room.id, id)) as MessageRow
  const [message] = await presentMessages(components, tx, { tenantId: context.tenantId, room }, [row])
  return message as Message
}
