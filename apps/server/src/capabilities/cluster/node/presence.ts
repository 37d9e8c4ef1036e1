import type { PeerId } from '../../../platform/peers/peers.ts'
import { jittered, type Loop, loop } from './loop.ts'
import type { NodeParts, PresenceEntry } from './parts.ts'

const FLUSH_MS = 10_000
/** What is kept while the database does not take it; beyond this the oldest is lost, and counted. */
const QUEUE = 10_000
const BATCH = 500

/** Which members came and went, written in batches: a cluster that flaps costs the database one statement in ten seconds (B6). */
export class Presence {
  readonly #parts: NodeParts
  readonly #queue: PresenceEntry[] = []
  readonly #online = new Map<PeerId, boolean>()
  #lost = 0
  #loop: Loop | undefined

  constructor(parts: NodeParts) {
    this.#parts = parts
  }

  start(): void {
    const { scheduler, random, log } = this.#parts
    const failed = (error: unknown) =>
      log.error({ action: 'keep_presence_failed', waiting: this.#queue.length, error })
    this.#loop = loop(
      scheduler,
      () => jittered(FLUSH_MS, 0.2, random),
      () => this.flush(),
      failed,
    )
  }

  async stop(): Promise<void> {
    await this.#loop?.stop()
    await this.flush().catch((error: unknown) =>
      this.#parts.log.error({ action: 'keep_presence_failed', error }),
    )
  }

  get lost(): number {
    return this.#lost
  }

  /** Notes what members are now; only what changed is history. */
  observe(peer: PeerId, online: boolean, address: string | null, reason: string): void {
    if ((this.#online.get(peer) ?? false) === online) return
    this.#online.set(peer, online)
    const kind = online ? ('online' as const) : ('offline' as const)
    this.#queue.push({ peer, at: this.#parts.scheduler.now(), kind, address, reason })
    this.#parts.log.info({ action: `member_${kind}`, peer, address: address ?? undefined, reason })
    while (this.#queue.length > QUEUE) {
      this.#queue.shift()
      this.#lost++
    }
  }

  async flush(): Promise<void> {
    const { store, membership } = this.#parts
    while (this.#queue.length > 0) {
      const batch = this.#queue.slice(0, BATCH)
      await store.addPresence(membership.clusterId, batch)
      this.#queue.splice(0, batch.length)
    }
  }
}
