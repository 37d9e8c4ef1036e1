import * as Y from 'yjs'
import { StateSyncError } from '../errors.ts'
import type { Content } from '../store/store.ts'

/** What applying a batch did. */
export interface Applied {
  /** Everything that became visible, as one update; absent when nothing did. */
  readonly update: Uint8Array | undefined
  /** Whether the document holds anything it did not hold before, be it visible or waiting for what it builds on. */
  readonly changed: boolean
}

/** The Yjs document in memory. Updates of one batch are applied in one transaction, so that they go out as one update. */
export class DocumentContent {
  readonly #doc: Y.Doc
  #emitted: Uint8Array | undefined
  #state: Uint8Array | undefined

  constructor(updates: readonly Uint8Array[]) {
    this.#doc = new Y.Doc()
    this.#doc.on('update', (update: Uint8Array) => {
      this.#emitted = update
    })
    if (updates.length > 0) this.apply(updates)
  }

  static of(content: Content): DocumentContent {
    return new DocumentContent(updatesOf(content))
  }

  /** @throws what Yjs throws at bytes that are no update; the document is then broken and must not be used any more */
  apply(updates: readonly Uint8Array[]): Applied {
    const { store } = this.#doc
    const [structs, deletions] = [store.pendingStructs?.update, store.pendingDs]
    this.#emitted = undefined
    this.#doc.transact(() => {
      for (const update of updates) Y.applyUpdate(this.#doc, update)
    })
    const update = this.#emitted
    const changed =
      update !== undefined || store.pendingStructs?.update !== structs || store.pendingDs !== deletions
    if (changed) this.#state = undefined
    return { update, changed }
  }

  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.#doc)
  }

  /** What a state vector lacks; the whole state is encoded once for all who ask for it. @throws StateSyncError `document.invalid` */
  missingFrom(stateVector: Uint8Array): Uint8Array {
    if (stateVector.length <= 1) return this.state()
    try {
      return Y.encodeStateAsUpdate(this.#doc, stateVector)
    } catch (cause) {
      throw new StateSyncError('document.invalid', 'The state vector cannot be read.', { cause })
    }
  }

  state(): Uint8Array {
    this.#state ??= Y.encodeStateAsUpdate(this.#doc)
    return this.#state
  }

  destroy(): void {
    this.#doc.destroy()
  }
}

/** What is stored, as updates: applied in this order they are the document. */
export const updatesOf = ({ snapshot, operations }: Content): readonly Uint8Array[] =>
  snapshot === undefined ? operations : [snapshot, ...operations]

/** Whether bytes are a Yjs update (encoding v1), read to their end. */
export function isUpdate(bytes: Uint8Array): boolean {
  try {
    Y.decodeUpdate(bytes)
    return true
  } catch {
    return false
  }
}
