import type { Logger } from '@stoa/kernel'
import type { TenantContext } from '../database/database.ts'
import { errorFields } from '../database/errors.ts'
import type { EventFeed } from './event-feed.ts'
import type { StoredEvent } from './event-store.ts'
import type { Followed, RealtimeTopics, Topic, TopicGuard, TopicListener } from './topics.ts'

export interface TopicFeedInit {
  readonly events: Pick<EventFeed, 'subscribe' | 'since' | 'head'>
  readonly guards: readonly TopicGuard[]
  readonly log: Logger
}

/** After these, who may follow what can be different. */
const AUDIENCE_CHANGES = /^(?:member|workspace|session|tenant)\./
const TOPIC = /^([a-z][a-z0-9_]*)(?::([0-9a-f-]{36}))?$/

/** Where an event belongs; the account's own topic has its id in this key. */
function keyOf({ topic, accountId, workspaceId }: StoredEvent): string {
  if (topic !== undefined) return topic
  if (accountId !== undefined) return `account:${accountId}`
  return workspaceId === undefined ? 'tenant' : `workspace:${workspaceId}`
}

/**
 * Hands each event to the followers of its topic. One subscription to the feed per tenant, however many follow; who may
 * follow is asked anew after every change of the audience, and nothing is handed out until the answer is there.
 */
export class TopicFeed implements RealtimeTopics {
  readonly #init: TopicFeedInit
  readonly #guards: ReadonlyMap<string, TopicGuard>
  readonly #tenants = new Map<string, TenantTopics>()

  constructor(init: TopicFeedInit) {
    this.#init = init
    this.#guards = new Map(init.guards.map((guard) => [guard.kind, guard]))
  }

  delivered(tenantId: string): number {
    return this.#tenants.get(tenantId)?.delivered ?? 0
  }

  async follow(
    context: TenantContext,
    topic: Topic,
    after: number | undefined,
    listener: TopicListener,
  ): Promise<Followed | undefined> {
    const [, kind, id] = TOPIC.exec(topic) ?? []
    if (kind === undefined) return undefined
    const guard = this.#guards.get(kind)
    const own = id === undefined && (kind === 'account' || kind === 'tenant')
    const mayFollow = async () => own || (id !== undefined && (await guard?.mayFollow(context, id)) === true)
    if (!(await mayFollow())) return undefined
    const key = kind === 'account' ? `account:${context.accountId}` : topic
    const follower = new Follower({ context, key, kind, mayFollow, listener, log: this.#init.log })
    const leave = this.#join(context.tenantId, follower)
    const close = () => {
      follower.end()
      leave()
    }
    try {
      const { seq, reset } = await this.#catchUp(context.tenantId, after, follower)
      return { seq, reset, close, isSettled: () => follower.settled }
    } catch (error) {
      close()
      throw error
    }
  }

  #join(tenantId: string, follower: Follower): () => void {
    const topics = this.#tenants.get(tenantId) ?? new TenantTopics()
    if (!this.#tenants.has(tenantId)) {
      this.#tenants.set(tenantId, topics)
      topics.unsubscribe = this.#init.events.subscribe(tenantId, (event) => topics.deliver(event))
    }
    topics.add(follower)
    return () => {
      if (!topics.remove(follower)) return
      topics.unsubscribe()
      this.#tenants.delete(tenantId)
    }
  }

  async #catchUp(tenantId: string, after: number | undefined, follower: Follower) {
    const { events } = this.#init
    if (after === undefined) {
      const seq = await events.head(tenantId)
      follower.live(seq)
      return { seq, reset: false }
    }
    let seq = after
    for (let more = true; more; ) {
      const page = await events.since(tenantId, seq)
      if (page.reset) {
        seq = await events.head(tenantId)
        follower.live(seq)
        return { seq, reset: true }
      }
      for (const event of page.events) {
        seq = event.id
        if (keyOf(event) === follower.key) follower.replay(event)
      }
      more = page.more
    }
    follower.live(seq)
    return { seq, reset: false }
  }
}

class TenantTopics {
  readonly #byKey = new Map<string, Set<Follower>>()
  delivered = 0
  unsubscribe: () => void = () => {}

  add(follower: Follower): void {
    const followers = this.#byKey.get(follower.key) ?? new Set()
    this.#byKey.set(follower.key, followers.add(follower))
  }

  /** Whether nobody is left. */
  remove(follower: Follower): boolean {
    const followers = this.#byKey.get(follower.key)
    const gone = followers?.delete(follower) === true
    if (followers?.size === 0) this.#byKey.delete(follower.key)
    return gone && this.#byKey.size === 0
  }

  deliver(event: StoredEvent): void {
    const key = keyOf(event)
    const followers = [...(this.#byKey.get(key) ?? [])]
    const wide = AUDIENCE_CHANGES.test(event.type) || event.topic === undefined
    const inDoubt = wide ? [...this.#byKey.values()].flatMap((set) => [...set]) : followers
    for (const follower of inDoubt) follower.judge(event)
    for (const follower of followers) follower.take(event)
    this.delivered = event.id
  }
}

interface FollowerInit {
  readonly context: TenantContext
  readonly key: string
  readonly kind: string
  readonly mayFollow: () => Promise<boolean>
  readonly listener: TopicListener
  readonly log: Logger
}

/** One topic of one connection. Holds events back while it catches up, and while its permission is in doubt. */
class Follower {
  readonly key: string
  readonly #init: FollowerInit
  #held: StoredEvent[] = []
  #last = 0
  #catchingUp = true
  #doubts = 0
  #ended = false

  constructor(init: FollowerInit) {
    this.#init = init
    this.key = init.key
  }

  /** Whether everything that came has been handed on. */
  get settled(): boolean {
    return !this.#catchingUp && this.#doubts === 0
  }

  /** Asks again whether the caller may follow, if the event can have changed that. */
  judge({ type, accountId }: StoredEvent): void {
    const { context, kind } = this.#init
    if (this.#ended || (accountId !== undefined && accountId !== context.accountId)) return
    if (AUDIENCE_CHANGES.test(type) || type.startsWith(`${kind}.`)) void this.#ask()
  }

  take(event: StoredEvent): void {
    if (this.#ended) return
    if (this.settled) this.#hand(event)
    else this.#held.push(event)
  }

  replay(event: StoredEvent): void {
    if (!this.#ended) this.#hand(event)
  }

  /** Caught up to `seq`: what was held back meanwhile follows, then whatever comes. */
  live(seq: number): void {
    this.#last = Math.max(this.#last, seq)
    this.#catchingUp = false
    this.#release()
  }

  end(): void {
    this.#ended = true
    this.#held = []
  }

  #hand(event: StoredEvent): void {
    if (event.id <= this.#last) return
    this.#last = event.id
    this.#init.listener.onEvent(event)
  }

  #release(): void {
    if (!this.settled) return
    for (const event of this.#held.splice(0)) this.#hand(event)
  }

  async #ask(): Promise<void> {
    this.#doubts += 1
    const allowed = await this.#init.mayFollow().catch((error: unknown) => {
      this.#init.log.warn({ action: 'topic_check_failed', topic: this.key, ...errorFields(error) })
      return false
    })
    this.#doubts -= 1
    if (this.#ended) return
    if (allowed) return this.#release()
    this.end()
    this.#init.listener.onForbidden()
  }
}
