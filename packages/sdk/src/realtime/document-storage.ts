/** A document as this device keeps it. */
export interface StoredDocument {
  /** Yjs updates; applied in any order they give the document. */
  readonly updates: readonly Uint8Array[]
  /** There are edits in it that the server may not have. */
  readonly unsaved: boolean
}

/**
 * Where documents are kept on this device, so that what was typed offline is still there after the page is closed. In a
 * browser: IndexedDB. Each method resolves when what it did is durable.
 */
export interface DocumentStorage {
  load(documentId: string): Promise<StoredDocument | undefined>
  append(documentId: string, updates: readonly Uint8Array[], unsaved: boolean): Promise<void>
  /** Everything in one state instead of many updates. */
  replace(documentId: string, state: Uint8Array, unsaved: boolean): Promise<void>
  setUnsaved(documentId: string, unsaved: boolean): Promise<void>
  remove(documentId: string): Promise<void>
}

/** Kept for as long as the page: for tests, and where nothing may stay on the device. */
export class MemoryDocumentStorage implements DocumentStorage {
  readonly #documents = new Map<string, { updates: Uint8Array[]; unsaved: boolean }>()

  async load(documentId: string): Promise<StoredDocument | undefined> {
    const kept = this.#documents.get(documentId)
    return kept && { updates: [...kept.updates], unsaved: kept.unsaved }
  }

  async append(documentId: string, updates: readonly Uint8Array[], unsaved: boolean): Promise<void> {
    const before = this.#documents.get(documentId)?.updates ?? []
    this.#documents.set(documentId, { updates: [...before, ...updates], unsaved })
  }

  async replace(documentId: string, state: Uint8Array, unsaved: boolean): Promise<void> {
    this.#documents.set(documentId, { updates: [state], unsaved })
  }

  async setUnsaved(documentId: string, unsaved: boolean): Promise<void> {
    const kept = this.#documents.get(documentId)
    if (kept) kept.unsaved = unsaved
  }

  async remove(documentId: string): Promise<void> {
    this.#documents.delete(documentId)
  }
}
