/** Boards in memory, for whoever writes on them: a fold takes a record in microseconds, and reading it anew takes seconds. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { BoardFold, readRecord } from '@stoa/records'
import type { Tx } from '../../platform/database/database.ts'
import { alreadyVerified } from './signatures.ts'
import { type BoardRow, lockBoard, reserveBoard } from './store/boards.ts'
import { recordsAfter, recordsHere } from './store/records.ts'

const PAGE = 200
/** Records in memory, of all boards together; about 2 kB each. */
const MOST_RECORDS = 200_000

interface Entry {
  readonly fold: BoardFold
  /** The last record in it. */
  readonly seq: number
  readonly lastId: string | null
}

/**
 * Folds of boards by tenant. A fold is lent to whoever holds the lock of the board's row, and given back when what was
 * applied to it is written. One that went further than the database (its transaction failed) is read anew.
 */
export class Folds {
  readonly #entries = new Map<string, Entry>()

  /** Locks the board and gives its fold as of now. `undefined`: no such board. */
  async borrow(
    tx: Tx,
    tenantId: string,
    boardId: string,
  ): Promise<{ board: BoardRow; fold: BoardFold } | undefined> {
    const board = await lockBoard(tx, boardId)
    if (!board) return undefined
    const key = keyOf(tenantId, boardId)
    const kept = this.#entries.get(key)
    this.#entries.delete(key)
    const fold = (kept && (await this.#broughtUp(tx, board, kept))) ?? (await load(tx, board))
    return { board, fold }
  }

  /** The same; a board that is not known yet is made. */
  async borrowOrMake(
    tx: Tx,
    tenantId: string,
    boardId: string,
    at: Date,
  ): Promise<{ board: BoardRow; fold: BoardFold }> {
    await reserveBoard(tx, tenantId, boardId, at)
    const borrowed = await this.borrow(tx, tenantId, boardId)
    if (!borrowed) throw new TypeError('A board that was just made is there.')
    return borrowed
  }

  /** Gives a fold back; `last`: the last record in it, as it was written. */
  giveBack(
    tenantId: string,
    fold: BoardFold,
    last: { readonly seq: number; readonly id: string | null },
  ): void {
    this.#entries.set(keyOf(tenantId, fold.boardId), { fold, seq: last.seq, lastId: last.id })
    let records = 0
    for (const { fold: one } of this.#entries.values()) records += one.size
    for (const [key, { fold: one }] of this.#entries) {
      if (records <= MOST_RECORDS || this.#entries.size === 1) break
      this.#entries.delete(key)
      records -= one.size
    }
  }

  /** `undefined` when it holds what the database does not. */
  async #broughtUp(tx: Tx, board: BoardRow, { fold, seq, lastId }: Entry): Promise<BoardFold | undefined> {
    if (lastId === board.last_id) return fold
    if (lastId !== null && !(await recordsHere(tx, [lastId])).has(lastId)) return undefined
    await applyAfter(tx, fold, seq)
    return fold
  }
}

const keyOf = (tenantId: string, boardId: string): string => `${tenantId} ${boardId}`

async function load(tx: Tx, { id }: BoardRow): Promise<BoardFold> {
  const fold = new BoardFold(id)
  await applyAfter(tx, fold, 0)
  return fold
}

/** In slices: between two of them others have their turn. */
async function applyAfter(tx: Tx, fold: BoardFold, seq: number): Promise<void> {
  let last = seq
  for (;;) {
    const page = await recordsAfter(tx, fold.boardId, last, PAGE)
    for (const { bytes } of page) fold.apply(readRecord(new Uint8Array(bytes), alreadyVerified))
    last = page.at(-1)?.seq ?? last
    if (page.length < PAGE) return
    await nextTurn()
  }
}
