import { createHash } from 'node:crypto'
import { ReconcileError, Responder, type SessionTally } from '@stoa/reconcile'
import { encodeCanonical } from '@stoa/records'
import { PeerRefusal } from '../../../platform/peers/errors.ts'
import type { PeerId, PeerRequest, ProtocolLimits } from '../../../platform/peers/peers.ts'
import type { Scheduler } from '../../../platform/peers/scheduler.ts'
import type { ContentCounters } from '../../../platform/telemetry/content.ts'
import { toHex } from '../hex.ts'
import type { Budget } from './budget.ts'
import type { Members, RecordShelf, Scope } from './ports.ts'
import {
  decodeSyncRequest,
  encodeHello,
  encodePart,
  encodeRecords,
  FRAME_BYTES,
  type Hello,
  MAX_FRAME_BYTES,
  MAX_PART,
  MAX_RECORD_BYTES,
  type Part,
  type ReachWord,
  type SyncRequest,
} from './wire.ts'

export const SYNC_LIMITS: ProtocolLimits = {
  requestBytes: MAX_RECORD_BYTES + 65_536,
  answerBytes: MAX_RECORD_BYTES + 65_536,
  concurrentPerPeer: 8,
  deadlineMs: 20_000,
}

const RESPONDER_LIMITS = { frameLimit: FRAME_BYTES, maxMessageBytes: MAX_FRAME_BYTES, maxRanges: 8192 }
const MOST_SESSIONS = 256

interface Parts {
  readonly records: RecordShelf
  readonly members: Members
  readonly budget: Budget
  readonly counters: ContentCounters
  readonly scheduler: Scheduler
  /** Takes records that a member has just written. */
  readonly onPushed: (peer: PeerId, records: readonly Uint8Array[]) => Promise<void>
  /** Takes reaches that a member has just set. */
  readonly onReaches: (reaches: readonly ReachWord[]) => Promise<void>
  /** Told when a peer asks what no honest one does; the reason is an error's code. */
  readonly onLie: (peer: PeerId, reason: string) => void
}

/** What is kept between messages: numbers alone, so that what a peer asks about takes no memory (SYNC-8). */
interface Session {
  readonly id: number
  readonly tally: SessionTally
}

/** Answers other nodes that compare what they hold with what is here. One session a peer. */
export class SyncServer {
  readonly #parts: Parts
  readonly #sessions = new Map<PeerId, Session>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  get sessions(): ReadonlyMap<PeerId, Session> {
    return this.#sessions
  }

  readonly handle = async ({ peer, body }: PeerRequest): Promise<Uint8Array> => {
    const { budget, scheduler, counters, members } = this.#parts
    const request = this.#read(body)
    try {
      budget.request(peer, scheduler.now())
    } catch (error) {
      counters.served('sync', 'refused', 0)
      throw error
    }
    const answer = await this.#answer(peer, request, members.isMember(peer) ? 'members' : 'public')
    budget.bytes(peer, body.length + answer.length, scheduler.now())
    counters.served('sync', 'ok', answer.length)
    return answer
  }

  #read(body: Uint8Array): SyncRequest {
    try {
      return decodeSyncRequest(body)
    } catch (cause) {
      throw this.#malformed(cause)
    }
  }

  #malformed(cause: unknown): PeerRefusal {
    this.#parts.counters.served('sync', 'malformed', 0)
    return new PeerRefusal('malformed', 'This is no message of the protocol.', cause)
  }

  async #answer(peer: PeerId, request: SyncRequest, scope: Scope): Promise<Uint8Array> {
    const { records, onPushed, onReaches } = this.#parts
    switch (request.op) {
      case 'hello':
        return encodeHello(await helloOf(records, scope))
      case 'reconcile':
        return this.#reconcile(peer, request, scope)
      case 'records':
        return encodeRecords(fitting(await records.read(request.ids, scope)))
      case 'range':
        return encodePart(await partOf(records, request, scope))
      case 'push':
        checkMember(scope)
        await onPushed(peer, request.records)
        return encodeCanonical({ taken: request.records.length })
      case 'reaches':
        checkMember(scope)
        await onReaches(request.reaches)
        return encodeCanonical({ taken: request.reaches.length })
    }
  }

  async #reconcile(
    peer: PeerId,
    { session, message }: Extract<SyncRequest, { op: 'reconcile' }>,
    scope: Scope,
  ): Promise<Uint8Array> {
    // As of now: what the peer may see may have changed since its last message (EXCH-5).
    const index = await this.#parts.records.index(scope)
    const { tally } = this.#session(peer, session)
    try {
      return encodeCanonical({ message: new Responder(index, RESPONDER_LIMITS, tally).respond(message) })
    } catch (cause) {
      this.#sessions.delete(peer)
      throw this.#refused(peer, cause)
    }
  }

  #session(peer: PeerId, id: number): Session {
    const known = this.#sessions.get(peer)
    if (known?.id === id) return known
    const begun = { id, tally: { rounds: 0, listed: 0 } }
    this.#sessions.delete(peer)
    this.#sessions.set(peer, begun)
    if (this.#sessions.size > MOST_SESSIONS) this.#sessions.delete(this.#sessions.keys().next().value ?? '')
    return begun
  }

  #refused(peer: PeerId, cause: unknown): PeerRefusal {
    const isLimit = cause instanceof ReconcileError && cause.code === 'reconcile.limit_exceeded'
    if (!isLimit) return this.#malformed(cause)
    this.#parts.counters.served('sync', 'refused', 0)
    this.#parts.onLie(peer, cause.code)
    return new PeerRefusal('limit_exceeded', 'More than one comparison may ask.', cause)
  }
}

function checkMember(scope: Scope): void {
  if (scope !== 'members')
    throw new PeerRefusal('not_a_member', 'Only members of the cluster bring anything.')
}

async function helloOf(records: RecordShelf, scope: Scope): Promise<Hello> {
  const index = await records.index(scope)
  const member = scope === 'members'
  return {
    records: index.size,
    fingerprint: toHex(index.fingerprint(0, index.size)),
    nodeAuthor: member ? await records.nodeAuthor() : null,
    reaches: member ? await records.reaches() : [],
  }
}

/** The newest records of a range. */
async function partOf(
  records: RecordShelf,
  { from, to }: Extract<SyncRequest, { op: 'range' }>,
  scope: Scope,
): Promise<Part> {
  const index = await records.index(scope)
  const low = index.lowerBound(from, 0)
  const high = index.lowerBound(to, low)
  const start = Math.max(low, high - MAX_PART)
  const held = Array.from({ length: high - start }, (_, n) => {
    const at = high - 1 - n
    return {
      id: toHex(index.idAt(at)),
      place: { timestamp: index.timestampAt(at), prefix: index.idAt(at).slice() },
    }
  })
  const found = await records.read(
    held.map(({ id }) => id),
    scope,
  )
  const fit = fitting(found)
  const last = fit.length < found.length ? idOf(fit.at(-1)) : held.at(-1)?.id
  const given = held.findIndex(({ id }) => id === last) + 1
  const left = high - given - low
  return { records: fit, left, next: left > 0 ? (held[given - 1]?.place ?? null) : null }
}

const idOf = (bytes: Uint8Array | undefined): string | undefined =>
  bytes && createHash('sha256').update(bytes).digest('hex')

/** As many as fit into one answer, and one at least. */
function fitting(records: readonly Uint8Array[]): readonly Uint8Array[] {
  let bytes = 0
  const fit = records.findIndex((one) => {
    bytes += one.length + 8
    return bytes > MAX_RECORD_BYTES
  })
  return fit < 0 ? records : records.slice(0, Math.max(1, fit))
}
