import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Clock, isUuid, type Random, uuidv7 } from '@stoa/kernel'
import type { Cache } from '../../platform/cache/cache.ts'
import type { Role, TenantContext } from '../../platform/database/database.ts'

export type DocumentMode = 'write' | 'read'

/** What a ticket is good for: one document, for one caller, one connection, thirty seconds. */
export interface TicketGrant {
  readonly context: TenantContext
  readonly documentId: string
  readonly mode: DocumentMode
}

export interface TicketsInit {
  readonly cache: Pick<Cache, 'increment'>
  readonly clock: Clock
  readonly random: Random
  /** 32 bytes that all processes share. */
  readonly secret: Uint8Array
}

const TTL_MS = 30_000
const MAX_LENGTH = 2_048

/** Tickets carry their grant, signed (HMAC-SHA-256); the cache remembers which were spent, as long as they would be good. */
export class Tickets {
  readonly #init: TicketsInit

  constructor(init: TicketsInit) {
    this.#init = init
  }

  issue({ context, documentId, mode }: TicketGrant): { ticket: string; expiresAt: Date } {
    const { clock, random } = this.#init
    const expiresAt = clock.now() + TTL_MS
    const { tenantId, accountId, sessionId, role } = context
    const claims = [uuidv7(clock, random), expiresAt, tenantId, accountId, sessionId, role, documentId, mode]
    const payload = Buffer.from(JSON.stringify(claims)).toString('base64url')
    return { ticket: `${payload}.${this.#sign(payload)}`, expiresAt: new Date(expiresAt) }
  }

  /** Spends a ticket for `documentId`; `undefined` when it is none of ours, too old, spent, or for another document. */
  async redeem(ticket: string, documentId: string): Promise<TicketGrant | undefined> {
    const [payload, signature] = ticket.length > MAX_LENGTH ? [] : ticket.split('.')
    if (payload === undefined || signature === undefined || !equal(signature, this.#sign(payload)))
      return undefined
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString())
    if (!isClaims(claims)) return undefined
    const [id, expiresAt, tenantId, accountId, sessionId, role, granted, mode] = claims
    if (expiresAt < this.#init.clock.now() || granted !== documentId) return undefined
    const spent = await this.#init.cache.increment(`ticket:${id}`, { ttlSeconds: (2 * TTL_MS) / 1000 })
    if (spent !== 1) return undefined
    return { context: { tenantId, accountId, sessionId, role }, documentId, mode }
  }

  #sign(payload: string): string {
    return createHmac('sha256', this.#init.secret).update(payload).digest('base64url')
  }
}

type Claims = [string, number, string, string, string, Role, string, DocumentMode]

/** The signature says that we wrote it; this, that this version of us did. */
function isClaims(value: unknown): value is Claims {
  if (!Array.isArray(value) || value.length !== 8) return false
  const [id, expiresAt, ...rest] = value as unknown[]
  return (
    [id, ...rest.slice(0, 3), rest[4]].every((one) => typeof one === 'string' && isUuid(one)) &&
    typeof expiresAt === 'number'
  )
}

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
