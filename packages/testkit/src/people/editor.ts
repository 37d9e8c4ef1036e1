import type { Client, Transport } from '@stoa/sdk'
import { DocumentSession, MemoryDocumentStorage } from '@stoa/sdk/documents'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Dice } from '../books/random.ts'

export interface EditorOptions {
  readonly name: string
  readonly client: Client
  readonly baseUrl: string
  readonly documentId: string
  readonly dice: Dice
  readonly transport?: Transport
}

/** What one document holds, as tests compare it. */
export interface Written {
  /** Every word that anybody typed, in the order of the document; each is there once. */
  readonly words: readonly string[]
  /** Text in which everybody types letters between everybody else's. */
  readonly prose: string
}

/**
 * Somebody who writes in a document with the client of the SDK, and remembers what was typed, and what of it the server has
 * said to be saved.
 */
export class Editor {
  readonly name: string
  readonly doc = new Y.Doc()
  readonly awareness = new Awareness(this.doc)
  readonly session: DocumentSession
  readonly #dice: Dice
  readonly #typed: string[] = []
  #saved = 0

  constructor({ name, dice, ...options }: EditorOptions) {
    this.name = name
    this.#dice = dice
    this.session = new DocumentSession({
      ...options,
      ...{ doc: this.doc, awareness: this.awareness, storage: new MemoryDocumentStorage() },
      random: () => dice.unit(),
      onState: ({ unsaved }) => {
        if (!unsaved) this.#saved = this.#typed.length
      },
    })
  }

  /** A new word somewhere, and a letter of it somewhere else. */
  type(): void {
    const word = `${this.name}.${this.#typed.length}`
    this.#typed.push(word)
    this.doc.transact(() => {
      const { words, prose } = shared(this.doc)
      words.insert(this.#dice.between(0, words.length), [word])
      prose.insert(this.#dice.between(0, prose.length), word.slice(-1))
    })
  }

  get typed(): readonly string[] {
    return this.#typed
  }

  /** What the server has acknowledged as durable. */
  get saved(): readonly string[] {
    return this.#typed.slice(0, this.#saved)
  }

  get written(): Written {
    return writtenIn(this.doc)
  }

  /** Nothing is missing on either side, as far as this one knows. */
  get settled(): boolean {
    const { synced, unsaved } = this.session.state
    return synced && !unsaved
  }

  async stop(): Promise<void> {
    this.awareness.destroy()
    await this.session.stop()
  }
}

const shared = (doc: Y.Doc) => ({ words: doc.getArray<string>('words'), prose: doc.getText('prose') })

function writtenIn(doc: Y.Doc): Written {
  const { words, prose } = shared(doc)
  return { words: words.toArray(), prose: prose.toJSON() }
}

/** What a Yjs state holds, as the server gives it. */
export function writtenState(state: Uint8Array): Written {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  return writtenIn(doc)
}
