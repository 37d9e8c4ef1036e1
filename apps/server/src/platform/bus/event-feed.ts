import type { Logger, Service } from '@stoa/kernel'
import { errorFields } from '../database/errors.ts'
import type { EventPage, EventStore, StoredEvent } from './event-store.ts'
import type { Wake, WakeUps } from './wake-ups.ts'

/** Called once per event, in order; must return at once and leave longer work to itself. */
export type EventListener = (event: StoredEvent) => void

export interface EventFeedInit {
  readonly store: EventStore
  readonly wakeUps: WakeUps
  readonly log: Logger
}

export interface Following {
  /** True when events between were already deleted: load afresh what is held. */
  readonly reset: boolean
  close(): void
}

const PAGE = 200
/** Tenants read at the same time, so that a burst does not take every connection. */
const READERS = 3
const RETRY_MS = 1000

/**
 * Committed events, handed to whoever subscribed in this process.
 * 1. A subscriber gets the events of one tenant in the order of their ids, each once.
 * 2. Every event committed after the subscription reaches it, whatever connections break in between: a wake-up only says
 *    where to look, and after a gap all tenants are looked at.
 * 3. A tenant without subscribers is not read.
 */
export class EventFeed implements Service {
  readonly name = 'events'
  readonly #init: EventFeedInit
  /** Newest event of each tenant that was delivered, or that nobody wanted. */
  readonly #seen = new Map<string, number>()
  readonly #everybody = new Set<EventListener>()
  readonly #byTenant = new Map<string, Set<EventListener>>()
  readonly #dirty = new Set<string>()
  readonly #readers = new Set<Promise<void>>()
  readonly #reading = new Set<string>()
  #running = false
  #started = false

  constructor(init: EventFeedInit) {
    this.#init = init
    init.wakeUps.listen({ onWake: (wake) => this.#wake(wake), onGap: () => void this.#afterGap() })
  }

  async start(signal: AbortSignal): Promise<void> {
    this.#running = true
    await this.#init.wakeUps.start(signal)
    for (const [tenantId, eventId] of await this.#init.store.heads()) this.#pass(tenantId, eventId)
    this.#started = true
    // What was committed while we looked was not counted as news yet.
    await this.#lookAtAll()
  }

  async stop(): Promise<void> {
    this.#running = false
    this.#started = false
    await this.#init.wakeUps.stop()
    await Promise.all(this.#readers)
  }

  /** Events of every tenant from now on. Returns how to end it. */
  subscribeAll(listener: EventListener): () => void {
    this.#everybody.add(listener)
    return () => this.#everybody.delete(listener)
  }

  /** Events of one tenant from now on. Returns how to end it. */
  subscribe(tenantId: string, listener: EventListener): () => void {
    const listeners = this.#byTenant.get(tenantId) ?? new Set()
    this.#byTenant.set(tenantId, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0 && this.#byTenant.get(tenantId) === listeners) this.#byTenant.delete(tenantId)
    }
  }

  /** Events after `lastId`, for a client that asks instead of following. */
  since(tenantId: string, lastId: number, limit = PAGE): Promise<EventPage> {
    return this.#init.store.since(tenantId, lastId, limit)
  }

  /** Newest event of a tenant, 0 if none. */
  head(tenantId: string): Promise<number> {
    return this.#init.store.head(tenantId)
  }

  /** What happened after `lastId`, then what happens: without a gap, without a repetition. */
  async follow(tenantId: string, lastId: number, listener: EventListener): Promise<Following> {
    let last = lastId
    let held: StoredEvent[] | undefined = []
    const deliver = (event: StoredEvent) => {
      if (event.id <= last) return
      last = event.id
      listener(event)
    }
    const close = this.subscribe(tenantId, (event) =>
      held === undefined ? deliver(event) : held.push(event),
    )
    try {
      let page = await this.since(tenantId, lastId)
      const { reset } = page
      for (;;) {
        for (const event of page.events) deliver(event)
        if (!page.more) break
        page = await this.since(tenantId, last)
      }
      const waiting = held
      held = undefined
      for (const event of waiting) deliver(event)
      return { reset, close }
    } catch (error) {
      close()
      throw error
    }
  }

  #wake({ tenantId, eventId }: Wake): void {
    if (!this.#started || (this.#seen.get(tenantId) ?? 0) >= eventId) return
    if (this.#everybody.size > 0 || this.#byTenant.has(tenantId)) this.#schedule(tenantId)
    else this.#pass(tenantId, eventId)
  }

  #pass(tenantId: string, eventId: number): void {
    this.#seen.set(tenantId, Math.max(eventId, this.#seen.get(tenantId) ?? 0))
  }

  async #lookAtAll(): Promise<void> {
    for (const [tenantId, eventId] of await this.#init.store.heads()) this.#wake({ tenantId, eventId })
  }

  async #afterGap(): Promise<void> {
    if (!this.#started) return
    try {
      await this.#lookAtAll()
    } catch (error) {
      this.#init.log.warn({ action: 'event_catch_up_failed', ...errorFields(error) })
      setTimeout(() => void this.#afterGap(), RETRY_MS).unref()
    }
  }

  #schedule(tenantId: string): void {
    this.#dirty.add(tenantId)
    if (!this.#running || this.#readers.size >= READERS) return
    const reader = this.#readAll().finally(() => this.#readers.delete(reader))
    this.#readers.add(reader)
  }

  async #readAll(): Promise<void> {
    while (this.#running) {
      const tenantId = [...this.#dirty].find((each) => !this.#reading.has(each))
      if (tenantId === undefined) return
      this.#dirty.delete(tenantId)
      this.#reading.add(tenantId)
      try {
        await this.#read(tenantId)
      } catch (error) {
        this.#init.log.warn({ action: 'event_read_failed', tenant_id: tenantId, ...errorFields(error) })
        setTimeout(() => this.#schedule(tenantId), RETRY_MS).unref()
      } finally {
        this.#reading.delete(tenantId)
      }
    }
  }

  async #read(tenantId: string): Promise<void> {
    for (let more = true; more && this.#running; ) {
      const page = await this.#init.store.since(tenantId, this.#seen.get(tenantId) ?? 0, PAGE)
      for (const event of page.events) this.#deliver(event)
      more = page.more
    }
  }

  #deliver(event: StoredEvent): void {
    this.#pass(event.tenantId, event.id)
    for (const listener of [...this.#everybody, ...(this.#byTenant.get(event.tenantId) ?? [])]) {
      try {
        listener(event)
      } catch (error) {
        this.#init.log.error({
          action: 'event_listener_failed',
          event: event.type,
          event_id: event.id,
          err: error,
        })
      }
    }
  }
}
