import type { Logger } from '@stoa/kernel'
import { isStoaError } from '@stoa/kernel'
import type { Range } from '@stoa/reconcile'
import type { ReadRecord } from '@stoa/records'
import type { PeerId, PeerNetwork } from '../../../platform/peers/peers.ts'
import type { Scheduler } from '../../../platform/peers/scheduler.ts'
import type { ContentCounters } from '../../../platform/telemetry/content.ts'
import { Comparison, type ComparisonParts } from './comparison.ts'
import type { PeerScores } from './peer-scores.ts'
import type { PeerState, PeerStates } from './peer-states.ts'
import { Places } from './places.ts'
import type { Members } from './ports.ts'
import { learnReaches } from './reaches.ts'
import {
  encodeSyncRequest,
  MAX_IDS,
  MAX_RECORD_BYTES,
  type ReachWord,
  SYNC_PROTOCOL,
  type SyncRequest,
} from './wire.ts'

export interface SynchroniserParts extends Omit<ComparisonParts, 'coming' | 'filling' | 'withoutRanges'> {
  readonly network: PeerNetwork
  readonly members: Members
  readonly scheduler: Scheduler
  readonly scores: PeerScores
  readonly states: PeerStates
  readonly counters: ContentCounters
  readonly log: Logger
  /** A number from 0 to 1. */
  readonly draw: () => number
  /** Something came: bodies may be missing now. */
  readonly onRecords: () => void
}

/** Between two comparisons with one peer; each time from 0.7 to 1.3 of it. */
export const SYNC_INTERVAL_MS = 30_000
const FIRST_RETRY_MS = 1_000
/** After a comparison that left something missing. */
const SOON_MS = 2_000
const MOST_RETRY_MS = 60_000
/** Full comparisons at once; saying hello costs nothing. */
const AT_ONCE = 3

const LIES = /^(sync\.(?!incomplete$)|reconcile\.)/

/** Compares with every connected member: on connection, when it has news, and from time to time. */
export class Synchroniser {
  readonly #parts: SynchroniserParts
  readonly #coming = new Set<string>()
  readonly #filling = new Set<Range>()
  readonly #withoutRanges = new Set<PeerId>()
  readonly #timers = new Map<PeerId, () => void>()
  readonly #running = new Set<PeerId>()
  /** Peers that gave news while they were compared with. */
  readonly #again = new Set<PeerId>()
  readonly #full = new Places(AT_ONCE)
  #stopped = true
  #unsubscribe: (() => void)[] = []

  constructor(parts: SynchroniserParts) {
    this.#parts = parts
  }

  start(): void {
    const { network, members } = this.#parts
    this.#stopped = false
    this.#unsubscribe = [
      network.onChange((change) => {
        if (change.kind === 'connected') this.#connected(change.connection.peer)
        else this.#disconnected(change.peer)
      }),
      members.onMembershipChange(() => this.#membershipChanged()),
    ]
    for (const { peer } of network.connected()) this.#connected(peer)
  }

  stop(): void {
    this.#stopped = true
    for (const end of this.#unsubscribe) end()
    for (const cancel of this.#timers.values()) cancel()
    this.#timers.clear()
  }

  /** Compares soon, e.g. because the peer has brought something. */
  nudge(peer: PeerId): void {
    if (this.#running.has(peer)) this.#again.add(peer)
    else if (this.#parts.members.isMember(peer)) this.#plan(peer, this.#parts.draw() * 200)
  }

  /** Gives what was just written or set to every connected member; who does not get it finds out by comparing. */
  announce(records: readonly ReadRecord[], reaches: readonly ReachWord[]): void {
    const { network, members } = this.#parts
    const parts = portions(records.map((one) => one.bytes))
    for (const { peer } of network.connected())
      if (members.isMember(peer)) void this.#tell(peer, parts, reaches)
  }

  async #tell(
    peer: PeerId,
    parts: readonly (readonly Uint8Array[])[],
    reaches: readonly ReachWord[],
  ): Promise<void> {
    const { network, log } = this.#parts
    const send = async (request: SyncRequest) => {
      await network.request(peer, SYNC_PROTOCOL, encodeSyncRequest(request)).catch((error: unknown) => {
        log.debug({ action: 'records_not_pushed', peer, reason: reasonOf(error) })
      })
    }
    const pushed = parts.map((records) => send({ op: 'push', records }))
    if (reaches.length === 0) return
    // What is said of a board that is not there yet is lost.
    await Promise.all(pushed)
    await send({ op: 'reaches', reaches })
  }

  #connected(peer: PeerId): void {
    const { members, states, scheduler, draw } = this.#parts
    if (!members.isMember(peer)) return
    const state = states.get(peer, scheduler.now())
    state.connected = true
    state.inStep = false
    state.failures = 0
    this.#plan(peer, draw() * 300)
  }

  #disconnected(peer: PeerId): void {
    this.#timers.get(peer)?.()
    this.#timers.delete(peer)
    // It may come back as a newer build.
    this.#withoutRanges.delete(peer)
    const { states, scheduler, members } = this.#parts
    if (members.isMember(peer)) states.get(peer, scheduler.now()).connected = false
  }

  #membershipChanged(): void {
    const { network, members, states } = this.#parts
    for (const { peer } of network.connected()) if (!this.#timers.has(peer)) this.#connected(peer)
    for (const { peer } of states.all()) {
      if (members.isMember(peer)) continue
      this.#disconnected(peer)
      states.forget(peer)
    }
  }

  #plan(peer: PeerId, ms: number): void {
    if (this.#stopped) return
    this.#timers.get(peer)?.()
    this.#timers.set(
      peer,
      this.#parts.scheduler.after(ms, () => {
        this.#timers.delete(peer)
        void this.#compare(peer)
      }),
    )
  }

  async #compare(peer: PeerId): Promise<void> {
    const { members, states, scheduler, scores, draw } = this.#parts
    if (this.#stopped || this.#running.has(peer) || !members.isMember(peer)) return
    const state = states.get(peer, scheduler.now())
    if (!state.connected) return
    const pause = (ms: number) => this.#plan(peer, ms * (0.7 + 0.6 * draw()))
    // It was not asked: nothing may say that it was.
    if (scores.isAside(peer, scheduler.now())) return pause(SYNC_INTERVAL_MS)
    this.#running.add(peer)
    const begun = scheduler.now()
    try {
      await this.#meet(state)
      this.#done(state, begun)
    } catch (error) {
      this.#failed(state, error, begun)
    } finally {
      this.#running.delete(peer)
    }
    if (!state.connected) return
    const retry = Math.min(MOST_RETRY_MS, FIRST_RETRY_MS * 2 ** (state.failures - 1))
    // What another peer was bringing is here by then, or is to be had from this one.
    const usual = state.inStep ? SYNC_INTERVAL_MS : SOON_MS
    pause(this.#again.delete(peer) ? 0 : state.failures > 0 ? retry : usual)
  }

  async #meet(state: PeerState): Promise<void> {
    const { peer } = state
    const { records, scheduler, onRecords } = this.#parts
    const shared = { coming: this.#coming, filling: this.#filling, withoutRanges: this.#withoutRanges }
    const parts = { ...this.#parts, ...shared }
    const comparison = new Comparison(parts, peer, 'members', (count) => {
      state.missing = count
    })
    const hello = await comparison.hello()
    const heardAt = scheduler.now()
    state.says = hello.records
    await learnReaches(records, hello.reaches, heardAt)
    // Before its records come, so that the names it says are believed from the first.
    if (hello.nodeAuthor !== null) await records.learnNodeAuthor(peer, hello.nodeAuthor)
    if (!(await comparison.holdsTheSame(hello))) {
      state.inStep = false
      const session = Math.floor(this.#parts.draw() * 2 ** 40)
      state.missing = await this.#full.run(() => comparison.run(session, hello.records)).finally(onRecords)
      // Of boards that have come just now, too.
      await learnReaches(records, hello.reaches, scheduler.now())
    } else state.missing = 0
    // Who does not know yet that this node is a member shows what is public, and no more.
    state.inStep = state.missing === 0 && hello.nodeAuthor !== null
    if (!state.inStep) return
    state.inStepAt = heardAt
    await records.learnInStep(peer, heardAt)
  }

  #done(state: PeerState, begun: number): void {
    const { scheduler, counters, log } = this.#parts
    state.lastSyncAt = scheduler.now()
    state.failures = 0
    const seconds = (scheduler.now() - begun) / 1000
    counters.synced('ok', seconds)
    log.debug({ action: 'boards_compared', peer: state.peer, missing: state.missing, seconds })
  }

  #failed(state: PeerState, error: unknown, begun: number): void {
    const { scheduler, counters, scores, states, log } = this.#parts
    const reason = reasonOf(error)
    state.inStep = false
    states.blame(state, reason, scheduler.now())
    state.failures++
    const lied = LIES.test(reason)
    scores.note(state.peer, lied ? 'lied' : 'failed', scheduler.now())
    counters.synced(reason, (scheduler.now() - begun) / 1000)
    log.warn({ action: 'boards_not_compared', peer: state.peer, reason, failures: state.failures, error })
  }
}

const reasonOf = (error: unknown): string => (isStoaError(error) ? error.code : 'internal.error')

function portions(records: readonly Uint8Array[]): Uint8Array[][] {
  const parts: Uint8Array[][] = []
  let bytes = 0
  for (const record of records) {
    const last = parts.at(-1)
    bytes += record.length + 8
    if (last && last.length < MAX_IDS && bytes <= MAX_RECORD_BYTES) last.push(record)
    else {
      parts.push([record])
      bytes = record.length + 8
    }
  }
  return parts
}
