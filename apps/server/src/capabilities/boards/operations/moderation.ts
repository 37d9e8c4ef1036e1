import type { components } from '@stoa/contracts'
import { type BoardFold, type ReadRecord, readRecord } from '@stoa/records'
import { takePage } from '../../../platform/http/cursor.ts'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import type { BoardParts } from '../components.ts'
import { boardNotFound } from '../errors.ts'
import { presentAuthors } from '../present.ts'
import { actionOf, recordOf } from '../rules.ts'
import { writeRecord } from '../scribe.ts'
import { alreadyVerified } from '../signatures.ts'
import { moderationRecords } from '../store/records.ts'
import { pairFrom, pairOf } from './paging.ts'
import { announced, boardOf } from './scope.ts'

type Entry = components['schemas']['ModerationEntry']
type Authors = Awaited<ReturnType<typeof presentAuthors>>

export const moderateBoard = (parts: BoardParts): Operation =>
  operation('moderateBoard', (request) =>
    announced(parts, request.context, (written) =>
      request.write(async (tx) => {
        const { context, params, body } = request
        await boardOf(tx, params.board_id)
        const { record, open } = await writeRecord(parts, tx, context, params.board_id, ({ fold }) =>
          recordOf(body, (author) => fold.headsOf(author)),
        )
        written(open.added)
        const authors = await presentAuthors(parts, tx, authorsIn(record))
        return { status: 201, body: entryOf(record, authors, open.fold) }
      }),
    ),
  )

/** Whether a record counts is known by the fold, which is lent under the board's lock. */
export const listModeration = (parts: BoardParts): Operation =>
  operation('listModeration', async ({ context, params, query }) => {
    const limit = query.limit ?? 50
    return parts.database.tenant(context, async (tx) => {
      const borrowed = await parts.folds.borrow(tx, context.tenantId, params.board_id)
      if (!borrowed) throw boardNotFound()
      const { board, fold } = borrowed
      const page = { after: pairFrom(query.cursor), limit: limit + 1 }
      const { rows, next_cursor } = takePage(await moderationRecords(tx, board.id, page), limit, pairOf)
      const records = rows.map(({ bytes }) => readRecord(new Uint8Array(bytes), alreadyVerified))
      const authors = await presentAuthors(parts, tx, records.flatMap(authorsIn))
      const items = records.map((record) => entryOf(record, authors, fold))
      parts.folds.giveBack(context.tenantId, fold, { seq: board.last_seq, id: board.last_id })
      return { status: 200, body: { items, next_cursor } }
    })
  })

const authorsIn = ({ record }: ReadRecord): string[] => [
  record.author,
  ...('subject' in record ? [record.subject] : []),
]

function entryOf({ id, record }: ReadRecord, authors: Authors, fold: BoardFold): Entry {
  const action = actionOf(record)
  if (action === undefined) throw new TypeError(`${record.kind} is no act of moderation.`)
  return {
    ...{ id, action },
    by: authors(record.author),
    target_id: 'target' in record ? record.target : null,
    author: 'subject' in record ? authors(record.subject) : null,
    role: 'role' in record ? record.role : null,
    reason: 'reason' in record ? record.reason : null,
    created_at: new Date(record.createdAt).toISOString(),
    kept_out: fold.reasonOf(id) ?? null,
  }
}
