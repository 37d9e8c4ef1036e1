import type { DocumentStorage, StoredDocument } from '@stoa/sdk/documents'
import * as Y from 'yjs'
import type { KeptUpdate, OfflineDatabase } from './database.ts'

/**
 * Documents in IndexedDB.
 * 1. What was kept is never dropped for want of being known to whoever writes: several pages may keep the same document.
 * 2. Updates that the server may not have stand apart from those it has, so that one can tell what was written without it.
 */
export class IndexedDocumentStorage implements DocumentStorage {
  readonly #database: OfflineDatabase

  constructor(database: OfflineDatabase) {
    this.#database = database
  }

  async load(documentId: string): Promise<StoredDocument | undefined> {
    const { documents } = this.#database
    const kept = await documents.get(documentId)
    if (!kept) return undefined
    const rows = await this.#rows(documentId)
    return { updates: rows.map(({ update }) => update), unsaved: kept.unsaved }
  }

  append(documentId: string, updates: readonly Uint8Array[], unsaved: boolean): Promise<void> {
    return this.#write(async () => {
      await this.#mark(documentId, unsaved)
      const rows = updates.map((update) => ({ documentId, update, settled: !unsaved }))
      await this.#database.documentUpdates.bulkAdd(rows)
    })
  }

  replace(documentId: string, state: Uint8Array, unsaved: boolean): Promise<void> {
    return this.#write(async () => {
      await this.#mark(documentId, unsaved)
      const rows = await this.#rows(documentId)
      const settled = rows.filter((row) => row.settled).map(({ update }) => update)
      const open = rows.filter((row) => !row.settled).map(({ update }) => update)
      const next: KeptUpdate[] = unsaved
        ? [
            ...(settled.length > 0 ? [{ documentId, update: together(settled), settled: true }] : []),
            { documentId, update: together([...open, state]), settled: false },
          ]
        : [{ documentId, update: together([...settled, ...open, state]), settled: true }]
      await this.#database.documentUpdates.bulkDelete(rows.flatMap(({ seq }) => seq ?? []))
      await this.#database.documentUpdates.bulkAdd(next)
    })
  }

  setUnsaved(documentId: string, unsaved: boolean): Promise<void> {
    return this.#write(() => this.#mark(documentId, unsaved))
  }

  remove(documentId: string): Promise<void> {
    return this.#write(async () => {
      await this.#database.documents.delete(documentId)
      await this.#database.documentUpdates.where({ documentId }).delete()
    })
  }

  /** The document as the server last had it, as far as this device knows; undefined: there is no copy of it. */
  async settled(documentId: string): Promise<Uint8Array | undefined> {
    const rows = await this.#rows(documentId)
    const updates = rows.filter((row) => row.settled).map(({ update }) => update)
    return updates.length === 0 ? undefined : together(updates)
  }

  #rows(documentId: string): Promise<KeptUpdate[]> {
    return this.#database.documentUpdates.where({ documentId }).sortBy('seq')
  }

  /** What was open is settled as soon as the server has everything. */
  async #mark(documentId: string, unsaved: boolean): Promise<void> {
    const { documents, documentUpdates } = this.#database
    const before = await documents.get(documentId)
    await documents.put({ id: documentId, unsaved })
    if (before?.unsaved && !unsaved) await documentUpdates.where({ documentId }).modify({ settled: true })
  }

  #write(run: () => Promise<void>): Promise<void> {
    const { documents, documentUpdates } = this.#database
    return this.#database.transaction('rw', documents, documentUpdates, run)
  }
}

/** Many updates as one state. */
function together(updates: readonly Uint8Array[]): Uint8Array {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update)
  })
  const state = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return state
}
