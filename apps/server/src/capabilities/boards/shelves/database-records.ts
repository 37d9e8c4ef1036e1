import type { Clock } from '@stoa/kernel'
import type { ReconcileStorage } from '@stoa/reconcile'
import type { ReadRecord } from '@stoa/records'
import type { Database } from '../../../platform/database/database.ts'
import type { PeerId } from '../../../platform/peers/peers.ts'
import { boardSet } from '../events.ts'
import type { Folds } from '../folds.ts'
import type { KeyKeeper } from '../keys.ts'
import { receiveRecords } from '../ledger.ts'
import type { Breathe, RecordShelf, Scope } from '../plane/ports.ts'
import type { ReachWord } from '../plane/wire.ts'
import type { SearchWriter } from '../searchable.ts'
import { reachesSet, setReach } from '../store/boards.ts'
import { setPublicContents } from '../store/contents.ts'
import { peersInStep, putPeer, recordBytes } from '../store/plane.ts'
import { recordsHere } from '../store/records.ts'
import type { RecordIndex } from './record-index.ts'
import { type TenantScope, tenantScope } from './tenant-scope.ts'

/** Records of one transaction: the board is locked while it runs. */
const BATCH = 512
const MOST_REACHES = 1000
/** How exactly the last agreement with a peer is remembered over a restart. */
const IN_STEP_EVERY_MS = 20_000

interface Parts {
  readonly database: Database
  readonly tenantId: string
  readonly clock: Clock
  readonly folds: Folds
  readonly search: SearchWriter
  readonly keys: KeyKeeper
  readonly index: RecordIndex
  readonly breathe: Breathe
}

/** Records of the organisation whose boards travel. */
export class DatabaseRecords implements RecordShelf {
  readonly #parts: Parts
  readonly #scope: TenantScope
  readonly #authors = new Map<PeerId, string>()
  readonly #inStepAt = new Map<PeerId, number>()

  constructor(parts: Parts) {
    this.#parts = parts
    this.#scope = tenantScope(parts.database, parts.tenantId)
  }

  index(scope: Scope): Promise<ReconcileStorage> {
    return this.#parts.index.current(scope)
  }

  read(ids: readonly string[], scope: Scope): Promise<readonly Uint8Array[]> {
    return this.#scope.read((tx) => recordBytes(tx, ids, scope === 'public'))
  }

  async here(ids: readonly string[]): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set()
    return this.#scope.read((tx) => recordsHere(tx, ids))
  }

  async keep(records: readonly ReadRecord[], peerId: PeerId): Promise<readonly string[]> {
    const { clock, folds, search, breathe, tenantId } = this.#parts
    const fresh: string[] = []
    for (const [boardId, list] of Map.groupBy(records, ({ id, record }) => record.board ?? id)) {
      for (let at = 0; at < list.length; at += BATCH) {
        const place = { tenantId, boardId, peerId, at: new Date(clock.now()) }
        const part = list.slice(at, at + BATCH)
        const taken = await this.#scope.write((tx) => receiveRecords(tx, { folds, search }, place, part))
        fresh.push(...taken.map(({ id }) => id))
        await breathe()
      }
    }
    return fresh
  }

  reaches(): Promise<readonly ReachWord[]> {
    return this.#scope.read(async (tx) =>
      (await reachesSet(tx, MOST_REACHES)).map(({ id, reach, reach_at: at }) => ({ id, reach, at })),
    )
  }

  async learnReaches(words: readonly ReachWord[]): Promise<void> {
    const known = new Map((await this.reaches()).map((word) => [word.id, word]))
    const news = words.filter(({ id, reach, at }) => {
      const own = known.get(id)
      return own === undefined || own.at < at || (own.at === at && own.reach !== reach)
    })
    if (news.length === 0) return
    const changed = await this.#scope.write(async (tx) => {
      let count = 0
      for (const { id, reach, at } of news) {
        if (!(await setReach(tx, id, reach, at))) continue
        await setPublicContents(tx, id)
        await boardSet(tx, id)
        count++
      }
      return count
    })
    if (changed > 0) this.#parts.index.forgetPublic()
  }

  nodeAuthor(): Promise<string> {
    const { keys, tenantId } = this.#parts
    return this.#scope.write(async (tx) => (await keys.keyring(tx, tenantId, null)).authorId)
  }

  async learnNodeAuthor(peer: PeerId, author: string): Promise<void> {
    if (this.#authors.get(peer) === author) return
    await this.#putPeer(peer, author, null)
    this.#authors.set(peer, author)
  }

  async learnInStep(peer: PeerId, at: number): Promise<void> {
    const before = this.#inStepAt.get(peer)
    if (before !== undefined && at - before < IN_STEP_EVERY_MS) return
    await this.#putPeer(peer, null, new Date(at))
    this.#inStepAt.set(peer, at)
  }

  async #putPeer(id: PeerId, author: string | null, inStepAt: Date | null): Promise<void> {
    const { tenantId, clock } = this.#parts
    const at = new Date(clock.now())
    await this.#scope.write((tx) => putPeer(tx, tenantId, { id, author, inStepAt, at }))
  }

  async peersKnown(): Promise<ReadonlyMap<PeerId, number>> {
    const rows = await this.#scope.read(peersInStep)
    return new Map(rows.map(({ peer_id, in_step_at }) => [peer_id, in_step_at.getTime()]))
  }
}
