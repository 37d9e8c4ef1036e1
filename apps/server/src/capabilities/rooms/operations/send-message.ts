import type { TenantContext, Tx } from '../../../platform/database/database.ts'
import { type Operation, operation, type Request } from '../../../platform/http/operation.ts'
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
import { type Message, presentMessages } from '../present.ts'
import { admitted, type Entered, enter } from '../scope.ts'
import { messageDocument } from '../searchable.ts'
import { writeMentions } from '../store/mentions.ts'
import {
  countReply,
  findMessage,
  insertMessage,
  type MessageRow,
  type NewMessage,
} from '../store/messages.ts'
import { allocate } from '../store/rooms.ts'

/** The same message came twice at once; this transaction lost and leaves no trace. */
class SentTwice extends Error {
  override readonly name = 'SentTwice'
}

type Send = Request<'sendMessage'>

export const sendMessage = (components: RoomsComponents): Operation =>
  operation('sendMessage', async (request) => {
    checkSize(request.body.body ?? '')
    try {
      return await request.write((tx) => send(components, tx, request))
    } catch (error) {
      if (!(error instanceof SentTwice)) throw error
      return request.read(async (tx) => {
        const { room } = await enter(tx, request.context, request.params.room_id)
        const body = await sentBefore(components, tx, request, room)
        if (!body) throw messageIdTaken()
        return { status: 200, body }
      })
    }
  })

async function send(components: RoomsComponents, tx: Tx, request: Send) {
  const { context, params } = request
  const entered = await enter(tx, context, params.room_id)
  const same = await sentBefore(components, tx, request, entered.room)
  if (same) return { status: 200 as const, body: same }
  const { room } = admitted(entered)
  const root = await threadRoot(tx, request)
  const parts = await partsOf(components, tx, request)
  const said = { id: request.body.id, room_id: room.id, body: request.body.body ?? '', ...parts }
  const document = messageDocument({ ...said, account_id: context.accountId }, room.workspace_id)
  await components.search.putDocument(tx, context.tenantId, document)
  const row = await write(components, tx, request, { room, root, parts })
  await announce(tx, row, root)
  const place = { tenantId: context.tenantId, room }
  const [body] = await presentMessages(components, tx, place, [asStored(row)])
  return { status: 201 as const, body: body as Message }
}

/** The message with this id, when it is the caller's own of this room. @throws Problem 409 `message.id_taken` */
async function sentBefore(
  components: RoomsComponents,
  tx: Tx,
  { context, params, body }: Send,
  room: Entered['room'],
): Promise<Message | undefined> {
  const row = await findMessage(tx, params.room_id, body.id)
  if (!row) return undefined
  if (row.account_id !== context.accountId) throw messageIdTaken()
  const [message] = await presentMessages(components, tx, { tenantId: context.tenantId, room }, [row])
  return message
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

/** Everything slow is done: from the allocation to the commit the room is locked for others who write. */
async function write(
  components: RoomsComponents,
  tx: Tx,
  { context, body }: Send,
  to: { room: Entered['room']; root: MessageRow | undefined; parts: Parts },
): Promise<NewMessage> {
  const { room, root, parts } = to
  const now = new Date(components.clock.now())
  const place = await allocate(tx, room.id, { messages: 1, revisions: root ? 2 : 1 }, now)
  if (place.archived) throw roomArchived()
  const row: NewMessage = {
    ...parts,
    room_id: room.id,
    id: body.id,
    sequence: place.sequence,
    revision: root ? place.revision - 1 : place.revision,
    account_id: context.accountId,
    body: body.body ?? '',
    thread_root_id: root?.id ?? null,
    created_at: place.at,
  }
  if (!(await insertMessage(tx, context.tenantId, row))) throw new SentTwice()
  if (root) {
    const by = context.accountId
    await countReply(tx, root.id, { step: 1, by, at: row.created_at, revision: place.revision })
  }
  await writeMentions(tx, context.tenantId, row, true)
  return row
}

async function announce(tx: Tx, row: NewMessage, root: MessageRow | undefined): Promise<void> {
  await messageChanged(tx, 'created', row, row.revision)
  if (root) await messageChanged(tx, 'updated', root, row.revision + 1)
  for (const accountId of row.mentions) {
    if (accountId !== row.account_id) await mentioned(tx, accountId, row)
  }
}

const asStored = (row: NewMessage): MessageRow => ({
  ...row,
  version: 1,
  reply_count: 0,
  last_reply_at: null,
  repliers: [],
  edited_at: null,
  deleted_at: null,
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
