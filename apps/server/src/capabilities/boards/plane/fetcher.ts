import type { Logger } from '@stoa/kernel'
import { CHUNK_BYTES, type ContentRef, cidOf, readManifest } from '@stoa/records'
import type { PeerId, PeerNetwork } from '../../../platform/peers/peers.ts'
import type { Scheduler } from '../../../platform/peers/scheduler.ts'
import type { ContentCounters } from '../../../platform/telemetry/content.ts'
import type { FetchReason } from '../content/source.ts'
import { askPeer } from './ask.ts'
import type { FetchEntry, FetchHistory } from './history.ts'
import type { PeerScores } from './peer-scores.ts'
import { Places } from './places.ts'
import type { BlobShelf, Members } from './ports.ts'
import { onSilence } from './silence.ts'

export interface FetcherParts {
  readonly network: PeerNetwork
  readonly members: Members
  readonly scheduler: Scheduler
  readonly blobs: BlobShelf
  readonly scores: PeerScores
  readonly history: FetchHistory
  readonly counters: ContentCounters
  readonly log: Logger
  /** A number from 0 to 1. */
  readonly draw: () => number
}

/** Without a byte from a peer for so long, another is asked as well. */
const STALL_MS = 3_000
const ROUNDS = 3
const BACKOFF_MS = 500
/** How long nobody is asked again for what nobody had. */
const NEGATIVE_MS = 30_000
const MOST_NEGATIVE = 10_000
const CHUNKS_AT_ONCE = 4
/** What waits here is nobody's slowness: a peer is timed from when it is asked. */
const SMALL_AT_ONCE = 64
const ALL_CHUNKS_AT_ONCE = 8
/** Over a relay only what is small: relays limit what they carry. */
const RELAYED_BYTES = 65_536

/** What reason is told when peers gave different ones: the first of these. */
const GRAVEST: readonly FetchReason[] = [
  'wrong_bytes',
  'too_large',
  'timeout',
  'stalled',
  'busy',
  'refused',
  'failed',
  'not_found',
]

/** A blob, and what its fetch has come to so far. */
interface WantedBlob {
  readonly digest: string
  /** Bytes at most; 0 where only the peer knows. */
  readonly size: number
  readonly entry: FetchEntry
  readonly reasons: Set<FetchReason>
  /** Whether any that was asked in this round gave a sign of life: who is only silent is not asked again. */
  alive: boolean
}

/** Where these are all, and nobody gave a sign of life, another round would end as this one did. */
const NOT_AGAIN: ReadonlySet<FetchReason> = new Set(['not_found', 'timeout', 'stalled'])

const OVER = new Error('Another peer has answered.')

class FetchFailure extends Error {
  override readonly name = 'FetchFailure'
  readonly reason: FetchReason

  constructor(reason: FetchReason) {
    super(reason)
    this.reason = reason
  }
}

/**
 * Gets content from other nodes. Invariants: 1. one fetch for a content at a time, however many wait; 2. nothing is kept
 * whose hash was not checked; 3. every fetch ends, with a reason; 4. chunks that came stay, and are not asked for again.
 */
export class Fetcher {
  readonly #parts: FetcherParts
  readonly #inFlight = new Map<string, Promise<FetchReason | null>>()
  readonly #failed = new Map<string, { readonly reason: FetchReason; readonly until: number }>()
  readonly #places = { small: new Places(SMALL_AT_ONCE), chunks: new Places(ALL_CHUNKS_AT_ONCE) }
  #requests = 0

  constructor(parts: FetcherParts) {
    this.#parts = parts
    // Somebody new may have what nobody had.
    parts.network.onChange(({ kind }) => {
      if (kind === 'connected') this.#failed.clear()
    })
  }

  /** `fetching`, why it failed a moment ago, or `undefined`. */
  stateOf(digest: string): 'fetching' | FetchReason | undefined {
    if (this.#inFlight.has(digest)) return 'fetching'
    const failed = this.#failed.get(digest)
    return failed && failed.until > this.#parts.scheduler.now() ? failed.reason : undefined
  }

  /** Gets one content; `null`: it is here now. `again`: also when it failed a moment ago. Never rejects. */
  fetch(content: ContentRef, again = false): Promise<FetchReason | null> {
    const running = this.#inFlight.get(content.digest)
    if (running) return running
    const state = again ? undefined : this.stateOf(content.digest)
    if (state !== undefined && state !== 'fetching') return Promise.resolve(state)
    const fetch = this.#run(content).finally(() => this.#inFlight.delete(content.digest))
    this.#inFlight.set(content.digest, fetch)
    return fetch
  }

  async #run(content: ContentRef): Promise<FetchReason | null> {
    const { scheduler, history, counters, log } = this.#parts
    const entry = history.begin(content.digest, scheduler.now())
    let reason: FetchReason | null = null
    try {
      await (content.size <= CHUNK_BYTES ? this.#small(content, entry) : this.#large(content, entry))
    } catch (error) {
      reason = error instanceof FetchFailure ? error.reason : 'local_failure'
      if (reason === 'local_failure')
        log.error({ action: 'content_not_kept', cid: cidOf(content.digest), error })
    }
    const now = scheduler.now()
    history.end(entry, reason, now)
    if (reason) this.#remember(content.digest, reason, now)
    else this.#failed.delete(content.digest)
    const seconds = entry.seconds ?? 0
    counters.fetched(reason, seconds, entry.bytes)
    const told = { cid: cidOf(content.digest), outcome: reason ?? 'ok', seconds, bytes: entry.bytes }
    const peer = entry.peer ?? entry.attempts.at(-1)?.peer ?? ''
    const asked = { peer, attempts: entry.attempts.length }
    log[reason ? 'warn' : 'debug']({ action: 'content_fetch', ...told, ...asked })
    return reason
  }

  #remember(digest: string, reason: FetchReason, now: number): void {
    this.#failed.delete(digest)
    this.#failed.set(digest, { reason, until: now + NEGATIVE_MS })
    if (this.#failed.size > MOST_NEGATIVE) this.#failed.delete(this.#failed.keys().next().value ?? '')
  }

  async #small(content: ContentRef, entry: FetchEntry): Promise<void> {
    const bytes = await this.#blob(content.digest, entry, content.size, 0)
    if (bytes.length !== content.size) throw new FetchFailure('wrong_bytes')
    await this.#parts.blobs.putWhole(content, bytes)
  }

  async #large(content: ContentRef, entry: FetchEntry): Promise<void> {
    const { blobs } = this.#parts
    if (!(await blobs.manifest(content))) {
      const bytes = await this.#blob(content.digest, entry, 0, 0)
      const { chunks } = manifestOf(bytes, content)
      await blobs.putManifest(content, bytes, chunks)
    }
    const missing = [...(await blobs.missingChunks(content))]
    const work = async () => {
      for (let next = missing.shift(); next; next = missing.shift()) {
        const bytes = await this.#blob(next.digest, entry, CHUNK_BYTES, next.ordinal)
        await blobs.putChunk(content, next.ordinal, bytes)
      }
    }
    const done = await Promise.allSettled(Array.from({ length: CHUNKS_AT_ONCE }, work))
    const failed = done.find((one) => one.status === 'rejected')
    if (failed) throw failed.reason
    await blobs.complete(content)
  }

  /** `turn`: which of the peers is asked first, so that several send at once. */
  async #blob(digest: string, entry: FetchEntry, size: number, turn: number): Promise<Uint8Array> {
    const wanted: WantedBlob = { digest, size, entry, reasons: new Set(), alive: false }
    const { reasons } = wanted
    const places = size < CHUNK_BYTES ? this.#places.small : this.#places.chunks
    for (let round = 0; round < ROUNDS; round++) {
      wanted.alive = false
      const bytes = await places.run(async () => {
        const peers = this.#candidates(size, turn)
        if (peers.length === 0 && round === 0) throw new FetchFailure('no_peers')
        return this.#race(peers, wanted)
      })
      if (bytes) return bytes
      if (!wanted.alive && [...reasons].every((one) => NOT_AGAIN.has(one))) break
      await this.#wait(BACKOFF_MS * 2 ** round * (0.5 + this.#parts.draw()))
    }
    throw new FetchFailure(GRAVEST.find((one) => reasons.has(one)) ?? 'no_peers')
  }

  /** Who can be relied on first, members before others. Who is only slow is asked, too: it may be the only one that has it. */
  #candidates(size: number, turn: number): PeerId[] {
    const { network, scores, members, scheduler } = this.#parts
    const now = scheduler.now()
    const rank = (peer: PeerId) => (members.isMember(peer) ? 0 : 100) - scores.scoreOf(peer)
    const peers = network
      .connected()
      .filter(({ peer, path }) => !scores.isAside(peer, now) && (path === 'direct' || size <= RELAYED_BYTES))
      .sort((a, b) => rank(a.peer) - rank(b.peer) || (a.peer < b.peer ? -1 : 1))
      .map(({ peer }) => peer)
    const best = peers.filter((peer) => rank(peer) <= rank(peers[0] ?? '') + 3)
    const at = best.length > 0 ? turn % best.length : 0
    return [...best.slice(at), ...best.slice(0, at), ...peers.slice(best.length)]
  }

  /** Asks one after the other, and one more whenever those that were asked are silent; the first right answer ends it. */
  async #race(peers: readonly PeerId[], wanted: WantedBlob): Promise<Uint8Array | undefined> {
    const { scheduler, scores } = this.#parts
    const over = new AbortController()
    const { promise, resolve } = Promise.withResolvers<Uint8Array | undefined>()
    let [next, running] = [0, 0]
    const start = () => {
      const peer = peers[next++]
      if (peer === undefined || over.signal.aborted) {
        if (running === 0) resolve(undefined)
        return
      }
      running++
      const silence = onSilence(scheduler, STALL_MS, () => {
        scores.note(peer, 'slow', scheduler.now())
        start()
      })
      const options = { signal: over.signal, onProgress: silence.heard }
      void this.#attempt(peer, wanted, options).then((bytes) => {
        silence.end()
        running--
        if (bytes) resolve(bytes)
        else start()
      })
    }
    start()
    const bytes = await promise
    // An error with its stack for each of them would cost more than the rest of a small fetch.
    if (running > 0) over.abort(OVER)
    return bytes
  }

  async #attempt(
    peer: PeerId,
    wanted: WantedBlob,
    options: { readonly signal: AbortSignal; readonly onProgress: () => void },
  ): Promise<Uint8Array | undefined> {
    const { network, scheduler, scores, history, log } = this.#parts
    const { digest, size, entry, reasons } = wanted
    const begun = scheduler.now()
    const question = { digest, size, requestId: ++this.#requests }
    const answer = await askPeer({ network, scheduler }, peer, question, options).catch(() => undefined)
    const seconds = (scheduler.now() - begun) / 1000
    if (!answer || options.signal.aborted) {
      history.attempted(entry, { peer, reason: null, seconds })
      return undefined
    }
    if ('bytes' in answer) {
      scores.note(peer, 'served', scheduler.now())
      entry.peer = peer
      entry.bytes += answer.bytes.length
      return answer.bytes
    }
    const { lied, silent = false } = answer
    if (answer.reason !== 'not_found' && !silent) wanted.alive = true
    // It had begun: whoever looks for the cause looks elsewhere than where nothing ever came.
    const reason = answer.reason === 'timeout' && entry.bytes > 0 ? 'stalled' : answer.reason
    if (lied) log.warn({ action: 'content_refused', peer, reason, cid: cidOf(digest) })
    if (reason !== 'not_found') scores.note(peer, lied ? 'lied' : 'failed', scheduler.now())
    history.attempted(entry, { peer, reason, seconds })
    reasons.add(reason)
    return undefined
  }

  #wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.#parts.scheduler.after(milliseconds, resolve))
  }
}

function manifestOf(bytes: Uint8Array, content: ContentRef) {
  try {
    return readManifest(bytes, content)
  } catch {
    throw new FetchFailure('wrong_bytes')
  }
}
