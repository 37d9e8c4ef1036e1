/** The way onto the realtime sockets: tickets for documents, and who may open one. */
import type { Clock, Random } from '@stoa/kernel'
import type { TopicGuard } from '../../platform/bus/topics.ts'
import type { Cache } from '../../platform/cache/cache.ts'
import type { Database } from '../../platform/database/database.ts'
import { type Operation, operation } from '../../platform/http/operation.ts'
import { notFound } from '../../platform/http/problem.ts'
import type { Capability } from '../capability.ts'
import { workspacesOf } from '../tenancy/index.ts'
import type { DocumentAccess } from './document-access.ts'
import { Tickets } from './tickets.ts'

export { type DocumentAccess, documentAccess } from './document-access.ts'
export type { DocumentMode, TicketGrant, Tickets } from './tickets.ts'

export interface RealtimeInit {
  readonly database: Database
  readonly cache: Pick<Cache, 'increment'>
  readonly clock: Clock
  readonly random: Random
  readonly secret: Uint8Array
  readonly access: DocumentAccess
  /** The UDP port of the gateway, once there is one. */
  readonly quantumOffer: () => QuantumOffer | undefined
}

/** What a client needs to come by Quantum. */
export interface QuantumOffer {
  readonly port: number
  /** Ed25519, base64url. */
  readonly key: string
}

export interface Realtime extends Capability {
  readonly tickets: Tickets
  readonly access: DocumentAccess
}

export function createRealtime(init: RealtimeInit): Realtime {
  const tickets = new Tickets(init)
  return {
    name: 'realtime',
    operations: [getRealtime(init.quantumOffer), createDocumentTicket(init.access, tickets)],
    jobs: [],
    services: [],
    topicGuards: [workspaceGuard(init.database)],
    tickets,
    access: init.access,
  }
}

const getRealtime = (quantumOffer: RealtimeInit['quantumOffer']): Operation =>
  operation('getRealtime', async () => ({ status: 200, body: { quantum: quantumOffer() ?? null } }))

const createDocumentTicket = (access: DocumentAccess, tickets: Tickets): Operation =>
  operation('createDocumentTicket', async ({ context, body }) => {
    const documentId = body.document_id
    const mode = await access.modeFor(context, documentId)
    if (mode === undefined) throw notFound('document')
    const { ticket, expiresAt } = tickets.issue({ context, documentId, mode })
    const shown = { ticket, path: `/yjs/${documentId}`, mode, expires_at: expiresAt.toISOString() }
    return { status: 201, body: shown }
  })

const workspaceGuard = (database: Database): TopicGuard => ({
  kind: 'workspace',
  mayFollow: async (context, id) => (await database.tenantRead(context, workspacesOf)).includes(id),
})
