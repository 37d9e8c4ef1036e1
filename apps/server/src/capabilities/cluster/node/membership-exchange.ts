import { MembershipError, type ReadSnapshot } from '@stoa/membership'
import { PeerError } from '../../../platform/peers/errors.ts'
import type { PeerId, PeerRequest } from '../../../platform/peers/peers.ts'
import type { NodeParts } from './parts.ts'
import { LIMITS, PULL, PUSH } from './protocols.ts'
import { refuse } from './refuse.ts'

const NOTHING = new Uint8Array()

/**
 * Keeps the snapshot in force the same everywhere: pulled on connecting and whenever a heartbeat names another one, pushed
 * to all who are connected when it changed. A snapshot is whole, so it does not matter what was missed.
 */
export class MembershipExchange {
  readonly #parts: NodeParts
  readonly #onChange: (read: ReadSnapshot) => void
  readonly #pulling = new Map<PeerId, Promise<void>>()
  #applying: Promise<unknown> = Promise.resolve()
  /** The snapshot in force that could not be written yet. */
  #unkept: ReadSnapshot | undefined
  #stops: (() => void)[] = []

  constructor(parts: NodeParts, onChange: (read: ReadSnapshot) => void) {
    this.#parts = parts
    this.#onChange = onChange
  }

  start(): void {
    const { host } = this.#parts
    this.#stops = [
      host.handle(PULL, (request) => this.#answerPull(request), LIMITS[PULL]),
      host.handle(PUSH, (request) => this.#answerPush(request), LIMITS[PUSH]),
      host.onChange((change) => {
        if (change.kind === 'connected') void this.pull(change.connection.peer)
      }),
    ]
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop()
  }

  /** Takes a snapshot from wherever it came. @throws MembershipError why it is not in force now */
  take(bytes: Uint8Array, from: PeerId | undefined): Promise<ReadSnapshot> {
    const taken = this.#applying.then(() => this.#apply(bytes, from))
    this.#applying = taken.catch(() => {})
    return taken
  }

  /** Asks a peer for its snapshot; one question at a time. */
  pull(peer: PeerId): Promise<void> {
    const going = this.#pulling.get(peer)
    if (going) return going
    const pulling = this.#pull(peer)
      .catch((error: unknown) =>
        this.#parts.log.debug({ action: 'pull_snapshot_failed', peer, error: String(error) }),
      )
      .finally(() => this.#pulling.delete(peer))
    this.#pulling.set(peer, pulling)
    return pulling
  }

  /** Pulls from all who are connected, and writes what could not be written before. */
  async catchUp(): Promise<void> {
    if (this.#unkept) await this.#keep(this.#unkept)
    await Promise.all(this.#parts.host.connected().map(({ peer }) => this.pull(peer)))
  }

  async #pull(peer: PeerId): Promise<void> {
    const { host, membership } = this.#parts
    const bytes = await host.request(peer, PULL, membership.current?.hash ?? NOTHING)
    if (bytes.length === 0) return
    try {
      await this.take(bytes, peer)
    } catch (error) {
      if (!(error instanceof MembershipError) || error.code !== 'membership.stale')
        throw refuse(this.#parts, peer, 'snapshot', error)
    }
  }

  async #answerPull({ body }: PeerRequest): Promise<Uint8Array> {
    const current = this.#parts.membership.current
    return current === undefined || Buffer.compare(body, current.hash) === 0 ? NOTHING : current.bytes
  }

  async #answerPush({ peer, body }: PeerRequest): Promise<Uint8Array> {
    try {
      if (this.#parts.membership.isRevoked(peer))
        throw new MembershipError('membership.revoked', `${peer} was revoked.`)
      await this.take(body, peer)
      return NOTHING
    } catch (error) {
      throw refuse(this.#parts, peer, 'snapshot', error)
    }
  }

  async #apply(bytes: Uint8Array, from: PeerId | undefined): Promise<ReadSnapshot> {
    const { membership, scheduler, log } = this.#parts
    if (this.#unkept && Buffer.compare(bytes, this.#unkept.bytes) === 0) {
      const waiting = this.#unkept
      await this.#keep(waiting)
      return waiting
    }
    const read = membership.apply(bytes, scheduler.now())
    const { issued_at, issuer_peer_id, members, revoked } = read.snapshot
    log.info({
      action: from === undefined ? 'apply_snapshot' : 'apply_snapshot_push',
      from,
      hash: hex(read.hash),
      issued_at,
      issuer: issuer_peer_id,
      members: members.length,
      revoked: revoked.length,
    })
    this.#unkept = read
    this.#onChange(read)
    this.#pushToAll(read, from)
    await this.#keep(read)
    return read
  }

  async #keep(read: ReadSnapshot): Promise<void> {
    const { store, membership, scheduler } = this.#parts
    await store.keepSnapshot(membership.clusterId, read, scheduler.now())
    if (this.#unkept === read) this.#unkept = undefined
  }

  #pushToAll({ bytes }: ReadSnapshot, except: PeerId | undefined): void {
    const { host, log } = this.#parts
    for (const { peer } of host.connected()) {
      if (peer === except) continue
      host.request(peer, PUSH, bytes).catch((error: unknown) => {
        // Most have it already from somebody else; others pull it when they hear our heartbeat.
        const reason = error instanceof PeerError ? (error.reason ?? error.code) : String(error)
        if (reason !== 'membership.stale') log.debug({ action: 'push_snapshot_failed', peer, reason })
      })
    }
  }
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
