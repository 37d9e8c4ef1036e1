import { isStoaError, type StoaError, uuidv7 } from '@stoa/kernel'
import type { DocumentsComponents } from './components.ts'
import { documentIdTaken, documentNotFound, textsUnavailable } from './errors.ts'

/** The editor's libraries are loaded with the first text that is read or written, not with the program. */
export const schema = () => import('@stoa/document-schema')
type DocumentSchema = Awaited<ReturnType<typeof schema>>
export type DocumentNode = ReturnType<DocumentSchema['readDocument']>

/** In the metadata of a text: it belongs to a document of ours, whose members may open it and nobody else. */
export const OURS = { kind: 'document' } as const

/** A text at one of its versions. */
export interface TextState {
  readonly doc: DocumentNode
  readonly version: number
  readonly updatedAt: Date
}

interface Place {
  readonly tenantId: string
  readonly documentId: string
}

/** Texts of documents, in the StateSync service and never around it. */
export class Texts {
  readonly #components: Pick<DocumentsComponents, 'statesync' | 'clock'>

  constructor(components: Pick<DocumentsComponents, 'statesync' | 'clock'>) {
    this.#components = components
  }

  /** Repeated with the same id and by the same account it changes nothing. @throws Problem 409 `document.id_taken` */
  async create(place: Place, accountId: string, doc: DocumentNode | undefined): Promise<void> {
    const { statesync } = this.#components
    const state = doc === undefined ? new Uint8Array() : (await schema()).documentUpdate(doc)
    try {
      await statesync.createDocument({ ...place, userId: accountId, metadata: OURS, state })
    } catch (error) {
      if (!hasCode(error, 'document.exists')) throw problemOf(error)
      const { document } = await this.#ask(() => statesync.getDocument(place))
      if (document?.createdBy !== accountId || document.metadata.kind !== OURS.kind) throw documentIdTaken()
      // Made, and cut off before its content came: the same update again says everything once.
      if (document.version > 0n || state.length === 0) return
      const operations = [{ userId: accountId, update: state }]
      await this.#ask(() => statesync.applyOperations({ ...place, operations }))
    }
  }

  /** @throws Problem 404, 503 */
  async read(place: Place): Promise<TextState> {
    const { ydoc, version, updatedAt } = await this.#load(place)
    const { readDocument } = await schema()
    const doc = readDocument(ydoc)
    ydoc.destroy()
    return { doc, version, updatedAt }
  }

  /** Makes the text say `doc`, by an edit of `accountId`; durable when it resolves. */
  async write(place: Place, accountId: string, doc: DocumentNode): Promise<void> {
    const { ydoc } = await this.#load(place)
    const { writeDocument } = await schema()
    const updates: Uint8Array[] = []
    ydoc.on('update', (update: Uint8Array) => updates.push(update))
    writeDocument(ydoc, doc)
    ydoc.destroy()
    if (updates.length === 0) return
    const operations = updates.map((update) => ({ userId: accountId, update }))
    await this.#ask(() => this.#components.statesync.applyOperations({ ...place, operations }))
  }

  /** Who has changed the text after a version, as far as its history reaches; the last one last. */
  async editorsSince(place: Place, afterVersion: number): Promise<string[]> {
    const editors = new Set<string>()
    for (let after = afterVersion; ; ) {
      const { operations } = await this.#ask(() =>
        this.#components.statesync.listOperations({ ...place, afterVersion: BigInt(after), limit: 1000 }),
      )
      for (const { userId } of operations) {
        editors.delete(userId)
        if (userId !== '') editors.add(userId)
      }
      const last = operations.at(-1)
      if (last === undefined || operations.length < 1000) return [...editors]
      after = Number(last.version)
    }
  }

  /** Safe to repeat. */
  async remove(place: Place): Promise<void> {
    await this.#components.statesync.deleteDocument(place).catch((error: unknown) => {
      if (!hasCode(error, 'document.not_found')) throw error
    })
  }

  async #load(place: Place) {
    const { Doc, applyUpdate } = await import('yjs')
    const { document, state } = await this.#ask(() =>
      this.#components.statesync.getDocument({ ...place, stateVector: new Uint8Array() }),
    )
    const ydoc = new Doc()
    if (state.length > 0) applyUpdate(ydoc, state)
    const seconds = Number(document?.updatedAt?.seconds ?? 0n)
    return { ydoc, version: Number(document?.version ?? 0n), updatedAt: new Date(seconds * 1000) }
  }

  async #ask<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call()
    } catch (error) {
      throw problemOf(error)
    }
  }
}

const hasCode = (error: unknown, code: string): error is StoaError =>
  isStoaError(error) && error.code === code

const problemOf = (error: unknown): unknown => {
  if (hasCode(error, 'document.not_found')) return documentNotFound()
  return isStoaError(error) ? textsUnavailable(error) : error
}

export const newId = ({ clock }: Pick<DocumentsComponents, 'clock'>): string => uuidv7(clock)
