import type { components } from '@stoa/contracts'
import type { ContentRef } from '@stoa/records'
import type { TenantContext, Tx } from '../../../platform/database/database.ts'
import { decodeCursor, isStringArray, takePage } from '../../../platform/http/cursor.ts'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import type { BoardParts } from '../components.ts'
import type { ContentState } from '../content/source.ts'
import { postNotFound } from '../errors.ts'
import { presentDetails, presentPosts, rightsOf } from '../present.ts'
import { writeRecord } from '../scribe.ts'
import { findPost, listPostRows, type PostKeys, type PostRow } from '../store/posts.ts'
import { composed } from './compose.ts'
import { announced, boardOf, postOf } from './scope.ts'

/** How long a reader waits for a body that is fetched: most come within. */
const WAIT_MS = 1_500
const RETRY_WAIT_MS = 10_000
const HERE: ContentState = { state: 'fetching', reason: null }

const isPlace = (value: unknown): value is PostKeys =>
  isStringArray(value) && value.length === 3 && (value[0] === 'true' || value[0] === 'false')

export const listPosts = (parts: BoardParts): Operation =>
  operation('listPosts', async (request) => {
    const { context, params, query } = request
    const { items, next_cursor, missing } = await request.read(async (tx) => {
      const board = await boardOf(tx, params.board_id)
      const limit = query.limit ?? 50
      const found = await listPostRows(tx, board.id, {
        sort: query.sort ?? 'newest',
        hidden: (await rightsOf(tx, context, board)).moderate,
        after: decodeCursor(query.cursor, isPlace),
        limit: limit + 1,
      })
      const { rows, next_cursor } = takePage(found, limit, (row) => [String(row.pinned), row.key, row.id])
      const items = await presentPosts(parts, tx, context.tenantId, rows)
      return {
        items,
        next_cursor,
        missing: missingThumbs(rows, items),
      }
    })
    if (missing.length > 0) await parts.content.fetch(context.tenantId, missing, { waitMs: 0 })
    return { status: 200, body: { items, next_cursor } }
  })

function missingThumbs(
  rows: readonly PostRow[],
  items: readonly components['schemas']['Post'][],
): ContentRef[] {
  return rows.flatMap(({ media }, n) =>
    media.filter((_, at) => items[n]?.images[at]?.thumb_url === null).map(({ thumb }) => thumb),
  )
}

export const createPost = (parts: BoardParts): Operation =>
  operation('createPost', (request) =>
    announced(parts, request.context, (written) =>
      request.write(async (tx) => {
        const { context, params, body } = request
        const { title } = body
        await boardOf(tx, params.board_id)
        const said = await composed(parts, tx, context, body)
        const post = () => ({ kind: 'post', title, ...said }) as const
        const { record, open } = await writeRecord(parts, tx, context, params.board_id, post)
        written(open.added)
        return { status: 201, body: await presentOne(parts, tx, context, params.board_id, record.id) }
      }),
    ),
  )

/** As it stands after a change in the same transaction. */
export async function presentOne(
  parts: BoardParts,
  tx: Tx,
  context: TenantContext,
  boardId: string,
  id: string,
): Promise<components['schemas']['PostDetail']> {
  const [row, board] = [await findPost(tx, boardId, id), await boardOf(tx, boardId)]
  const [detail] = row ? await presentDetails(parts, tx, context, board, [row], HERE) : []
  if (!detail) throw postNotFound()
  return detail
}

export const getPost = (parts: BoardParts): Operation =>
  operation('getPost', async (request) => {
    const { context, params } = request
    const { row } = await request.read((tx) => postOf(tx, params.board_id, params.post_id))
    const missing = await askFor(parts, context.tenantId, row, { waitMs: WAIT_MS })
    return request.read(async (tx) => {
      const { board, row: now } = await postOf(tx, params.board_id, params.post_id)
      const [detail] = await presentDetails(parts, tx, context, board, [now], missing)
      if (!detail) throw postNotFound()
      return { status: 200, body: detail }
    })
  })

/** Asks for what is missing of a post: its body, which is waited for, and its images. */
export async function askFor(
  { content }: BoardParts,
  tenantId: string,
  row: PostRow,
  { waitMs, again = false }: { readonly waitMs: number; readonly again?: boolean },
): Promise<ContentState> {
  if (row.deleted) return { state: 'unavailable', reason: 'deleted' }
  const { digest, size, media_type: type, media } = row
  if (media.length > 0) {
    const images = media.flatMap(({ thumb, image }) => [thumb, image])
    await content.fetch(tenantId, images, { waitMs: 0, again })
  }
  return content.fetch(tenantId, [{ digest, size, type }], { waitMs, again })
}

export const fetchPost = (parts: BoardParts): Operation =>
  operation('fetchPost', async ({ context, params, read }) => {
    const row = await read(async (tx) => {
      await boardOf(tx, params.board_id)
      return findPost(tx, params.board_id, params.post_id)
    })
    if (!row) throw postNotFound()
    return {
      status: 200,
      body: await askFor(parts, context.tenantId, row, { waitMs: RETRY_WAIT_MS, again: true }),
    }
  })

export const updatePost = (parts: BoardParts): Operation =>
  operation('updatePost', (request) =>
    announced(parts, request.context, (written) =>
      request.write(async (tx) => {
        const { context, params, body } = request
        const { row } = await postOf(tx, params.board_id, params.post_id)
        const said = await composed(parts, tx, context, body, row.media)
        const edit = () => ({ kind: 'edit', target: row.id, title: body.title, ...said }) as const
        const { open } = await writeRecord(parts, tx, context, params.board_id, edit)
        written(open.added)
        return { status: 200, body: await presentOne(parts, tx, context, params.board_id, row.id) }
      }),
    ),
  )

export const deletePost = (parts: BoardParts): Operation =>
  operation('deletePost', (request) =>
    announced(parts, request.context, (written) =>
      request.write(async (tx) => {
        const { context, params } = request
        await boardOf(tx, params.board_id)
        const row = await findPost(tx, params.board_id, params.post_id)
        if (!row) throw postNotFound()
        if (row.deleted) return { status: 204, body: undefined }
        const take = () => ({ kind: 'delete', target: row.id }) as const
        const { open } = await writeRecord(parts, tx, context, params.board_id, take)
        written(open.added)
        return { status: 204, body: undefined }
      }),
    ),
  )
