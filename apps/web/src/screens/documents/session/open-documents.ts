import { syncStatus } from '../../../data/sync.ts'
import { IndexedDocumentStorage } from '../../../offline/document-storage.ts'
import { currentPlace, type OfflinePlace } from '../../../offline/place.ts'
import { keepCollisions } from '../collisions/kept-collisions.ts'
import { OpenDocument } from './open-document.ts'

interface Held {
  readonly document: OpenDocument
  users: number
  closing: ReturnType<typeof setTimeout> | undefined
}

/** A document that nobody looks at stays open for so long: going back and forth does not open it anew. */
const LINGER_MS = 2_000

/** The documents that are open in one place, each once, however many views look at it. */
class OpenDocuments {
  readonly #held = new Map<string, Held>()
  readonly #sending = new Set<string>()
  readonly #place: OfflinePlace
  readonly storage: IndexedDocumentStorage

  constructor(place: OfflinePlace) {
    this.#place = place
    this.storage = new IndexedDocumentStorage(place.database)
  }

  get(documentId: string): OpenDocument {
    return this.#hold(documentId).document
  }

  /** Keeps it open; returns what lets go of it. */
  use(documentId: string): () => void {
    const held = this.#hold(documentId)
    held.users += 1
    clearTimeout(held.closing)
    return () => {
      held.users -= 1
      if (held.users === 0) held.closing = setTimeout(() => this.#close(documentId), LINGER_MS)
    }
  }

  /** Keeps a document open until the server has everything of it. */
  send(documentId: string): void {
    if (this.#sending.has(documentId)) return
    this.#sending.add(documentId)
    const release = this.use(documentId)
    const { state } = this.get(documentId)
    const settle = () => {
      const { loaded, session } = state.getState()
      if (!loaded || (session.unsaved && session.connection !== 'closed')) return
      stop()
      this.#sending.delete(documentId)
      release()
    }
    const stop = state.subscribe(settle)
    settle()
  }

  /** The device is online again. */
  reconnect(): void {
    for (const { document } of this.#held.values()) document.reconnect()
  }

  close(): void {
    for (const documentId of [...this.#held.keys()]) this.#close(documentId)
  }

  #hold(documentId: string): Held {
    const held = this.#held.get(documentId)
    if (held) return held
    const { database } = this.#place
    const document = new OpenDocument({
      documentId,
      storage: this.storage,
      onCollisions: (collisions) => void keepCollisions(database, documentId, collisions),
    })
    const opened = { document, users: 0, closing: setTimeout(() => this.#close(documentId), LINGER_MS) }
    this.#held.set(documentId, opened)
    document.state.subscribe(() => this.#report())
    return opened
  }

  #close(documentId: string): void {
    const held = this.#held.get(documentId)
    this.#held.delete(documentId)
    void held?.document.close()
    this.#report()
  }

  /** For the mark of the frame: documents with edits that wait for the server. */
  #report(): void {
    const states = [...this.#held.values()].map(({ document }) => document.state.getState().session)
    const waiting = states.filter(({ unsaved, connection }) => unsaved && connection !== 'open').length
    const retry = () => this.reconnect()
    syncStatus.report('documents', waiting > 0 ? { saving: 0, waiting, failed: 0, retry } : undefined)
  }
}

addEventListener('online', () => current?.documents.reconnect())

let current: { place: OfflinePlace; documents: OpenDocuments } | undefined

/** Of whoever is signed in; `undefined` outside of an organisation. */
export function currentDocuments(): OpenDocuments | undefined {
  const place = currentPlace()
  if (current && current.place !== place) {
    current.documents.close()
    current = undefined
  }
  if (!current && place) current = { place, documents: new OpenDocuments(place) }
  return current?.documents
}
