import { takePage } from '../../../platform/http/cursor.ts'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import type { BoardParts } from '../components.ts'
import type { ContentState } from '../content/source.ts'
import { badTarget, commentNotFound } from '../errors.ts'
import { asComment, presentDetails } from '../present.ts'
import { writeRecord } from '../scribe.ts'
import { findPost, listCommentRows, type PostRow } from '../store/posts.ts'
import { composed } from './compose.ts'
import { pairFrom, pairOf } from './paging.ts'
import { presentOne } from './posts.ts'
import { announced, commentOf, postOf } from './scope.ts'

/** How long a page of comments waits for bodies that are fetched. */
const WAIT_MS = 500

export const listComments = (parts: BoardParts): Operation =>
  operation('listComments', async (request) => {
    const { context, params, query } = request
    const limit = query.limit ?? 50
    const { rows, next_cursor } = await request.read(async (tx) => {
      const { row } = await postOf(tx, params.board_id, params.post_id)
      return takePage(
        await listCommentRows(tx, row.id, { after: pairFrom(query.cursor), limit: limit + 1 }),
        limit,
        pairOf,
      )
    })
    const missing = await fetched(parts, context.tenantId, rows)
    return request.read(async (tx) => {
      const { board } = await postOf(tx, params.board_id, params.post_id)
      const details = await presentDetails(parts, tx, context, board, rows, missing)
      const items = details.flatMap((detail, n) => (rows[n] ? [asComment(detail, rows[n])] : []))
      return { status: 200, body: { items, next_cursor } }
    })
  })

function fetched({ content }: BoardParts, tenantId: string, rows: readonly PostRow[]): Promise<ContentState> {
  const missing = rows.filter((row) => !row.body_here && !row.deleted)
  const refs = missing.map(({ digest, size, media_type: type }) => ({ digest, size, type }))
  return content.fetch(tenantId, refs, { waitMs: WAIT_MS })
}

export const createComment = (parts: BoardParts): Operation =>
  operation('createComment', (request) =>
    announced(parts, request.context, (written) =>
      request.write(async (tx) => {
        const { context, params, body } = request
        const { row: post } = await postOf(tx, params.board_id, params.post_id)
        const parent =
          body.parent_id === undefined ? post : await findPost(tx, params.board_id, body.parent_id)
        if (!parent || (parent.id !== post.id && parent.root_id !== post.id)) throw badTarget()
        const said = await composed(parts, tx, context, body)
        const comment = () => ({ kind: 'comment', root: post.id, parent: parent.id, ...said }) as const
        const { record, open } = await writeRecord(parts, tx, context, params.board_id, comment)
        written(open.added)
        const detail = await presentOne(parts, tx, context, params.board_id, record.id)
        return { status: 201, body: { ...asComment(detail, post), post_id: post.id, parent_id: parent.id } }
      }),
    ),
  )

export const updateComment = (parts: BoardParts): Operation =>
  operation('updateComment', (request) =>
    announced(parts, request.context, (written) =>
      request.write(async (tx) => {
        const { context, params, body } = request
        const { row } = await commentOf(tx, params.board_id, params.comment_id)
        const said = await composed(parts, tx, context, body, row.media)
        const edit = () => ({ kind: 'edit', target: row.id, title: '', ...said }) as const
        const { open } = await writeRecord(parts, tx, context, params.board_id, edit)
        written(open.added)
        const now = await findPost(tx, params.board_id, row.id)
        if (!now) throw commentNotFound()
        return {
          status: 200,
          body: asComment(await presentOne(parts, tx, context, params.board_id, row.id), now),
        }
      }),
    ),
  )
