import * as Y from 'yjs'
import type { DocumentStorage } from './document-storage.ts'

/** Edits that arrive within this are kept together; milliseconds. */
const GATHER_MS = 100
/** From so many updates on, one state takes their place. */
const COMPACT_UPDATES = 500

/** Keeps a document on this device: everything that happens to it, and whether the server has it. */
export class LocalCopy {
  readonly #storage: DocumentStorage
  readonly #documentId: string
  readonly #doc: Y.Doc
  #gathered: Uint8Array[] = []
  #unsaved = false
  #count = 0
  #writing: Promise<void> = Promise.resolve()
  #timer: ReturnType<typeof setTimeout> | undefined
  #failure: unknown

  constructor(storage: DocumentStorage, documentId: string, doc: Y.Doc) {
    this.#storage = storage
    this.#documentId = documentId
    this.#doc = doc
  }

  /** What went wrong with the device's storage, if anything did. */
  get failure(): unknown {
    return this.#failure
  }

  /** Brings the document to what this device has; returns whether there are unsaved edits in it. */
  async load(origin: unknown): Promise<boolean> {
    const stored = await this.#storage.load(this.#documentId)
    if (stored === undefined) return false
    this.#unsaved = stored.unsaved
    this.#count = stored.updates.length
    this.#doc.transact(() => {
      for (const update of stored.updates) Y.applyUpdate(this.#doc, update, origin)
    }, origin)
    return stored.unsaved
  }

  add(update: Uint8Array, unsaved: boolean): void {
    this.#gathered.push(update)
    this.#unsaved = unsaved
    this.#timer ??= setTimeout(() => void this.flush(), GATHER_MS)
  }

  setUnsaved(unsaved: boolean): void {
    if (this.#unsaved === unsaved) return
    this.#unsaved = unsaved
    void this.#write(() => this.#storage.setUnsaved(this.#documentId, unsaved))
  }

  /** Resolves when everything so far is kept. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const updates = this.#gathered.splice(0)
    if (updates.length === 0) return this.#writing
    this.#count += updates.length
    if (this.#count < COMPACT_UPDATES) {
      return this.#write(() => this.#storage.append(this.#documentId, updates, this.#unsaved))
    }
    this.#count = 1
    const state = Y.encodeStateAsUpdate(this.#doc)
    return this.#write(() => this.#storage.replace(this.#documentId, state, this.#unsaved))
  }

  #write(run: () => Promise<void>): Promise<void> {
    this.#writing = this.#writing.then(run).catch((error: unknown) => {
      this.#failure = error
    })
    return this.#writing
  }
}
