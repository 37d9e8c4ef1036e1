import type { ReadRecord } from '@stoa/records'
import type { Tx } from '../../platform/database/database.ts'

/** Ids in one event; of more, readers look for themselves. */
const MOST_IDS = 50

/** Posts and comments of a board came, changed or went: for everybody of the organisation, boards are read by all of it. */
export async function boardChanged(
  tx: Tx,
  boardId: string,
  records: readonly ReadRecord[],
  changed: readonly string[],
): Promise<void> {
  await tx.emit({
    type: 'board.changed',
    payload: {
      board_id: boardId,
      records: records.length,
      item_ids: changed.slice(0, MOST_IDS),
      more: changed.length > MOST_IDS,
    },
  })
}

/** Its reach or policy was set. */
export async function boardSet(tx: Tx, boardId: string): Promise<void> {
  await tx.emit({ type: 'board.updated', payload: { board_id: boardId } })
}

/** Content came to this node, or could not be had. */
export async function contentChanged(
  tx: Tx,
  cids: readonly string[],
  state: 'present' | 'unavailable',
): Promise<void> {
  await tx.emit({ type: 'content.changed', payload: { content_cids: cids.slice(0, MOST_IDS), state } })
}
