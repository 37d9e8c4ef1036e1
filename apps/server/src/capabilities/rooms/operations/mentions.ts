import type { components } from '@stoa/contracts'
import { decodeCursor, isStringArray, takePage } from '../../../platform/http/cursor.ts'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import type { RoomsComponents } from '../components.ts'
import { presentMessages } from '../present.ts'
import { presentRoom } from '../room-view.ts'
import { listMentionRows, type MentionKeys } from '../store/mentions.ts'
import { messagesById } from '../store/messages.ts'

type Mention = components['schemas']['Mention']

const isKeys = (value: unknown): value is MentionKeys => isStringArray(value) && value.length === 3

export const listMentions = (components: RoomsComponents): Operation =>
  operation('listMentions', (request) =>
    request.read(async (tx) => {
      const { context, query } = request
      const limit = query.limit ?? 50
      const after = decodeCursor(query.cursor, isKeys)
      const page = { unread: query.unread ?? false, after, limit: limit + 1 }
      const found = await listMentionRows(tx, context.accountId, page)
      const { rows, next_cursor } = takePage(found, limit, (row) => [
        row.key,
        row.room_id,
        String(row.sequence),
      ])
      const messages = await messagesById(
        tx,
        rows.map((row) => row.message_id),
      )
      const shown = new Map<string, Omit<Mention, 'unread'>>()
      for (const [roomId, some] of Map.groupBy(messages, (message) => message.room_id)) {
        const room = await presentRoom(components, tx, context, roomId)
        const place = { tenantId: context.tenantId, room }
        for (const message of await presentMessages(components, tx, place, some)) {
          shown.set(message.id, { room_id: roomId, room_name: room.name, message })
        }
      }
      const items = rows.flatMap(({ message_id, unread }) => {
        const one = shown.get(message_id)
        return one ? [{ ...one, unread }] : []
      })
      return { status: 200, body: { items, next_cursor } }
    }),
  )
