import type { LiveEvent, ServerSentEvent } from '@stoa/contracts'
import type { TenantContext } from '../../platform/database/database.ts'
import type { OutboxEvent, SystemComponents } from './components.ts'
import { EventQueue } from './event-queue.ts'

/** A stream ends after this long; the client comes back with a fresh token and is judged anew. */
const LIFETIME_MS = 10 * 60_000
/** Live events that may wait for a slow reader before the stream ends. It resumes from its last event. */
const QUEUE_LIMIT = 1000
/** After these, what the caller may see can be different. */
const AUDIENCE_CHANGES = /^(?:member|workspace|session|tenant)\./

/**
 * Events for one listener, in order and without gaps: what was missed, page by page at the reader's pace, then what
 * happens. Ends when `signal` aborts, when the caller may not listen any more, when the reader is too slow, or after ten
 * minutes; the client resumes with the id of its last event.
 */
export async function* liveEvents(
  components: Pick<SystemComponents, 'events' | 'audience'>,
  context: TenantContext,
  lastEventId: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<ServerSentEvent> {
  const { events } = components
  const { tenantId } = context
  const audience = new Audience(components, context)
  if (!(await audience.refresh())) return
  let last = lastEventId === undefined ? await events.head(tenantId) : Number(lastEventId)

  for (let more = lastEventId !== undefined; more && !signal.aborted; ) {
    const page = await events.since(tenantId, last)
    if (page.reset) {
      last = await events.head(tenantId)
      yield { id: String(last), event: 'reset', data: {} }
      break
    }
    for (const event of page.events) {
      last = event.id
      if (!(await audience.keepsUpWith(event))) return
      if (audience.sees(event)) yield toServerSent(event)
    }
    more = page.more
  }

  const queue = new EventQueue<OutboxEvent>(
    QUEUE_LIMIT,
    AbortSignal.any([signal, AbortSignal.timeout(LIFETIME_MS)]),
  )
  const following = await events.follow(tenantId, last, (event) => queue.push(event))
  try {
    yield { id: String(last), event: 'ready', data: {} }
    for await (const event of queue) {
      if (!(await audience.keepsUpWith(event))) return
      if (audience.sees(event)) yield toServerSent(event)
    }
  } finally {
    following.close()
  }
}

/** What one caller may see. Asked again whenever memberships may have changed. */
class Audience {
  readonly #components: Pick<SystemComponents, 'audience'>
  readonly #context: TenantContext
  #workspaces: ReadonlySet<string> = new Set()

  constructor(components: Pick<SystemComponents, 'audience'>, context: TenantContext) {
    this.#components = components
    this.#context = context
  }

  /** Whether the caller may still listen. */
  async refresh(): Promise<boolean> {
    const workspaces = await this.#components.audience(this.#context)
    if (workspaces) this.#workspaces = workspaces
    return workspaces !== undefined
  }

  async keepsUpWith(event: OutboxEvent): Promise<boolean> {
    const concernsMe = event.accountId === undefined || event.accountId === this.#context.accountId
    return !(concernsMe && AUDIENCE_CHANGES.test(event.type)) || this.refresh()
  }

  /** Events of a topic (a room) are followed over the realtime socket, which knows who may. */
  sees({ accountId, workspaceId, topic }: OutboxEvent): boolean {
    if (topic !== undefined) return false
    if (accountId !== undefined && accountId !== this.#context.accountId) return false
    return workspaceId === undefined || this.#workspaces.has(workspaceId)
  }
}

function toServerSent(event: OutboxEvent): ServerSentEvent {
  const data: LiveEvent = {
    payload: event.payload as LiveEvent['payload'],
    ...(event.workspaceId === undefined ? {} : { workspace_id: event.workspaceId }),
    created_at: event.createdAt.toISOString(),
  }
  return { id: String(event.id), event: event.type, data }
}
