import type { Tx } from '../../../platform/database/database.ts'
import { takePage } from '../../../platform/http/cursor.ts'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import type { BoardParts } from '../components.ts'
import { boardForbidden } from '../errors.ts'
import { boardSet } from '../events.ts'
import type { ReachWord } from '../plane/wire.ts'
import { presentBoard, presentBoards, rightsOf } from '../present.ts'
import { beginBoard } from '../scribe.ts'
import { type BoardRow, listBoardRows, type Reach, setPolicy, setReach } from '../store/boards.ts'
import { setPublicContents } from '../store/contents.ts'
import { pairFrom, pairOf } from './paging.ts'
import { announced, boardOf } from './scope.ts'

export const listBoards = (parts: BoardParts): Operation =>
  operation('listBoards', (request) =>
    request.read(async (tx) => {
      const { context, query } = request
      const limit = query.limit ?? 50
      const found = await listBoardRows(tx, { after: pairFrom(query.cursor), limit: limit + 1 })
      const { rows, next_cursor } = takePage(found, limit, pairOf)
      return { status: 200, body: { items: await presentBoards(parts, tx, context, rows), next_cursor } }
    }),
  )

export const createBoard = (parts: BoardParts): Operation =>
  operation('createBoard', (request) =>
    announced(parts, request.context, (written) =>
      request.write(async (tx) => {
        const { context, body } = request
        const { title, access = 'open', reach = 'cluster' } = body
        const open = await beginBoard(parts, tx, context, { title, access })
        const { boardId } = open.fold
        const at = parts.clock.now()
        const isSet = reach === 'public' && (await setReach(tx, boardId, reach, at))
        written(open.added, isSet ? { id: boardId, reach, at } : undefined)
        const [board] = await presentBoards(parts, tx, context, [await boardOf(tx, boardId)])
        if (!board) throw new TypeError('One row gives one view.')
        return { status: 201, body: board }
      }),
    ),
  )

export const getBoard = (parts: BoardParts): Operation =>
  operation('getBoard', ({ context, params, read }) =>
    read(async (tx) => ({
      status: 200,
      body: await presentBoard(parts, tx, context, await boardOf(tx, params.board_id)),
    })),
  )

export const updateBoard = (parts: BoardParts): Operation =>
  operation('updateBoard', async (request) => {
    const reply = await announced(parts, request.context, (written) =>
      request.write(async (tx) => {
        const { context, params, body } = request
        const board = await boardOf(tx, params.board_id)
        const can = await rightsOf(tx, context, board)
        if (body.policy !== undefined) {
          if (!can.settings) throw boardForbidden()
          await setPolicy(tx, board.id, body.policy)
        }
        if (body.reach !== undefined) {
          if (!can.settings && !can.own) throw boardForbidden()
          written([], await giveReach(tx, board, body.reach, parts.clock.now()))
        }
        await boardSet(tx, board.id)
        return { status: 200, body: await presentBoard(parts, tx, context, await boardOf(tx, board.id)) }
      }),
    )
    if (request.body.policy !== undefined) parts.content.wantsMore(request.context.tenantId)
    return reply
  })

/** What is to be said of it to other nodes; nothing when it had this reach before. */
async function giveReach(tx: Tx, board: BoardRow, reach: Reach, now: number): Promise<ReachWord | undefined> {
  const word = { id: board.id, reach, at: Math.max(now, board.reach_at + 1) }
  if (reach === board.reach || !(await setReach(tx, word.id, reach, word.at))) return undefined
  await setPublicContents(tx, word.id)
  return word
}
