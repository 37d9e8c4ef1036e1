import { type Operation, operation } from '../../../platform/http/operation.ts'
import type { RoomsComponents } from '../components.ts'
import { toMarkdown } from '../export.ts'
import { presentMessages } from '../present.ts'
import { presentRoom } from '../room-view.ts'
import { allAfter } from '../store/messages.ts'

/** Messages of one file. */
const MOST = 5000

export const exportRoom = (components: RoomsComponents): Operation =>
  operation('exportRoom', (request) =>
    request.read(async (tx) => {
      const { context, params, query } = request
      const room = await presentRoom(components, tx, context, params.room_id)
      const found = await allAfter(tx, room.id, query.after ?? 0, MOST + 1)
      const rows = found.slice(0, MOST)
      const more = found.length > MOST
      const messages = await presentMessages(components, tx, { tenantId: context.tenantId, room }, rows)
      const next_after = more ? (rows.at(-1)?.sequence ?? null) : null
      const markdown = query.format === 'markdown'
      const headers = {
        'content-type': markdown ? 'text/markdown' : 'application/json',
        'content-disposition': `attachment; filename="room.${markdown ? 'md' : 'json'}"`,
        ...(next_after === null ? {} : { 'x-next-after': String(next_after) }),
      }
      if (markdown) return { status: 200, headers, body: toMarkdown(room, messages, more) }
      const exported_at = new Date(components.clock.now()).toISOString()
      return { status: 200, headers, body: { room, exported_at, messages, next_after } }
    }),
  )
