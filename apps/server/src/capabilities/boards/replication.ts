/** Boards of one organisation of this node travel: the content plane, tied to its database and network. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clock, Logger, Random, Service } from '@stoa/kernel'
import { type ContentRef, cidOf, type ReadRecord, type SignatureScheme } from '@stoa/records'
import type { BlobStore } from '../../platform/blobs/blobs.ts'
import type { Database } from '../../platform/database/database.ts'
import type { PeerNetwork } from '../../platform/peers/peers.ts'
import { type Scheduler, systemScheduler } from '../../platform/peers/scheduler.ts'
import type { ContentCounters, ContentGauges } from '../../platform/telemetry/content.ts'
import { ContentCache } from './content/cache.ts'
import type { ContentSource, ContentState } from './content/source.ts'
import type { Folds } from './folds.ts'
import type { KeyKeeper } from './keys.ts'
import { Plane } from './plane/plane.ts'
import type { Breathe, Members } from './plane/ports.ts'
import { SAMPLE_EVERY_MS, Trend } from './plane/trend.ts'
import type { ReachWord } from './plane/wire.ts'
import type { SearchWriter } from './searchable.ts'
import { DatabaseBlobs, wantedPolicy } from './shelves/database-blobs.ts'
import { DatabaseRecords } from './shelves/database-records.ts'
import { RecordIndex } from './shelves/record-index.ts'
import type { Policy } from './store/boards.ts'
import { firstTenant, type WantedPolicy } from './store/plane.ts'

/** The other nodes. Absent: this node keeps its boards for itself. */
export interface BoardNetwork {
  readonly network: PeerNetwork
  readonly members: Members
  /** Absent: the machine's own time. */
  readonly scheduler?: Scheduler
}

export interface ReplicationSettings {
  /** The organisation whose boards travel; absent: the one that was founded first. */
  readonly tenantId: string | undefined
  /** Bodies and images that this node fetches by itself. */
  readonly policy: Policy
  /** Bytes of content that are kept. */
  readonly budget: number
}

export interface ReplicationParts {
  readonly database: Database
  readonly blobs: BlobStore
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  readonly folds: Folds
  readonly search: SearchWriter
  readonly keys: KeyKeeper
  readonly signatures: SignatureScheme
  readonly counters: ContentCounters
  readonly settings: ReplicationSettings
  readonly boardNetwork: BoardNetwork | undefined
}

/** How often it is looked whether the first organisation has been founded. */
const TENANT_EVERY_MS = 2_000
const TIDY_EVERY_MS = 60_000
const SLICE_MS = 8

interface Running {
  readonly tenantId: string
  readonly plane: Plane
  readonly index: RecordIndex
  readonly blobs: DatabaseBlobs
}

/** Starts when there is an organisation whose boards may travel; until then, and without a network, nothing is fetched. */
export class Replication implements ContentSource, Service {
  readonly name = 'content plane'
  readonly cache: ContentCache
  readonly trend = new Trend()
  readonly #parts: ReplicationParts
  readonly #scheduler: Scheduler
  #running: Running | undefined
  #cancel: (() => void)[] = []
  #stopped = true
  #work: Promise<unknown> = Promise.resolve()

  constructor(parts: ReplicationParts) {
    this.#parts = parts
    this.#scheduler = parts.boardNetwork?.scheduler ?? systemScheduler
    const { counters, settings } = parts
    const onEvicted = (count: number, bytes: number) => counters.evicted(count, bytes)
    const { budget, policy } = settings
    this.cache = new ContentCache({ ...parts, budget, policy, onEvicted })
  }

  async start(): Promise<void> {
    this.#stopped = false
    if (!this.#parts.boardNetwork) return
    await this.#begin()
    this.#every(TIDY_EVERY_MS, () => this.tidy())
    this.#every(SAMPLE_EVERY_MS, async () => this.sample())
  }

  async stop(): Promise<void> {
    this.#stopped = true
    for (const cancel of this.#cancel.splice(0)) cancel()
    this.#running?.plane.stop()
    await this.#work
    const running = this.#running
    this.#running = undefined
    await running?.index.save()
  }

  /** Of the organisation whose boards travel, once that is known. */
  get running(): { readonly tenantId: string; readonly plane: Plane } | undefined {
    return this.#running
  }

  /** This node, as others know it. */
  get self(): string | null {
    return this.#parts.boardNetwork?.network.self ?? null
  }

  get policy(): Policy {
    return this.#parts.settings.policy
  }

  /** Which missing content is fetched without being asked for. */
  get wanted(): WantedPolicy {
    return wantedPolicy(this.policy, this.#parts.clock.now())
  }

  /** The four figures of A7, and what they are made of. */
  get gauges(): ContentGauges {
    const plane = this.#running?.plane
    return {
      successRate: plane?.history.successRate ?? null,
      latencyP95: plane?.history.latencyP95 ?? null,
      hitRate: plane?.history.hitRate ?? null,
      lagSeconds: plane?.lagSeconds ?? null,
      running: plane?.history.running ?? 0,
      missingRecords: plane?.missingRecords ?? 0,
      peers: plane
        ? plane.states.all().map(({ peer, missing }) => ({ peer, missing, lag: plane.lagOf(peer) }))
        : [],
    }
  }

  connections() {
    return this.#parts.boardNetwork?.network.connected() ?? []
  }

  isMember(peer: string): boolean {
    return this.#parts.boardNetwork?.members.isMember(peer) ?? false
  }

  replicates(tenantId: string): boolean {
    return this.#running?.tenantId === tenantId
  }

  /** Tells other nodes what was written, and which boards were given another reach. */
  announce(tenantId: string, records: readonly ReadRecord[], reaches: readonly ReachWord[] = []): void {
    if (!this.replicates(tenantId)) return
    if (reaches.length > 0) this.#running?.index.forgetPublic()
    this.#running?.plane.announce(records, reaches)
  }

  async fetch(
    tenantId: string,
    contents: readonly ContentRef[],
    options: { readonly waitMs: number; readonly again?: boolean },
  ): Promise<ContentState> {
    if (contents.length === 0) return { state: 'present', reason: null }
    const running = this.#running
    if (running?.tenantId === tenantId) return running.plane.fetch(contents, options)
    return { state: 'unavailable', reason: 'no_peers' }
  }

  /** More is wanted than before: what is missing of it is fetched now. */
  wantsMore(tenantId: string): void {
    if (this.replicates(tenantId)) this.#running?.plane.fetchWanted()
  }

  /** The bytes of a content are not where they should be. */
  lost(tenantId: string, digest: string): void {
    if (this.#running?.tenantId !== tenantId) return
    this.#parts.log.warn({ action: 'content_lost', cid: cidOf(digest) })
    this.#running.blobs.lost(digest).catch((error: unknown) => this.#failed(error))
  }

  /** Writes down the index, and keeps to the budget. */
  async tidy(): Promise<void> {
    const running = this.#running
    if (!running) return
    await running.index.save()
    await this.cache.tidy(running.tenantId)
  }

  /** Notes the figures of the moment. */
  sample(): void {
    if (this.#running) this.trend.note(this.#scheduler.now(), this.gauges)
  }

  async #begin(): Promise<void> {
    const { settings, database, log, boardNetwork } = this.#parts
    const tenantId = settings.tenantId ?? (await firstTenant(database))
    if (this.#stopped || !boardNetwork) return
    if (tenantId === undefined) {
      const retry = () => void this.#begin().catch((error: unknown) => this.#failed(error))
      this.#cancel.push(this.#scheduler.after(TENANT_EVERY_MS, retry))
      return
    }
    const breathe = slices(() => this.#parts.clock.now())
    const index = await RecordIndex.open(database, tenantId, log, breathe)
    const blobs = this.#blobsOf(tenantId)
    const records = new DatabaseRecords({ ...this.#parts, tenantId, index, breathe })
    const { network, members } = boardNetwork
    const plane = new Plane({
      ...{ ...this.#parts, network, members, scheduler: this.#scheduler, records, blobs, breathe },
      draw: () => this.#draw(),
    })
    this.#running = { tenantId, plane, index, blobs }
    await plane.start()
    this.sample()
    log.info({ action: 'boards_replicated', tenant: tenantId, policy: settings.policy })
  }

  #blobsOf(tenantId: string): DatabaseBlobs {
    const { settings } = this.#parts
    return new DatabaseBlobs({
      ...{ ...this.#parts, tenantId, policy: settings.policy },
      onUsed: (digest) => this.cache.use(digest),
    })
  }

  #draw(): number {
    return new DataView(this.#parts.random.fill(new Uint8Array(4)).buffer).getUint32(0) / 2 ** 32
  }

  #every(ms: number, run: () => Promise<void>): void {
    if (this.#stopped) return
    const turn = () => {
      this.#work = run()
        .catch((error: unknown) => this.#failed(error))
        .then(() => this.#every(ms, run))
    }
    this.#cancel = [...this.#cancel.slice(-8), this.#scheduler.after(ms, turn)]
  }

  #failed(error: unknown): void {
    this.#parts.log.error({ action: 'content_plane_failed', error })
  }
}

/** Gives way to others when it has gone on for longer than a slice. */
function slices(now: () => number): Breathe {
  let begun = now()
  return () => {
    if (now() - begun < SLICE_MS) return undefined
    return nextTurn().then(() => {
      begun = now()
    })
  }
}
