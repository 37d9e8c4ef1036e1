import type { TenantContext, Tx } from '../../../platform/database/database.ts'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import type { RoomsComponents } from '../components.ts'
import { badEmoji, tooManyReactions } from '../errors.ts'
import { messageChanged } from '../events.ts'
import type { Message } from '../present.ts'
import { isEmoji, MAX_EMOJI } from '../rules.ts'
import { enterToReact, lockedMessage } from '../scope.ts'
import { setRevision } from '../store/messages.ts'
import { deleteReaction, emojiOn, insertReaction } from '../store/reactions.ts'
import { allocate } from '../store/rooms.ts'
import { presentOne } from './send-message.ts'

interface Reacting {
  readonly room_id: string
  readonly message_id: string
  readonly emoji: string
}

/** `change` answers whether anything is different now: a repeated reaction is no news. */
async function react(
  components: RoomsComponents,
  tx: Tx,
  context: TenantContext,
  { room_id, message_id }: Reacting,
  change: (at: Date) => Promise<boolean>,
): Promise<Message> {
  const { room } = await enterToReact(tx, context, room_id)
  const message = await lockedMessage(tx, room.id, message_id)
  const now = new Date(components.clock.now())
  if (await change(now)) {
    const { revision } = await allocate(tx, room.id, 1)
    await setRevision(tx, message.id, revision)
    await messageChanged(tx, 'reacted', message, revision)
  }
  return presentOne(components, tx, context, room, message.id)
}

export const addReaction = (components: RoomsComponents): Operation =>
  operation('addReaction', (request) =>
    request.write(async (tx) => {
      const { context, params } = request
      const { message_id: messageId, emoji } = params
      if (!isEmoji(emoji)) throw badEmoji()
      const { tenantId, accountId } = context
      const body = await react(components, tx, context, params, async (at) => {
        const present = await emojiOn(tx, messageId)
        if (!present.includes(emoji) && present.length >= MAX_EMOJI) throw tooManyReactions()
        return insertReaction(tx, tenantId, { messageId, emoji, accountId, at })
      })
      return { status: 200, body }
    }),
  )

export const removeReaction = (components: RoomsComponents): Operation =>
  operation('removeReaction', (request) =>
    request.write(async (tx) => {
      const { context, params } = request
      const body = await react(components, tx, context, params, () =>
        deleteReaction(tx, params.message_id, params.emoji, context.accountId),
      )
      return { status: 200, body }
    }),
  )
