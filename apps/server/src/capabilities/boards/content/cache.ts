/** Keeps the content of an organisation within its budget: what was used longest ago goes first. */
import type { Clock, Logger } from '@stoa/kernel'
import type { BlobStore } from '../../../platform/blobs/blobs.ts'
import type { Database } from '../../../platform/database/database.ts'
import type { Policy } from '../store/boards.ts'
import { touchContents } from '../store/contents.ts'
import { countContents, dropRows, evictRows, forgetRows, type GivenUp } from '../store/plane.ts'
import { storedKey } from './keys.ts'

/** Down to this part of the budget, so that not every new content makes room for itself alone. */
const DOWN_TO = 0.9
const BATCH = 500
/** Where only what is kept is held, all else goes after so long without use. */
const UNUSED_MS = 3_600_000

interface Parts {
  readonly database: Database
  readonly blobs: BlobStore
  readonly clock: Clock
  readonly log: Logger
  /** Bytes. */
  readonly budget: number
  /** What is held of boards that do not say. */
  readonly policy: Policy
  readonly onEvicted: (count: number, bytes: number) => void
}

/**
 * Guarantees (A1): only bytes go, never rows of the index; nothing that was written here, for no other copy may be known; nothing
 * that is pinned, because it is of a post that somebody keeps.
 */
export class ContentCache {
  readonly #parts: Parts
  #used = new Set<string>()
  #evicted = 0

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Contents given up since the start. */
  get evicted(): number {
    return this.#evicted
  }

  get budget(): number {
    return this.#parts.budget
  }

  /** Remembered in memory and written down now and then: reading is not writing. */
  use(digest: string): void {
    if (this.#used.size < 100_000) this.#used.add(digest)
  }

  /** Writes down what was used, and gives up what is too much. */
  async tidy(tenantId: string): Promise<void> {
    const { database, clock } = this.#parts
    const actor = { tenantId, accountId: null }
    const used = [...this.#used]
    this.#used = new Set()
    await database.tenant(actor, (tx) => touchContents(tx, used, new Date(clock.now())))
    await this.#drop(tenantId)
    await this.#forget(tenantId)
    for (;;) {
      const { bytes } = await database.tenantRead(actor, countContents)
      if (bytes <= this.#parts.budget) return
      const gone = await this.#evict(tenantId, bytes - this.#parts.budget * DOWN_TO)
      if (gone === 0)
        return this.#parts.log.warn({ action: 'content_over_budget', bytes, budget: this.#parts.budget })
    }
  }

  async #evict(tenantId: string, bytes: number): Promise<number> {
    const { database, clock } = this.#parts
    const at = new Date(clock.now())
    const rows = await database.tenant({ tenantId, accountId: null }, (tx) =>
      evictRows(tx, { bytes, at, limit: BATCH }),
    )
    await this.#gone(tenantId, rows)
    return rows.length
  }

  /** Of boards of which only kept posts are held: what was opened and is not used any more. */
  async #forget(tenantId: string): Promise<void> {
    const { database, clock, policy: standard } = this.#parts
    const now = clock.now()
    const times = { at: new Date(now), before: new Date(now - UNUSED_MS) }
    for (;;) {
      const rows = await database.tenant({ tenantId, accountId: null }, (tx) =>
        forgetRows(tx, { standard, ...times, limit: BATCH }),
      )
      await this.#gone(tenantId, rows)
      if (rows.length < BATCH) return
    }
  }

  async #gone(tenantId: string, rows: readonly GivenUp[]): Promise<void> {
    if (rows.length === 0) return
    await this.#delete(tenantId, rows)
    const size = rows.reduce((sum, row) => sum + row.size, 0)
    this.#evicted += rows.length
    this.#parts.onEvicted(rows.length, size)
    this.#parts.log.info({ action: 'content_evicted', count: rows.length, bytes: size })
  }

  async #drop(tenantId: string): Promise<void> {
    const { database } = this.#parts
    for (;;) {
      const rows = await database.tenant({ tenantId, accountId: null }, (tx) => dropRows(tx, BATCH))
      await this.#delete(tenantId, rows)
      if (rows.length < BATCH) return
    }
  }

  /** Rows first: nobody finds the bytes any more. */
  async #delete(tenantId: string, rows: readonly { digest: string; in_storage: boolean }[]): Promise<void> {
    for (const { digest, in_storage } of rows)
      if (in_storage) await this.#parts.blobs.delete(storedKey(tenantId, digest))
  }
}
