/** The one way by which records enter a board, written here or received: records, index, content and events together. */
import type { BoardFold, ItemView, ReadRecord, Reason } from '@stoa/records'
import type { Tx } from '../../platform/database/database.ts'
import { boardChanged } from './events.ts'
import type { Folds } from './folds.ts'
import { indexPosts, type SearchWriter } from './searchable.ts'
import { type BoardRow, countPosts, writeStanding } from './store/boards.ts'
import { type Named, nameContents, unnameContents } from './store/contents.ts'
import { putNames } from './store/names.ts'
import { countComments, putItems, removeItems } from './store/posts.ts'
import { insertRecords, recordsHere, takeNumbers } from './store/records.ts'

export interface LedgerPlace {
  readonly tenantId: string
  readonly boardId: string
  readonly at: Date
  /** Who sent the records; null: written here. */
  readonly peerId: string | null
}

/** What writing needs besides the transaction. */
export interface LedgerParts {
  readonly folds: Folds
  readonly search: SearchWriter
}

/** A board that is being written on, under the lock of its row. */
export class OpenBoard {
  readonly board: BoardRow
  readonly fold: BoardFold
  readonly #place: LedgerPlace
  readonly #new: ReadRecord[] = []
  readonly #changed = new Set<string>()

  constructor(place: LedgerPlace, board: BoardRow, fold: BoardFold) {
    this.#place = place
    this.board = board
    this.fold = fold
  }

  /** What was added. */
  get added(): readonly ReadRecord[] {
    return this.#new
  }

  /** Adds a record; answers why it does not count, if it does not. */
  add(record: ReadRecord): Reason | undefined {
    for (const id of this.fold.apply(record)) this.#changed.add(id)
    this.#new.push(record)
    return this.fold.reasonOf(record.id)
  }

  /** Writes what was added. Nothing slow may follow: from here to the commit others wait. */
  async write(tx: Tx, { folds, search }: LedgerParts): Promise<void> {
    const [last] = this.#new.slice(-1)
    const { tenantId, boardId, peerId, at } = this.#place
    if (!last)
      return folds.giveBack(tenantId, this.fold, { seq: this.board.last_seq, id: this.board.last_id })
    await this.#writeItems(tx)
    await indexPosts(tx, search, tenantId, [...this.#changed])
    await putNames(
      tx,
      tenantId,
      this.#new.filter(({ id }) => this.fold.counts(id)),
    )
    const firstSeq = await takeNumbers(tx, tenantId, this.#new.length)
    await insertRecords(tx, tenantId, boardId, this.#new, { firstSeq, peerId, receivedAt: at })
    const seq = firstSeq + this.#new.length - 1
    const began = this.fold.record(boardId)
    const beganAt = began && new Date(began.record.createdAt)
    await writeStanding(tx, boardId, this.fold.standing(), { seq, id: last.id, beganAt })
    await countPosts(tx, boardId)
    await boardChanged(tx, boardId, this.#new, [...this.#changed])
    folds.giveBack(tenantId, this.fold, { seq, id: last.id })
  }

  async #writeItems(tx: Tx): Promise<void> {
    const { tenantId, boardId } = this.#place
    const ids = [...this.#changed]
    const items = ids.flatMap((id) => this.fold.item(id) ?? [])
    await putItems(tx, tenantId, boardId, items)
    await removeItems(
      tx,
      ids.filter((id) => this.fold.item(id) === undefined),
    )
    await countComments(tx, [...new Set(ids.map((id) => this.#rootOf(id)))])
    const named = items.flatMap(contentsOf)
    await nameContents(tx, tenantId, boardId, named)
    const kept = named.map(({ postId, content }) => ({ postId, digest: content.digest }))
    await unnameContents(tx, ids, kept)
  }

  #rootOf(id: string): string {
    const record = this.fold.record(id)?.record
    return record?.kind === 'comment' ? record.root : id
  }
}

/** What a post or comment needs to be shown; nothing, once it was taken back. */
function contentsOf(item: ItemView): Named[] {
  if (item.deleted) return []
  const refs = [item.content, ...item.media.flatMap(({ image, thumb }) => [image, thumb])]
  return refs.map((content) => ({ content, postId: item.id, at: item.editedAt ?? item.createdAt }))
}

/** Takes records of one board from elsewhere. Ones that are here already change nothing. Answers the new ones. */
export async function receiveRecords(
  tx: Tx,
  parts: LedgerParts,
  place: LedgerPlace,
  records: readonly ReadRecord[],
): Promise<ReadRecord[]> {
  const { board, fold } = await parts.folds.borrowOrMake(tx, place.tenantId, place.boardId, place.at)
  const here = await recordsHere(
    tx,
    records.map(({ id }) => id),
  )
  const open = new OpenBoard(place, board, fold)
  const fresh = [...new Map(records.map((one) => [one.id, one])).values()].filter(({ id }) => !here.has(id))
  for (const record of fresh) open.add(record)
  await open.write(tx, parts)
  return fresh
}
