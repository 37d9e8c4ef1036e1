import type { TenantContext } from '../database/database.ts'
import type { StoredEvent } from './event-store.ts'

/**
 * What one connection can follow: `account` (the caller's own events), `tenant` (events for every member),
 * `workspace:<id>`, or `<kind>:<id>` of a kind that a capability guards, e.g. `room:<id>`.
 *
 * An event belongs to exactly one topic: its `topic` where it has one, else its account, else its workspace, else the
 * tenant.
 */
export type Topic = string

/**
 * Who may follow the topics of one kind; given by the capability that owns them. To publish, that capability emits events
 * with `topic: '<kind>:<id>'` in the transaction that makes them true.
 */
export interface TopicGuard {
  readonly kind: string
  /**
   * Whether the caller may follow `<kind>:<id>` now. Asked when it begins to follow, and again after every event that can
   * change the answer: `member.*`, `workspace.*`, `session.*`, `tenant.*`, and `<kind>.*` of the same topic or without one.
   */
  mayFollow(context: TenantContext, id: string): Promise<boolean>
}

export interface TopicListener {
  /** Called in the order of event ids, each event once; must return at once. */
  onEvent(event: StoredEvent): void
  /** The caller may not follow any more. Nothing comes after this. */
  onForbidden(): void
}

export interface Followed {
  /** Everything up to this event id has been handed out; what comes later is greater. */
  readonly seq: number
  /** Events between were deleted: read afresh what is held. */
  readonly reset: boolean
  /** Whether nothing is held back now, so that everything up to `delivered` has been handed out. */
  isSettled(): boolean
  close(): void
}

/** Follow topics with a permission check and a replay from a sequence number (the tenant's event id). */
export interface RealtimeTopics {
  /**
   * Without `after`: from now on. `undefined` when there is no such topic for this caller. The events of the replay have
   * been handed to the listener when it resolves.
   */
  follow(
    context: TenantContext,
    topic: Topic,
    after: number | undefined,
    listener: TopicListener,
  ): Promise<Followed | undefined>
  /** Newest event of the tenant that was handed to every follower who wants it. */
  delivered(tenantId: string): number
}
