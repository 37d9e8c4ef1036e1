import { DOCUMENT_FRAGMENT, documentSchema } from '@stoa/document-schema'
import type { DocumentState } from '@stoa/sdk/documents'
import * as Y from 'yjs'
import { type Collision, findCollisions } from './find-collisions.ts'

const isInline = (nodeName: string) => documentSchema.nodes[nodeName]?.isInline ?? false

/**
 * Notices when the work on this device parted from the server's, and looks for collisions when they come together.
 * 1. While both are in step there is no parting: what two people write at once in front of each other needs no arbiter.
 * 2. The base is what both had when they parted: the state at the break, or what the server had when the page was last open.
 */
export class Partings {
  readonly #doc: Y.Doc
  readonly #onCollisions: (collisions: readonly Collision[]) => void
  #origin: unknown
  /** State when the two parted; undefined: they have not. */
  #base: Uint8Array | undefined
  #synced = false
  /** Something was written here since. */
  #written = false
  #mine: Uint8Array | undefined

  constructor(doc: Y.Doc, onCollisions: (collisions: readonly Collision[]) => void) {
    this.#doc = doc
    this.#onCollisions = onCollisions
  }

  /** `origin`: whose transactions bring what came from the server. `settled`: what it had when this device last knew. */
  start(origin: unknown, settled: Uint8Array | undefined): void {
    this.#origin = origin
    this.#base = settled
    this.#doc.on('beforeTransaction', this.#before)
    this.#doc.on('update', this.#update)
  }

  stop(): void {
    this.#doc.off('beforeTransaction', this.#before)
    this.#doc.off('update', this.#update)
  }

  /** Whether edits loaded with the page wait for the server. */
  follow({ synced, unsaved, connection }: DocumentState): void {
    if (unsaved && !synced) this.#written = true
    if (this.#synced && !synced && connection !== 'closed') {
      this.#base = Y.encodeStateAsUpdate(this.#doc)
      this.#written = unsaved
    }
    if (synced) this.#base = undefined
    this.#synced = synced
  }

  readonly #before = (transaction: Y.Transaction): void => {
    const parted = this.#base !== undefined && this.#written && !this.#synced
    const connected = parted && transaction.origin === this.#origin && this.#loaded(transaction)
    this.#mine = connected ? Y.encodeStateAsUpdate(this.#doc) : undefined
  }

  /** What the device's own storage brings at the start has the same origin, and comes into an empty document. */
  #loaded(transaction: Y.Transaction): boolean {
    return transaction.beforeState.size > 0
  }

  readonly #update = (came: Uint8Array, origin: unknown): void => {
    const [base, mine] = [this.#base, this.#mine]
    if (origin !== this.#origin || base === undefined || mine === undefined) return
    this.#mine = undefined
    const collisions = findCollisions({ base, mine, came, field: DOCUMENT_FRAGMENT, isInline })
    if (collisions.length > 0) this.#onCollisions(collisions)
  }
}
