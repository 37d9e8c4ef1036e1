import type { BlockChanges, BlockStore } from '@stoa/reconcile'
import type { Database } from '../../../platform/database/database.ts'
import { readBlocks, writeBlocks } from '../store/plane.ts'

/** Of the database, what blocks and index need. */
export type Transactions = Pick<Database, 'tenant' | 'tenantRead'>

/** The head is a block like any other, under a key that no block has. */
const HEAD = 0

/** Blocks of the reconciliation index in the database, beside the records that they index. */
export function blockStore(database: Transactions, tenantId: string): BlockStore {
  const actor = { tenantId, accountId: null }
  return {
    async read() {
      const rows = await database.tenantRead(actor, readBlocks)
      const head = rows.find(({ key }) => key === HEAD)
      if (!head) return undefined
      const blocks = rows.filter(({ key }) => key !== HEAD)
      return {
        head: bytesOf(head.bytes),
        blocks: blocks.map(({ key, bytes }) => ({ key, bytes: bytesOf(bytes) })),
      }
    },
    write: ({ head, put, remove }: BlockChanges) =>
      database.tenant(actor, (tx) => writeBlocks(tx, tenantId, [...put, { key: HEAD, bytes: head }], remove)),
  }
}

/** A copy: what the driver gives is a view into its own buffer. */
const bytesOf = (buffer: Buffer): Uint8Array => new Uint8Array(buffer)
