import * as Y from 'yjs'
import { StateSyncError } from '../errors.ts'
import type { Content } from '../store/store.ts'
import { stateVectorOf } from './update-vector.ts'

/** What applying a batch did. */
export interface Applied {
  /** Everything that became visible, as one update; absent when nothing did. */
  readonly update: Uint8Array | undefined
  /** Whether the document holds anything it did not hold before, be it visible or waiting for what it builds on. */
  readonly changed: boolean
}

/**
 * The content of a document in memory. Updates of one batch are applied in one transaction, so that they go out as one update.
 * Making a Yjs document of a long life of typing takes half a second: a content that is one update, as a compacted one is,
 * is served as it was stored until somebody writes or asks for a part of it.
 */
export class DocumentContent {
  /** What the document will be made of; empty once it is. */
  #stored: readonly Uint8Array[]
  #made: Y.Doc | undefined
  #emitted: Uint8Array | undefined
  #state: Uint8Array | undefined
  #vector: Uint8Array | undefined

  constructor(updates: readonly Uint8Array[]) {
    this.#stored = updates
    if (updates.length !== 1) this.#make()
  }

  static of(content: Content): DocumentContent {
    return new DocumentContent(updatesOf(content))
  }

  /** @throws what Yjs throws at bytes that are no update; the document is then broken and must not be used any more */
  apply(updates: readonly Uint8Array[]): Applied {
    const doc = this.#make()
    const { store } = doc
    const [structs, deletions] = [store.pendingStructs?.update, store.pendingDs]
    this.#emitted = undefined
    applyAll(doc, updates)
    const update = this.#emitted
    const changed =
      update !== undefined || store.pendingStructs?.update !== structs || store.pendingDs !== deletions
    if (changed) {
      this.#state = undefined
      this.#vector = undefined
    }
    return { update, changed }
  }

  stateVector(): Uint8Array {
    const [stored] = this.#stored
    this.#vector ??= stored ? stateVectorOf(stored) : Y.encodeStateVector(this.#make())
    return this.#vector
  }

  /** What a state vector lacks; the whole state is encoded once for all who ask for it. @throws StateSyncError `document.invalid` */
  missingFrom(stateVector: Uint8Array): Uint8Array {
    if (stateVector.length <= 1) return this.state()
    const doc = this.#make()
    try {
      return Y.encodeStateAsUpdate(doc, stateVector)
    } catch (cause) {
      throw new StateSyncError('document.invalid', 'The state vector cannot be read.', { cause })
    }
  }

  state(): Uint8Array {
    return this.#stored[0] ?? this.compacted()
  }

  /** The state without what was deleted since, however it was stored. */
  compacted(): Uint8Array {
    this.#state ??= Y.encodeStateAsUpdate(this.#make())
    return this.#state
  }

  destroy(): void {
    this.#made?.destroy()
  }

  #make(): Y.Doc {
    if (this.#made !== undefined) return this.#made
    const doc = new Y.Doc()
    doc.on('update', (update: Uint8Array) => {
      this.#emitted = update
    })
    applyAll(doc, this.#stored)
    this.#made = doc
    this.#stored = []
    this.#vector = undefined
    return doc
  }
}

function applyAll(doc: Y.Doc, updates: readonly Uint8Array[]): void {
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update)
  })
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
