/** The content plane of one node: what it asks of others, and what it answers them. */
import type { Logger } from '@stoa/kernel'
import type { ContentRef, ReadRecord, SignatureScheme } from '@stoa/records'
import type { PeerId, PeerNetwork } from '../../../platform/peers/peers.ts'
import type { Scheduler } from '../../../platform/peers/scheduler.ts'
import type { ContentCounters } from '../../../platform/telemetry/content.ts'
import type { ContentState, FetchReason } from '../content/source.ts'
import { Backlog } from './backlog.ts'
import { type Allowance, Budget } from './budget.ts'
import { FETCH_LIMITS, fetchServer } from './fetch-server.ts'
import { Fetcher } from './fetcher.ts'
import { FetchHistory } from './history.ts'
import { Intake } from './intake.ts'
import { PeerScores } from './peer-scores.ts'
import { type PeerState, PeerStates } from './peer-states.ts'
import type { BlobShelf, Breathe, Members, RecordShelf } from './ports.ts'
import { learnReaches } from './reaches.ts'
import { SYNC_LIMITS, SyncServer } from './sync-server.ts'
import { Synchroniser } from './synchroniser.ts'
import { FETCH_PROTOCOL, type ReachWord, SYNC_PROTOCOL } from './wire.ts'

export interface PlaneParts {
  readonly network: PeerNetwork
  readonly members: Members
  readonly scheduler: Scheduler
  readonly records: RecordShelf
  readonly blobs: BlobShelf
  readonly signatures: SignatureScheme
  readonly counters: ContentCounters
  readonly log: Logger
  /** A number from 0 to 1. */
  readonly draw: () => number
  readonly breathe: Breathe
}

const MEMBERS: Allowance = { requestsPerSecond: 2_000, bytesPerSecond: 256 * 1_048_576 }
const OTHERS: Allowance = { requestsPerSecond: 50, bytesPerSecond: 4 * 1_048_576 }

export class Plane {
  readonly history = new FetchHistory()
  readonly states = new PeerStates()
  readonly scores: PeerScores
  readonly fetcher: Fetcher
  readonly #parts: PlaneParts
  readonly #synchroniser: Synchroniser
  readonly #server: SyncServer
  readonly #backlog: Backlog
  readonly #budget: Budget
  #ends: (() => void)[] = []

  constructor(parts: PlaneParts) {
    this.#parts = parts
    const { blobs, scheduler, members, log } = parts
    this.scores = new PeerScores((peer, milliseconds) => {
      // From now on nobody asks it what it holds.
      this.states.doubt(peer)
      log.warn({ action: 'content_peer_aside', peer, seconds: milliseconds / 1000 })
    })
    const intake = new Intake(parts)
    this.fetcher = new Fetcher({ ...parts, scores: this.scores, history: this.history })
    this.#backlog = new Backlog({
      ...{ fetcher: this.fetcher, blobs, scheduler },
      onError: (error) => log.error({ action: 'content_backlog_failed', error }),
    })
    this.#synchroniser = new Synchroniser({
      ...{ ...parts, intake, scores: this.scores, states: this.states },
      onRecords: () => this.#backlog.kick(),
    })
    this.#budget = new Budget((peer) => (members.isMember(peer) ? MEMBERS : OTHERS))
    this.#server = new SyncServer({
      ...{ ...parts, budget: this.#budget },
      onPushed: (peer, records) => this.#pushed(intake, peer, records),
      onReaches: (words) => learnReaches(parts.records, words, parts.scheduler.now()),
      onLie: (peer, reason) => this.#lied(peer, reason),
    })
  }

  async start(): Promise<void> {
    const { network, records, scheduler } = this.#parts
    const now = scheduler.now()
    for (const [peer, inStepAt] of await records.peersKnown()) this.states.get(peer, now, inStepAt)
    this.#ends = [
      network.handle(FETCH_PROTOCOL, fetchServer({ ...this.#parts, budget: this.#budget }), FETCH_LIMITS),
      network.handle(SYNC_PROTOCOL, this.#server.handle, SYNC_LIMITS),
    ]
    this.#synchroniser.start()
    this.#backlog.start()
  }

  stop(): void {
    for (const end of this.#ends.splice(0)) end()
    this.#synchroniser.stop()
    this.#backlog.stop()
  }

  /** Tells every connected member what was just written, and which boards were given another reach. */
  announce(records: readonly ReadRecord[], reaches: readonly ReachWord[] = []): void {
    this.#synchroniser.announce(records, reaches)
  }

  /** Fetches what is wanted and not here, in the background. */
  fetchWanted(): void {
    this.#backlog.kick()
  }

  /** Seconds since something is missing here that others say they hold; `null`: nobody was ever heard. */
  get lagSeconds(): number | null {
    return this.states.lag(this.#parts.scheduler.now(), this.#relied)
  }

  /** The same to one peer. */
  lagOf(peer: PeerId): number {
    const now = this.#parts.scheduler.now()
    return this.states.lagOf(this.states.get(peer, now), now)
  }

  /** Records that are not here, of what one connected peer says it holds: the most of any. Of none, what was last known. */
  get missingRecords(): number {
    return this.states.missing(this.#relied)
  }

  /** Members whose word counts: those that were not put aside, unless there are no others. */
  get #relied(): readonly PeerState[] {
    const { members, scheduler } = this.#parts
    const now = scheduler.now()
    const all = this.states.all().filter(({ peer }) => members.isMember(peer))
    const honest = all.filter(({ peer }) => !this.scores.isAside(peer, now))
    return honest.length > 0 ? honest : all
  }

  /** See `ContentSource.fetch`. */
  async fetch(
    contents: readonly ContentRef[],
    { waitMs, again = false }: { waitMs: number; again?: boolean },
  ): Promise<ContentState> {
    const here = await this.#parts.blobs.whole(contents.map(({ digest }) => digest))
    for (const { digest } of contents) this.#lookedUp(here.has(digest))
    const missing = contents.filter(({ digest }) => !here.has(digest))
    if (missing.length === 0) return { state: 'present', reason: null }
    const fetched = Promise.all(missing.map((one) => this.fetcher.fetch(one, again)))
    const known = missing.flatMap(({ digest }) => failureOf(this.fetcher.stateOf(digest)))[0]
    if (known !== undefined) return { state: 'unavailable', reason: known }
    return (await this.#within(fetched, waitMs)) ?? { state: 'fetching', reason: null }
  }

  #lookedUp(hit: boolean): void {
    this.#parts.counters.lookedUp(hit)
    this.history.lookedUp(hit)
  }

  #within(fetched: Promise<readonly (FetchReason | null)[]>, ms: number): Promise<ContentState | undefined> {
    const { promise, resolve } = Promise.withResolvers<ContentState | undefined>()
    const cancel = this.#parts.scheduler.after(ms, () => resolve(undefined))
    void fetched.then((reasons) => {
      cancel()
      const reason = reasons.find((one) => one !== null) ?? null
      resolve(reason === null ? { state: 'present', reason } : { state: 'unavailable', reason })
    })
    return promise
  }

  async #pushed(intake: Intake, peer: PeerId, list: readonly Uint8Array[]): Promise<void> {
    const { fresh, ahead, forged } = await intake.take(list, peer)
    const now = this.#parts.scheduler.now()
    if (forged > 0) this.#lied(peer, 'sync.forged')
    const state = this.states.get(peer, now)
    state.says = Math.max(state.says ?? 0, 0) + fresh
    // What follows from it may be missing; what is ahead of our clock will be brought again.
    if (ahead.length > 0) this.#synchroniser.nudge(peer)
    if (fresh > 0) this.#backlog.kick()
  }

  /** What it asked or brought by itself gives it away. */
  #lied(peer: PeerId, reason: string): void {
    const { scheduler, members, log } = this.#parts
    const now = scheduler.now()
    this.scores.note(peer, 'lied', now)
    if (members.isMember(peer)) this.states.blame(this.states.get(peer, now), reason, now)
    log.warn({ action: 'sync_refused', peer, reason })
  }
}

const failureOf = (state: 'fetching' | FetchReason | undefined): FetchReason[] =>
  state === undefined || state === 'fetching' ? [] : [state]
