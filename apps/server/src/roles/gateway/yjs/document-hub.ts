import { type CloseReason, encodeDocumentMessage } from '@stoa/contracts/realtime'
import type { SubscribeDocumentResponse } from '@stoa/contracts/statesync'
import { isStoaError, type Logger } from '@stoa/kernel'
import type { StateSync } from '../../../capabilities/statesync/index.ts'
import type { Signals } from '../../../platform/bus/signals.ts'
import {
  AwarenessRoom,
  type AwarenessState,
  awarenessMessage,
  decodeAwareness,
  encodeAwareness,
} from './awareness.ts'

/** A client of the document as the hub sees it. */
export interface HubMember {
  relay(message: Uint8Array): void
  relayAwareness(message: Uint8Array): void
  askForMissing(stateVector: Uint8Array): void
  tellStatus(): void
  end(reason: CloseReason, text: string): void
}

export interface DocumentHubInit {
  readonly tenantId: string
  readonly documentId: string
  readonly statesync: StateSync
  readonly signals: Signals
  readonly log: Logger
  /** Nobody is left. */
  readonly onEmpty: () => void
}

/** How often awareness is told, in milliseconds. */
const AWARENESS_MS = 50
/** What gateways say to each other of a document: where their clients are, or the question. */
const STATES = 0
const WHERE = 1
const MOST_ELSEWHERE = 10_000
/** Clients say where they are every 15 seconds. */
const FORGET_MS = 45_000
const FIRST_RETRY_MS = 50
const LONGEST_RETRY_MS = 2_000

/**
 * One document on this gateway: one subscription to StateSync for all connections.
 * 1. Nothing is told to a connection before the subscription is live, so that nothing falls between state and stream.
 * 2. When the subscription breaks it resumes after the last durable version, and every connection is asked for what the
 *    service does not have.
 */
export class DocumentHub {
  readonly tenantId: string
  readonly documentId: string
  readonly statesync: StateSync
  readonly awareness = new AwarenessRoom<HubMember>()
  readonly #init: DocumentHubInit
  readonly #connections = new Set<HubMember>()
  readonly #leaving = new AbortController()
  readonly #unsubscribe: () => void
  #version: bigint | undefined
  #storing = true
  #live = Promise.withResolvers<void>()
  readonly #forgetting: NodeJS.Timeout
  #flush: NodeJS.Timeout | undefined
  #emptyTimer: NodeJS.Timeout | undefined

  constructor(init: DocumentHubInit) {
    this.#init = init
    this.tenantId = init.tenantId
    this.documentId = init.documentId
    this.statesync = init.statesync
    this.#unsubscribe = init.signals.subscribe(this.#room, (bytes) => this.#hear(bytes))
    init.signals.publish(this.#room, new Uint8Array([WHERE]))
    this.#forgetting = setInterval(
      () => this.#tellAwareness(this.awareness.forget(performance.now() - FORGET_MS)),
      FORGET_MS / 3,
    )
    this.#forgetting.unref()
    this.#live.promise.catch(() => {})
    void this.#follow()
  }

  get connections(): ReadonlySet<HubMember> {
    return this.#connections
  }

  /** Resolves when what is applied reaches the connections. */
  get live(): Promise<void> {
    return this.#live.promise
  }

  /** Whether the store keeps what is written. */
  get storing(): boolean {
    return this.#storing
  }

  join(connection: HubMember): void {
    clearTimeout(this.#emptyTimer)
    this.#connections.add(connection)
  }

  leave(connection: HubMember): void {
    if (!this.#connections.delete(connection)) return
    this.awareness.leave(connection)
    this.newsOfAwareness()
    if (this.#connections.size > 0) return
    // Somebody who reconnects finds it as it was.
    this.#emptyTimer = setTimeout(() => this.close(), 1_000)
  }

  close(): void {
    if (this.#leaving.signal.aborted) return
    clearTimeout(this.#emptyTimer)
    clearTimeout(this.#flush)
    clearInterval(this.#forgetting)
    this.#leaving.abort()
    this.#unsubscribe()
    this.#init.onEmpty()
  }

  /** Something changed: it is told with whatever else changes in the next moment. */
  newsOfAwareness(): void {
    if (!this.awareness.hasNews || this.#leaving.signal.aborted) return
    this.#flush ??= setTimeout(() => {
      this.#flush = undefined
      const news = this.awareness.takeNews()
      this.#tellAwareness(news)
      this.#publish(news)
    }, AWARENESS_MS)
  }

  get #room(): string {
    return `document/${this.tenantId}/${this.documentId}`
  }

  #tellAwareness(states: readonly AwarenessState[]): void {
    if (states.length === 0) return
    const message = awarenessMessage(states)
    for (const connection of this.#connections) connection.relayAwareness(message)
  }

  /** To the other gateways. */
  #publish(states: readonly AwarenessState[]): void {
    if (states.length > 0)
      this.#init.signals.publish(this.#room, new Uint8Array([STATES, ...encodeAwareness(states)]))
  }

  #hear(bytes: Uint8Array): void {
    if (bytes[0] === WHERE) this.#publish(this.awareness.ours())
    else {
      const states = decodeAwareness(bytes.subarray(1), MOST_ELSEWHERE)
      this.#tellAwareness(this.awareness.hear(states, performance.now()))
    }
  }

  async #follow(): Promise<void> {
    const { signal } = this.#leaving
    for (let failures = 0; !signal.aborted; failures++) {
      try {
        const after = this.#version === undefined ? {} : { afterVersion: this.#version }
        const ids = { tenantId: this.tenantId, documentId: this.documentId, ...after }
        for await (const { event } of this.statesync.subscribeDocument(ids, { signal })) {
          if (event.case === 'ready') failures = 0
          this.#take(event)
          if (event.case === 'deleted') return
        }
      } catch (error) {
        if (signal.aborted) return
        if (isStoaError(error) && error.code === 'document.not_found') return this.#gone()
        this.#init.log.warn({
          action: 'document_stream_lost',
          document_id: this.documentId,
          failures,
          err: error,
        })
      }
      if (failures > 0) this.#setStoring(false)
      await pause(Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures), signal)
    }
  }

  #take(event: StreamEvent): void {
    switch (event.case) {
      case 'ready':
        this.#version = event.value.version
        this.#live.resolve()
        this.#setStoring(true)
        for (const connection of this.#connections) connection.askForMissing(event.value.stateVector)
        break
      case 'update':
        this.#relay(event.value.update)
        break
      case 'state':
        this.#relay(event.value.state)
        break
      case 'committed':
        this.#version = event.value.version
        break
      case 'health':
        this.#setStoring(!event.value.storeFailing)
        break
      case 'deleted':
        this.#gone()
        break
      // A kind that a newer service knows.
      case undefined:
    }
  }

  #relay(update: Uint8Array): void {
    const message = encodeDocumentMessage({ kind: 'update', update })
    for (const connection of this.#connections) connection.relay(message)
  }

  #gone(): void {
    this.#live.resolve()
    for (const connection of [...this.#connections]) connection.end('notFound', 'The document was deleted.')
    this.close()
  }

  #setStoring(storing: boolean): void {
    if (this.#storing === storing) return
    this.#storing = storing
    for (const connection of this.#connections) connection.tellStatus()
  }
}

type StreamEvent = SubscribeDocumentResponse['event']

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    const end = () => {
      clearTimeout(timer)
      resolve()
    }
    signal.addEventListener('abort', end, { once: true })
  })
}
