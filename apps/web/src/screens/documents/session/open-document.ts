import { DOCUMENT_FRAGMENT } from '@stoa/document-schema'
import { uuidv7 } from '@stoa/kernel'
import { DocumentSession, type DocumentState } from '@stoa/sdk/documents'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { createStore, type StoreApi } from 'zustand'
import { client } from '../../../data/api.ts'
import type { IndexedDocumentStorage } from '../../../offline/document-storage.ts'
import type { Collision } from '../collisions/find-collisions.ts'
import { Partings } from '../collisions/partings.ts'
import { toldCollision } from '../collisions/told-collision.ts'

export interface OpenState {
  readonly session: DocumentState
  /** What this device has of it is in the document. */
  readonly loaded: boolean
}

export interface OpenDocumentOptions {
  readonly documentId: string
  readonly storage: IndexedDocumentStorage
  readonly onCollisions: (collisions: readonly Collision[]) => void
}

/** As many as the contract takes with a version. */
const MOST_TOLD = 50

/** A document as this device holds it, in step with the server for as long as it is open. */
export class OpenDocument {
  readonly id: string
  readonly doc = new Y.Doc()
  readonly awareness = new Awareness(this.doc)
  readonly state: StoreApi<OpenState>
  readonly #session: DocumentSession
  readonly #partings: Partings
  readonly #starting: Promise<void>
  #collided: readonly Collision[] = []

  constructor({ documentId, storage, onCollisions }: OpenDocumentOptions) {
    this.id = documentId
    this.#partings = new Partings(this.doc, (collisions) => {
      this.#collided = collisions
      onCollisions(collisions)
    })
    this.#session = new DocumentSession({
      client,
      documentId,
      storage,
      baseUrl: location.origin,
      doc: this.doc,
      awareness: this.awareness,
      beforeMerge: () => this.#keepBefore(),
      onState: (session) => {
        this.#partings.follow(session)
        this.state.setState({ session })
      },
    })
    this.state = createStore<OpenState>(() => ({ session: this.#session.state, loaded: false }))
    this.#starting = this.#start(storage)
  }

  get fragment(): Y.XmlFragment {
    return this.doc.getXmlFragment(DOCUMENT_FRAGMENT)
  }

  /** Tries now, e.g. because the device is online again. */
  reconnect(): void {
    this.#session.reconnect()
  }

  /** Resolves when everything is kept on the device. */
  async close(): Promise<void> {
    await this.#starting
    await this.#session.stop()
    this.#partings.stop()
    this.awareness.destroy()
    this.doc.destroy()
  }

  /** What the server says before offline work changes it is kept as a version that everybody sees, with what collided. */
  async #keepBefore(): Promise<void> {
    const collisions = this.#collided.slice(0, MOST_TOLD).map(toldCollision)
    this.#collided = []
    if (collisions.length === 0) return
    const path = { document_id: this.id }
    await client.call('createDocumentVersion', { path, body: { id: uuidv7(), collisions } })
  }

  async #start(storage: IndexedDocumentStorage): Promise<void> {
    // Read before anything is added to it: what the server had when this device was last in step with it.
    const settled = await storage.settled(this.id).catch(() => undefined)
    this.#partings.start(this.#session, settled)
    await this.#session.start()
    this.state.setState({ loaded: true })
  }
}
