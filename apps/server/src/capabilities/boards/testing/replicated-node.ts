import { randomBytes } from 'node:crypto'
import { type Clock, systemRandom } from '@stoa/kernel'
import {
  type Author,
  authorOf,
  type ContentRef,
  issueRecord,
  nextTime,
  type ReadRecord,
  type RecordBody,
} from '@stoa/records'
import { MemoryBlobs } from '../../../platform/blobs/memory/memory-blobs.ts'
import { UrlSigner } from '../../../platform/blobs/signed/grant.ts'
import type { Database, Tx } from '../../../platform/database/database.ts'
import type { PeerHost } from '../../../platform/peers/peers.ts'
import { systemScheduler } from '../../../platform/peers/scheduler.ts'
import { Folds } from '../folds.ts'
import { KeyKeeper } from '../keys.ts'
import { receiveRecords } from '../ledger.ts'
import { contentOf } from '../plane/testing/cluster.ts'
import { silentCounters } from '../plane/testing/silent.ts'
import { Replication } from '../replication.ts'
import type { SearchWriter } from '../searchable.ts'
import { nativeSignatures } from '../signatures.ts'
import type { Policy } from '../store/boards.ts'
import { putInline } from '../store/contents.ts'
import { type KeptLine, keptLines } from './kept-lines.ts'

const signatures = nativeSignatures()
const clock: Clock = { now: () => systemScheduler.now() }
const search: SearchWriter = { putDocuments: async () => {}, removeDocuments: async () => {} }
const everybody = { isMember: () => true, onMembershipChange: () => () => {} }

export interface ReplicatedNodeOptions {
  readonly database: Database
  /** The organisation whose boards travel: nodes of one test are organisations of one database. */
  readonly tenantId: string
  readonly host: PeerHost
  readonly policy?: Policy
  /** Bytes of content that are kept. */
  readonly budget?: number
}

/** What a post or comment says, and when by whom. */
export interface Saying {
  /** Milliseconds since 1970; now. */
  readonly at?: number
  /** The node's own. */
  readonly author?: Author
}

/** The content plane of one node over a real database, on a network in memory. */
export class ReplicatedNode {
  readonly replication: Replication
  readonly author = newAuthor()
  readonly lines: readonly KeptLine[]
  readonly host: PeerHost
  readonly #folds = new Folds()
  readonly #options: ReplicatedNodeOptions

  constructor(options: ReplicatedNodeOptions) {
    this.#options = options
    const { database, tenantId, host, policy = 'all', budget = 1_000_000 } = options
    this.host = host
    const { log, lines } = keptLines()
    this.lines = lines
    const signer = new UrlSigner({ keys: [new Uint8Array(32)], basePath: '/blobs', clock })
    this.replication = new Replication({
      ...{ database, clock, random: systemRandom, log, search, signatures, folds: this.#folds },
      blobs: new MemoryBlobs({ signer, clock }),
      keys: new KeyKeeper({ secret: new Uint8Array(32).fill(7), clock, random: systemRandom }),
      counters: silentCounters,
      settings: { tenantId, policy, budget },
      boardNetwork: { network: host, members: everybody },
    })
  }

  async start(): Promise<this> {
    await this.replication.start()
    return this
  }

  /** Digests of what was asked of other nodes, the last first. */
  get fetched(): readonly string[] {
    return this.replication.running?.plane.history.entries.map(({ digest }) => digest) ?? []
  }

  /** A transaction of this node's organisation. */
  tx<T>(run: (tx: Tx) => Promise<T>): Promise<T> {
    const { database, tenantId } = this.#options
    return database.tenant({ tenantId, accountId: null }, run)
  }

  /** Signs and keeps a record, and tells the others: also one that does not count. */
  async write(
    boardId: string | null,
    body: RecordBody,
    { at = clock.now(), author = this.author }: Saying = {},
  ): Promise<ReadRecord> {
    const { tenantId } = this.#options
    const record = await this.tx(async (tx) => {
      const fold = boardId === null ? undefined : (await this.#folds.borrow(tx, tenantId, boardId))?.fold
      const after = fold?.headsOf(author.id) ?? []
      const causes = after.flatMap((id) => fold?.record(id) ?? [])
      const envelope = { board: boardId, createdAt: nextTime(at, causes), after }
      const issued = issueRecord(author, envelope, body, signatures)
      const place = { tenantId, boardId: boardId ?? issued.id, at: new Date(clock.now()), peerId: null }
      await receiveRecords(tx, { folds: this.#folds, search }, place, [issued])
      return issued
    })
    this.replication.announce(tenantId, [record])
    return record
  }

  /** A post with its body. */
  async post(boardId: string, text: string, saying: Saying = {}): Promise<ContentRef> {
    const bytes = new TextEncoder().encode(text)
    const { content } = contentOf(bytes)
    const kept = { authored: true, at: new Date(clock.now()) }
    await this.tx((tx) => putInline(tx, this.#options.tenantId, content, bytes, kept))
    await this.write(boardId, { kind: 'post', title: text.slice(0, 100), content, media: [] }, saying)
    return content
  }
}

export const newAuthor = (): Author => authorOf(new Uint8Array(randomBytes(32)))
