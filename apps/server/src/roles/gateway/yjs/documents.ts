import { decodeDocumentMessage, MalformedBytes } from '@stoa/contracts/realtime'
import { isUuid, type Logger } from '@stoa/kernel'
import { topicOf } from '../../../capabilities/documents/index.ts'
import type { Identity } from '../../../capabilities/identity/index.ts'
import type { DocumentAccess, TicketGrant, Tickets } from '../../../capabilities/realtime/index.ts'
import type { StateSync } from '../../../capabilities/statesync/index.ts'
import type { Signals } from '../../../platform/bus/signals.ts'
import { traceIdOf, traceparentOf } from '../../../platform/http/trace.ts'
import { type Ask, maxAgeOf, type SessionWatch } from '../session-watch.ts'
import type { Channel, Receiver, TransportName } from '../socket.ts'
import { DocumentConnection } from './document-connection.ts'
import { DocumentHub } from './document-hub.ts'

export interface DocumentsInit {
  readonly tickets: Pick<Tickets, 'redeem'>
  readonly access: DocumentAccess
  readonly identity: Pick<Identity, 'isCurrent'>
  readonly statesync: StateSync
  readonly signals: Signals
  readonly watch: SessionWatch
  readonly log: Logger
  readonly onSlow: (what: 'resynced' | 'closed', transport: TransportName) => void
}

/** What a channel that opens a document says of itself. */
export interface DocumentRequest {
  readonly documentId: string
  readonly ticket: string | undefined
  readonly traceparent: string | undefined
}

/** The documents that are open on this gateway. */
export class Documents {
  readonly #init: DocumentsInit
  readonly #hubs = new Map<string, DocumentHub>()
  readonly #connections = new Set<DocumentConnection>()

  constructor(init: DocumentsInit) {
    this.#init = init
  }

  get size(): { readonly documents: number; readonly connections: number } {
    return { documents: this.#hubs.size, connections: this.#connections.size }
  }

  /** Admits a channel into a document; `undefined` when it was closed instead. `admit` may still refuse the caller. */
  async open(
    channel: Channel,
    request: DocumentRequest,
    admit: (grant: TicketGrant) => boolean,
  ): Promise<Receiver | undefined> {
    const { documentId, ticket = '' } = request
    const grant = isUuid(documentId) ? await this.#init.tickets.redeem(ticket, documentId) : undefined
    if (grant === undefined) {
      channel.close('unauthenticated', 'The ticket is missing, wrong, spent or too old.')
      return undefined
    }
    if (!admit(grant)) {
      channel.close('limited', 'Too many connections.')
      return undefined
    }
    return this.#enter(channel, grant, request)
  }

  /** The same for a channel that has no URL: its first message says what it opens. */
  async openBy(
    first: Uint8Array,
    channel: Channel,
    admit: (grant: TicketGrant) => boolean,
  ): Promise<Receiver | undefined> {
    const request = requestIn(first)
    if (request !== undefined) return this.open(channel, request, admit)
    channel.close('malformed', 'Say first which document it is.')
    return undefined
  }

  /** Waits until what came is stored, a while at most. */
  async settle(withinMs: number): Promise<void> {
    const end = performance.now() + withinMs
    while (performance.now() < end && [...this.#connections].some((one) => !one.settled))
      await new Promise((resolve) => setTimeout(resolve, 10))
  }

  close(): void {
    for (const connection of [...this.#connections]) connection.end('restarting', 'The server restarts.')
    for (const hub of [...this.#hubs.values()]) hub.close()
  }

  #enter(channel: Channel, grant: TicketGrant, { traceparent }: DocumentRequest): Receiver {
    const { log, onSlow, watch } = this.#init
    const { tenantId, accountId } = grant.context
    const connection = new DocumentConnection({
      ...{ grant, channel, traceparent, hub: this.#hubOf(grant) },
      onSlow: (what) => onSlow(what, channel.transport),
      log: log.child({
        ...{ tenant_id: tenantId, account_id: accountId, document_id: grant.documentId },
        ...(traceparent === undefined ? {} : { trace_id: traceIdOf(traceparent) }),
      }),
    })
    this.#connections.add(connection)
    const unwatch = watch.watch({
      ...{ context: grant.context, topic: topicOf(grant.documentId) },
      recheck: (ask) => this.#recheck(connection, ask),
    })
    return {
      receive: (message) => connection.receive(message),
      closed: () => {
        unwatch()
        this.#connections.delete(connection)
        connection.closed()
      },
    }
  }

  async #recheck(connection: DocumentConnection, ask: Ask): Promise<void> {
    const { context, documentId, mode } = connection.grant
    if (!(await this.#init.identity.isCurrent(context, maxAgeOf(ask))))
      connection.end('unauthenticated', 'The session has ended.')
    else if (ask === 'everything' && (await this.#init.access.modeFor(context, documentId)) !== mode)
      connection.end('forbidden', 'Your rights in this document have changed.')
  }

  #hubOf({ context: { tenantId }, documentId }: TicketGrant): DocumentHub {
    const key = `${tenantId}/${documentId}`
    const known = this.#hubs.get(key)
    if (known !== undefined) return known
    const { statesync, signals, log } = this.#init
    const hub = new DocumentHub({
      ...{ tenantId, documentId, statesync, signals, log },
      onEmpty: () => {
        if (this.#hubs.get(key) === hub) this.#hubs.delete(key)
      },
    })
    this.#hubs.set(key, hub)
    return hub
  }
}

function requestIn(first: Uint8Array): DocumentRequest | undefined {
  try {
    const message = decodeDocumentMessage(first)
    if (message.kind !== 'open') return undefined
    const { document: documentId, ticket, traceparent } = message
    return { documentId, ticket, traceparent: traceparentOf(traceparent) }
  } catch (error) {
    if (error instanceof MalformedBytes) return undefined
    throw error
  }
}
