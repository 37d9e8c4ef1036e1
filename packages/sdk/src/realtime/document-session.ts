import {
  CLOSE,
  type DocumentMessage,
  decodeDocumentMessage,
  encodeDocumentMessage,
} from '@stoa/contracts/realtime'
import {
  type Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Client } from '../client.ts'
import { ApiError } from '../errors.ts'
import type { DocumentStorage } from './document-storage.ts'
import { LocalCopy } from './local-copy.ts'
import { type Link, type Transport, waitBefore } from './transport.ts'
import { webSocketTransport } from './web-socket.ts'

export interface DocumentState {
  /** `closed`: it will not try again by itself; `problem` says why. */
  readonly connection: 'connecting' | 'open' | 'waiting' | 'closed'
  /** What the server has is in the document. */
  readonly synced: boolean
  /** Edits that are not durable on the server yet. They are in the document, and in the storage where one is given. */
  readonly unsaved: boolean
  readonly mode: 'write' | 'read'
  /** False: the server cannot keep what is written now; edits stay unsaved until it can. */
  readonly storing: boolean
  /** Stable code, e.g. `document.not_found`, `access.denied`, `document.too_large`, `storage.failed`. */
  readonly problem: string | undefined
}

export interface DocumentSessionOptions {
  readonly client: Pick<Client, 'call'>
  /** Scheme and host of the server. */
  readonly baseUrl: string
  readonly documentId: string
  readonly doc: Y.Doc
  readonly awareness?: Awareness
  /** Without one, edits that were not sent end with the page. */
  readonly storage?: DocumentStorage
  readonly onState?: (state: DocumentState) => void
  /**
   * What was written without the server is about to go to it, and something came from it meanwhile: the last moment to have
   * the server keep what it says. What was written waits for the promise, but a few seconds at most.
   */
  readonly beforeMerge?: () => Promise<unknown>
  /** How the server is reached; by WebSocket unless told otherwise. */
  readonly transport?: Transport
  /** Between 0 and 1; spreads clients that lost the same server. */
  readonly random?: () => number
}

/** A sign of life is asked for this often, and waited for at most as long; milliseconds. */
const BEAT_MS = 15_000
/** A connection that lasted so long was a good one: the next wait begins small again. */
const GOOD_MS = 5_000
/** What was written without the server does not wait longer for `beforeMerge`; milliseconds. */
const MERGE_MS = 5_000
/** What the server will say no to again. */
const FINAL_CLOSES: ReadonlyMap<number, string> = new Map([
  [CLOSE.malformed, 'update.invalid'],
  [CLOSE.notFound, 'document.not_found'],
  [CLOSE.tooLarge, 'document.too_large'],
  [1009, 'update.too_large'],
])

/**
 * Keeps a Yjs document in step with the server across breaks.
 * 1. Every edit is in the document, and in the storage, before it is sent; none is forgotten before the server has
 *    acknowledged that it is durable.
 * 2. After every connection both sides give each other what the other lacks: what was typed offline merges.
 * 3. Each connection takes a new one-use ticket; the access token never stands in a URL.
 */
export class DocumentSession {
  readonly doc: Y.Doc
  readonly #options: DocumentSessionOptions
  readonly #local: LocalCopy | undefined
  #state: DocumentState = {
    ...{
      connection: 'waiting',
      synced: false,
      unsaved: false,
      mode: 'write',
      storing: true,
      problem: undefined,
    },
  }
  readonly #transport: Transport
  #link: Link | undefined
  #failures = 0
  #retry: ReturnType<typeof setTimeout> | undefined
  #beat: ReturnType<typeof setInterval> | undefined
  #heardAt = 0
  #openedAt = 0
  /** Whether the server has been given what it lacked, so that single edits may follow. */
  #sending = false
  /** What the server has, as it said when it asked; answered as soon as its own part is here. */
  #asked: Uint8Array | undefined
  #merging: Promise<unknown> | undefined
  #cameMeanwhile = false
  #seq = 0
  #ended = false

  constructor(options: DocumentSessionOptions) {
    this.#options = options
    this.doc = options.doc
    this.#transport = options.transport ?? webSocketTransport()
    this.#local = options.storage && new LocalCopy(options.storage, options.documentId, options.doc)
  }

  get state(): DocumentState {
    return this.#state
  }

  /** Resolves when the document is as this device has it; the server follows by itself. */
  async start(): Promise<void> {
    const unsaved = (await this.#local?.load(this)) ?? false
    this.#set({ unsaved })
    this.doc.on('update', this.#onUpdate)
    this.#options.awareness?.on('update', this.#onAwareness)
    void this.#connect()
  }

  /** Try now, e.g. because the device says that it is online. */
  reconnect(): void {
    if (this.#ended || this.#link !== undefined) return
    this.#failures = 0
    void this.#connect()
  }

  /** Lets go of the document; resolves when everything is kept on the device. The document itself stays usable. */
  async stop(): Promise<void> {
    this.#ended = true
    clearTimeout(this.#retry)
    this.doc.off('update', this.#onUpdate)
    this.#options.awareness?.off('update', this.#onAwareness)
    this.#hangUp()
    this.#set({ connection: 'closed', synced: false })
    await this.#local?.flush()
  }

  readonly #onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin === this) {
      this.#cameMeanwhile = true
      this.#local?.add(update, this.#state.unsaved)
      return
    }
    this.#set({ unsaved: true })
    this.#local?.add(update, true)
    if (this.#sending) this.#sendUpdate(update)
  }

  readonly #onAwareness = (
    { added, updated, removed }: { added: number[]; updated: number[]; removed: number[] },
    origin: unknown,
  ): void => {
    if (origin !== this) this.#tellAwareness([...added, ...updated, ...removed])
  }

  #tellAwareness(clients: number[]): void {
    const { awareness } = this.#options
    if (awareness && clients.length > 0)
      this.#send({ kind: 'awareness', update: encodeAwarenessUpdate(awareness, clients) })
  }

  async #connect(): Promise<void> {
    clearTimeout(this.#retry)
    if (this.#ended || this.#state.connection === 'connecting') return
    this.#set({ connection: 'connecting', problem: undefined })
    const { client, documentId, baseUrl } = this.#options
    try {
      const { ticket, path, mode } = await client.call('createDocumentTicket', {
        body: { document_id: documentId },
      })
      if (this.#ended) return
      this.#set({ mode })
      this.#link = this.#transport(
        { baseUrl, path, ticket },
        {
          onOpen: () => this.#opened(),
          onMessage: (message) => this.#hear(message),
          onClose: (code) => this.#closed(code),
        },
      )
    } catch (error) {
      if (this.#ended) return
      if (error instanceof ApiError && error.status < 500 && error.status !== 429) this.#giveUp(error.code)
      else this.#wait()
    }
  }

  #opened(): void {
    this.#openedAt = performance.now()
    this.#heardAt = performance.now()
    this.#seq = 0
    this.#set({ connection: 'open' })
    this.#send({ kind: 'hello', version: 1 })
    this.#send({ kind: 'step1', stateVector: Y.encodeStateVector(this.doc) })
    const { awareness } = this.#options
    if (awareness?.getLocalState()) this.#tellAwareness([this.doc.clientID])
    this.#beat = setInterval(() => this.#checkLife(), BEAT_MS)
  }

  #checkLife(): void {
    if (performance.now() - this.#heardAt > 2 * BEAT_MS) this.#dropped()
    else this.#send({ kind: 'hello', version: 1 })
  }

  #hear(bytes: Uint8Array): void {
    this.#heardAt = performance.now()
    const message = decodeDocumentMessage(bytes)
    switch (message.kind) {
      case 'step2':
        this.#takeTheirs(message.update)
        break
      case 'update':
        Y.applyUpdate(this.doc, message.update, this)
        break
      case 'step1':
        this.#asked = message.stateVector
        this.#giveOurs()
        break
      case 'awareness':
        if (this.#options.awareness) applyAwarenessUpdate(this.#options.awareness, message.update, this)
        break
      case 'ack':
        if (message.seq === this.#seq) this.#allSaved()
        break
      case 'refused':
        this.#set({ problem: message.code })
        break
      case 'status':
        this.#set({ mode: message.mode, storing: message.storing })
        break
      default:
    }
  }

  #takeTheirs(update: Uint8Array): void {
    this.#cameMeanwhile = false
    Y.applyUpdate(this.doc, update, this)
    if (this.#cameMeanwhile && this.#state.unsaved) this.#merging = this.#beforeMerge()
    this.#set({ synced: true })
    this.#giveOurs()
  }

  async #beforeMerge(): Promise<void> {
    const link = this.#link
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, MERGE_MS)
    })
    // Whoever wanted to keep something has failed to; what was written goes its way.
    await Promise.race([this.#options.beforeMerge?.(), late]).catch(() => {})
    clearTimeout(timer)
    this.#merging = undefined
    if (this.#link === link) this.#giveOurs()
  }

  /** What the server lacks, once it has asked; with `beforeMerge` not before its own part was looked at. */
  #giveOurs(): void {
    const looking = this.#options.beforeMerge && this.#state.unsaved && !this.#state.synced
    if (this.#asked === undefined || looking || this.#merging) return
    const update = Y.encodeStateAsUpdate(this.doc, this.#asked)
    this.#asked = undefined
    this.#sending = true
    this.#sendUpdate(update)
  }

  #allSaved(): void {
    this.#set({ unsaved: false })
    this.#local?.setUnsaved(false)
  }

  #sendUpdate(update: Uint8Array): void {
    this.#seq += 1
    this.#send({ kind: 'numbered', seq: this.#seq, update })
  }

  #send(message: DocumentMessage): void {
    this.#link?.send(encodeDocumentMessage(message))
  }

  #closed(code: number): void {
    const final = FINAL_CLOSES.get(code)
    if (final === undefined) this.#dropped()
    else {
      this.#hangUp()
      this.#giveUp(this.#state.problem ?? final)
    }
  }

  #dropped(): void {
    if (this.#ended) return
    const good = this.#openedAt > 0 && performance.now() - this.#openedAt > GOOD_MS
    this.#hangUp()
    if (good) this.#failures = 0
    this.#wait()
  }

  #hangUp(): void {
    this.#link?.close()
    this.#link = undefined
    this.#sending = false
    this.#asked = undefined
    this.#merging = undefined
    this.#openedAt = 0
    clearInterval(this.#beat)
    const { awareness } = this.#options
    if (awareness) {
      const others = [...awareness.getStates().keys()].filter((client) => client !== this.doc.clientID)
      removeAwarenessStates(awareness, others, this)
    }
  }

  #wait(): void {
    this.#set({ connection: 'waiting', synced: false })
    const wait = waitBefore(this.#failures, this.#options.random ?? Math.random)
    this.#failures += 1
    this.#retry = setTimeout(() => void this.#connect(), wait)
  }

  #giveUp(problem: string): void {
    this.#set({ connection: 'closed', synced: false, problem })
  }

  #set(change: Partial<DocumentState>): void {
    const failed = this.#local?.failure === undefined ? {} : { problem: 'storage.failed' }
    const next = { ...this.#state, ...change, ...failed }
    const same = (Object.keys(next) as (keyof DocumentState)[]).every((key) => next[key] === this.#state[key])
    this.#state = next
    if (!same) this.#options.onState?.(next)
  }
}
