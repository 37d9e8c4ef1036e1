import type { Logger } from '@stoa/kernel'
import type { EventFeed } from '../../platform/bus/event-feed.ts'
import type { TenantContext } from '../../platform/database/database.ts'

/** A connection that lives only as long as its session and what it opened are its caller's. */
export interface Watched {
  readonly context: TenantContext
  /** Of the events that have a topic, those of this one concern it. */
  readonly topic?: string
  /** Asks whether it may still be; ends itself when not. */
  recheck(ask: Ask): Promise<void>
}

/** `session`: whether the session stands, as read a moment ago for whichever connection. `everything`: afresh, and the rights. */
export type Ask = 'session' | 'everything'

export interface SessionWatchInit {
  readonly events: Pick<EventFeed, 'subscribe'>
  readonly log: Logger
  /** All connections are asked for their session this often, whatever was announced; milliseconds. */
  readonly sweepMs?: number
}

/** After these, who may be connected, and to what, can be different. */
const AUDIENCE_CHANGES = /^(?:member|workspace|session|tenant|document)\./
const SWEEP_MS = 5_000
/** A sweep is spread over its time in so many parts: all at once would hold up for tens of milliseconds whatever else is said. */
const PARTS = 20
/** Every so many sweeps ask for everything: each connection costs queries of its own then, and events said it before. */
const THOROUGH_SWEEPS = 6
/** Of connections of one session, one asks the database in a sweep; milliseconds. */
const SESSION_AGE_MS = 3_000
/** Changes that come close together are one. */
const COALESCE_MS = 50
/** Questions at a time, so that a sweep does not take every connection of the database. */
const ASKING = 4

/** Asks connections again when their rights may have changed: at once after an event that says so, and every few seconds. */
export class SessionWatch {
  readonly #init: SessionWatchInit
  readonly #tenants = new Map<string, { readonly watched: Set<Watched>; readonly unsubscribe: () => void }>()
  readonly #parts = Array.from({ length: PARTS }, () => new Set<Watched>())
  readonly #due = new Map<Watched, Ask>()
  readonly #sweep: NodeJS.Timeout
  #soon: NodeJS.Timeout | undefined
  #asking = 0
  /** Parts of sweeps that were begun. */
  #turns = 0

  constructor(init: SessionWatchInit) {
    this.#init = init
    this.#sweep = setInterval(() => this.#askPart(), (init.sweepMs ?? SWEEP_MS) / PARTS)
    this.#sweep.unref()
  }

  /** Returns how to end it. */
  watch(watched: Watched): () => void {
    const { tenantId } = watched.context
    const tenant = this.#tenants.get(tenantId) ?? this.#open(tenantId)
    tenant.watched.add(watched)
    const part = this.#parts[partOf(watched)]
    part?.add(watched)
    return () => {
      part?.delete(watched)
      this.#due.delete(watched)
      tenant.watched.delete(watched)
      if (tenant.watched.size > 0 || this.#tenants.get(tenantId) !== tenant) return
      this.#tenants.delete(tenantId)
      tenant.unsubscribe()
    }
  }

  stop(): void {
    clearInterval(this.#sweep)
    clearTimeout(this.#soon)
    for (const { unsubscribe } of this.#tenants.values()) unsubscribe()
    this.#tenants.clear()
    for (const part of this.#parts) part.clear()
    this.#due.clear()
  }

  #open(tenantId: string) {
    const watched = new Set<Watched>()
    const unsubscribe = this.#init.events.subscribe(tenantId, ({ type, accountId, topic }) => {
      if (!AUDIENCE_CHANGES.test(type)) return
      for (const one of watched)
        if (
          (accountId ?? one.context.accountId) === one.context.accountId &&
          (topic ?? one.topic) === one.topic
        )
          this.#due.set(one, 'everything')
      this.#soon ??= setTimeout(() => this.#askDue(), COALESCE_MS)
    })
    const tenant = { watched, unsubscribe }
    this.#tenants.set(tenantId, tenant)
    return tenant
  }

  #askPart(): void {
    const sweep = Math.floor(this.#turns / PARTS) + 1
    const ask = sweep % THOROUGH_SWEEPS === 0 ? 'everything' : 'session'
    // Who waits to be asked already is asked once, and for no less.
    for (const one of this.#parts[this.#turns % PARTS] ?? []) if (!this.#due.has(one)) this.#due.set(one, ask)
    this.#turns += 1
    if (this.#due.size > 0) this.#askDue()
  }

  #askDue(): void {
    clearTimeout(this.#soon)
    this.#soon = undefined
    while (this.#asking < ASKING) {
      const [entry] = this.#due
      if (entry === undefined) return
      const [next, ask] = entry
      this.#due.delete(next)
      this.#asking += 1
      void next
        .recheck(ask)
        .catch((error: unknown) => this.#init.log.warn({ action: 'session_check_failed', err: error }))
        .finally(() => {
          this.#asking -= 1
          this.#askDue()
        })
    }
  }
}

/** How old the answer may be that a connection takes for its session; milliseconds. */
export const maxAgeOf = (ask: Ask): number => (ask === 'session' ? SESSION_AGE_MS : 0)

/** Connections of one session are asked together: one question of the database is the answer for all. */
function partOf({ context: { sessionId } }: Watched): number {
  let hash = 0
  for (let at = 0; at < sessionId.length; at++) hash = (hash * 31 + sessionId.charCodeAt(at)) >>> 0
  return hash % PARTS
}
