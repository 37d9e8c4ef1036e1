import { decodeCursor, takePage } from '../../../platform/http/cursor.ts'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import type { DocumentsComponents } from '../components.ts'
import { listMentions, markRead } from '../store/mentions.ts'
import { personOf } from '../view.ts'
import { isPlace } from './versions.ts'

export const listDocumentMentions = (components: DocumentsComponents): Operation =>
  operation('listDocumentMentions', (request) =>
    request.read(async (tx) => {
      const { context, query } = request
      const limit = query.limit ?? 50
      const page = { after: decodeCursor(query.cursor, isPlace), limit: limit + 1 }
      const found = await listMentions(tx, context.accountId, query.unread ?? false, page)
      const { rows, next_cursor } = takePage(found, limit, (row) => [
        row.created_at.toISOString(),
        row.place_id,
      ])
      const people = await components.people(tx, [...new Set(rows.flatMap((row) => row.author_id ?? []))])
      const items = rows.map(({ document_id, document_title, thread_id, text, ...row }) => ({
        ...{ document_id, document_title, thread_id, text },
        author: personOf(people, row.author_id),
        unread: row.read_at === null,
        created_at: row.created_at.toISOString(),
      }))
      return { status: 200, body: { items, next_cursor } }
    }),
  )

export const markDocumentMentionsRead = ({ clock }: DocumentsComponents): Operation =>
  operation('markDocumentMentionsRead', (request) =>
    request.write(async (tx) => {
      await markRead(tx, request.context.accountId, request.body.document_id, new Date(clock.now()))
      return { status: 204, body: undefined }
    }),
  )
