import { corrupt, decodeBlock, decodeHead, encodeBlock, encodeHead, inOrder } from './block-codec.ts'
import { BlockStorage } from './block-storage.ts'

/** One block as it is kept (STORE-2); `key` names it among the blocks of one storage. */
export interface StoredBlock {
  readonly key: number
  readonly bytes: Uint8Array
}

/** What a write changes; all of it or nothing. */
export interface BlockChanges {
  readonly head: Uint8Array
  readonly put: readonly StoredBlock[]
  readonly remove: readonly number[]
}

/** Where blocks are kept: a table beside the records, IndexedDB, a folder. */
export interface BlockStore {
  /** What was written last; undefined when nothing was. */
  read(): Promise<{ readonly head: Uint8Array; readonly blocks: readonly StoredBlock[] } | undefined>
  /** Resolves when all of it is durable; after a failure nothing of it may be there (one transaction). */
  write(changes: BlockChanges): Promise<void>
}

/**
 * Keeps a storage in a block store, changed blocks only. After a restart the owner inserts and deletes again what its
 * records say since `mark`; both are idempotent, so a mark that is too old does no harm (STORE-1).
 */
export class StorageKeeper {
  readonly storage: BlockStorage
  readonly #store: BlockStore
  #kept: ReadonlySet<number>
  #mark: string | undefined

  private constructor(store: BlockStore, storage: BlockStorage, mark: string | undefined) {
    this.#store = store
    this.storage = storage
    this.#mark = mark
    this.#kept = new Set(storage.blocks.map(({ key }) => key))
  }

  /** Reads what was kept, or begins empty. Throws `reconcile.corrupt_blocks` when it is damaged. */
  static async open(store: BlockStore): Promise<StorageKeeper> {
    const kept = await store.read()
    if (!kept) return StorageKeeper.empty(store)
    const { keys, nextKey, mark } = decodeHead(kept.head)
    const bytes = new Map(kept.blocks.map((block) => [block.key, block.bytes]))
    if (bytes.size !== keys.length) throw corrupt(`${bytes.size} blocks of ${keys.length}`)
    const blocks = keys.map((key) => {
      const found = bytes.get(key)
      if (!found) throw corrupt(`block ${key} is missing`)
      return decodeBlock(key, found)
    })
    if (blocks.some((block, at) => at > 0 && !inOrder(blocks[at - 1]!, block)))
      throw corrupt('blocks out of order')
    return new StorageKeeper(store, new BlockStorage(blocks, nextKey), mark)
  }

  /** Begins empty whatever the store holds: to build it anew after damage. Its old blocks go with the first `save`. */
  static async anew(store: BlockStore): Promise<StorageKeeper> {
    const kept = await store.read()
    const keeper = StorageKeeper.empty(store, 1 + Math.max(0, ...(kept?.blocks ?? []).map(({ key }) => key)))
    keeper.#kept = new Set(kept?.blocks.map(({ key }) => key))
    return keeper
  }

  private static empty(store: BlockStore, nextKey = 1): StorageKeeper {
    return new StorageKeeper(store, new BlockStorage([], nextKey), undefined)
  }

  /** Up to where the records are in what is kept; undefined before the first `save`. */
  get mark(): string | undefined {
    return this.#mark
  }

  /** Writes the blocks that changed since the last time. `mark`: up to where the records are in the storage now. */
  async save(mark: string): Promise<{ written: number; removed: number }> {
    const { blocks, nextKey } = this.storage
    const changed = blocks
      .filter(({ revision, savedRevision }) => revision !== savedRevision)
      .map((block) => ({ block, revision: block.revision, bytes: encodeBlock(block) }))
    const keys = blocks.map(({ key }) => key)
    const present = new Set(keys)
    const remove = [...this.#kept].filter((key) => !present.has(key))
    const put = changed.map(({ block, bytes }) => ({ key: block.key, bytes }))
    await this.#store.write({ head: encodeHead({ keys, nextKey, mark }), put, remove })
    for (const { block, revision } of changed) block.savedRevision = revision
    this.#kept = present
    this.#mark = mark
    return { written: put.length, removed: remove.length }
  }
}
