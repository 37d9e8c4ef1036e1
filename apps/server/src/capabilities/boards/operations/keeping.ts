/** Posts that this node keeps for good. */
import type { TenantContext, Tx } from '../../../platform/database/database.ts'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import type { BoardParts } from '../components.ts'
import { badTarget } from '../errors.ts'
import { boardSet } from '../events.ts'
import { lockBoard } from '../store/boards.ts'
import { keep, release } from '../store/kept.ts'
import type { PostRow } from '../store/posts.ts'
import { askFor, presentOne } from './posts.ts'
import { postOf } from './scope.ts'

/** What is missing is fetched now: its own text and images first, also when they could not be had a moment ago. */
export const keepPost = (parts: BoardParts): Operation =>
  operation('keepPost', async (request) => {
    const { context, params } = request
    let kept: PostRow | undefined
    const reply = await request.write((tx) =>
      changed(parts, tx, context, params, async (row) => {
        if (row.deleted) throw badTarget()
        const at = new Date(parts.clock.now())
        await keep(tx, context.tenantId, { id: row.id, boardId: row.board_id, at })
        kept = row
      }),
    )
    if (kept) await askFor(parts, context.tenantId, kept, { waitMs: 0, again: true })
    parts.content.wantsMore(context.tenantId)
    return reply
  })

export const releasePost = (parts: BoardParts): Operation =>
  operation('releasePost', ({ context, params, write }) =>
    write((tx) => changed(parts, tx, context, params, (row) => release(tx, row.id))),
  )

/** Under the lock of the board, so that no comment comes between; pages that show it are told. */
async function changed(
  parts: BoardParts,
  tx: Tx,
  context: TenantContext,
  { board_id, post_id }: { readonly board_id: string; readonly post_id: string },
  change: (row: PostRow) => Promise<void>,
) {
  await lockBoard(tx, board_id)
  const { row } = await postOf(tx, board_id, post_id)
  await change(row)
  await boardSet(tx, board_id)
  return { status: 200 as const, body: await presentOne(parts, tx, context, board_id, post_id) }
}
