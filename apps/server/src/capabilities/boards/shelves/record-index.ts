import type { Logger } from '@stoa/kernel'
import { BlockStorage, ReconcileError, StorageKeeper } from '@stoa/reconcile'
import type { Tx } from '../../../platform/database/database.ts'
import type { Breathe, Scope } from '../plane/ports.ts'
import { type IndexedId, idsAfter, publicIdsAfter } from '../store/plane.ts'
import { blockStore, type Transactions } from './block-store.ts'

const PAGE = 5000

/**
 * The reconciliation index over the records of a tenant: kept in the database, brought up to date by the records that came
 * since. The public one is made when somebody from outside asks for the first time.
 */
export class RecordIndex {
  readonly #database: Transactions
  readonly #tenantId: string
  readonly #breathe: Breathe
  readonly #keeper: StorageKeeper
  #seq: number
  #savedSeq: number
  #public: { readonly storage: BlockStorage; seq: number } | undefined
  #turn: Promise<unknown> = Promise.resolve()

  private constructor(database: Transactions, tenantId: string, keeper: StorageKeeper, breathe: Breathe) {
    this.#database = database
    this.#tenantId = tenantId
    this.#keeper = keeper
    this.#breathe = breathe
    this.#seq = Number(keeper.mark ?? 0)
    this.#savedSeq = this.#seq
  }

  /** Damaged blocks are made anew from the records. */
  static async open(
    database: Transactions,
    tenantId: string,
    log: Logger,
    breathe: Breathe,
  ): Promise<RecordIndex> {
    const store = blockStore(database, tenantId)
    const keeper = await StorageKeeper.open(store).catch((error: unknown) => {
      if (!(error instanceof ReconcileError)) throw error
      log.warn({ action: 'reconcile_index_rebuilt', reason: error.code })
      return StorageKeeper.anew(store)
    })
    return new RecordIndex(database, tenantId, keeper, breathe)
  }

  /** As of now. One at a time: two would read the same records. */
  current(scope: Scope): Promise<BlockStorage> {
    const turn = this.#turn.then(() => (scope === 'members' ? this.#members() : this.#publicOnes()))
    this.#turn = turn.catch(() => {})
    return turn
  }

  /** Which boards are public has changed. */
  forgetPublic(): void {
    this.#public = undefined
  }

  /** Makes it durable, if there is news. */
  async save(): Promise<void> {
    if (this.#seq === this.#savedSeq) return
    const seq = this.#seq
    await this.#keeper.save(String(seq))
    this.#savedSeq = seq
  }

  async #members(): Promise<BlockStorage> {
    const { storage } = this.#keeper
    this.#seq = await this.#follow(storage, this.#seq, idsAfter)
    return storage
  }

  async #publicOnes(): Promise<BlockStorage> {
    this.#public ??= { storage: new BlockStorage(), seq: 0 }
    const known = this.#public
    known.seq = await this.#follow(known.storage, known.seq, publicIdsAfter)
    // Forgotten meanwhile, it may hold what is no longer public.
    return this.#public === known ? known.storage : this.#publicOnes()
  }

  async #follow(
    storage: BlockStorage,
    from: number,
    after: (tx: Tx, seq: number, limit: number) => Promise<IndexedId[]>,
  ): Promise<number> {
    const actor = { tenantId: this.#tenantId, accountId: null }
    let seq = from
    for (;;) {
      const page = await this.#database.tenantRead(actor, (tx) => after(tx, seq, PAGE))
      for (const { id, seconds } of page) storage.insert(seconds, new Uint8Array(id))
      seq = page.at(-1)?.seq ?? seq
      if (page.length < PAGE) return seq
      await this.#breathe()
    }
  }
}
