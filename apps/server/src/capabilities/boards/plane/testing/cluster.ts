import { createHash } from 'node:crypto'
import { seededRandom } from '@stoa/kernel'
import {
  type Author,
  authorOf,
  ContentHasher,
  type ContentRef,
  issueRecord,
  nextTime,
  type ReadRecord,
  type RecordBody,
} from '@stoa/records'
import { MemoryNetwork, type MemoryNetworkOptions } from '../../../../platform/peers/memory-network.ts'
import type { PeerHost } from '../../../../platform/peers/peers.ts'
import type { Scheduler } from '../../../../platform/peers/scheduler.ts'
import { VirtualTime } from '../../../../platform/peers/virtual-time.ts'
import type { ContentCounters } from '../../../../platform/telemetry/content.ts'
import { nativeSignatures } from '../../signatures.ts'
import { type KeptLine, keptLines } from '../../testing/kept-lines.ts'
import { Plane } from '../plane.ts'
import type { Members } from '../ports.ts'
import { MemoryShelves } from './memory-shelves.ts'
import { silentCounters } from './silent.ts'

const signatures = nativeSignatures()

/** A content of any size, as posts name it. */
export function contentOf(bytes: Uint8Array, type = 'text/markdown') {
  const hasher = new ContentHasher(() => createHash('sha256'))
  hasher.update(bytes)
  return { bytes, ...hasher.finish(type) }
}

/** One node of a simulated cluster; stopped and started again it keeps its shelves, as a disk does. */
export class SimulatedNode {
  readonly name: string
  readonly shelves: MemoryShelves
  readonly author: Author
  /** How far its clock is off, in milliseconds. */
  skew = 0
  /** Members of whom this node has not heard yet that they are. */
  readonly notYetMembers = new Set<string>()
  plane: Plane | undefined
  host: PeerHost | undefined
  /** What it logged since it was last started. */
  lines: readonly KeptLine[] = []
  readonly #cluster: SimulatedCluster

  constructor(cluster: SimulatedCluster, name: string) {
    this.#cluster = cluster
    this.name = name
    this.shelves = new MemoryShelves(name)
    this.author = authorOf(new Uint8Array(createHash('sha256').update(name).digest()))
  }

  get running(): boolean {
    return this.plane !== undefined
  }

  async start(counters: ContentCounters = silentCounters): Promise<void> {
    const { network, time, draw } = this.#cluster
    const members: Members = {
      isMember: (peer) => this.#cluster.members.isMember(peer) && !this.notYetMembers.has(peer),
      onMembershipChange: () => () => {},
    }
    this.host = network.node(this.name)
    const scheduler: Scheduler = {
      now: () => time.now() + this.skew,
      after: (ms, run) => time.after(ms, run),
    }
    const { log, lines } = keptLines()
    this.lines = lines
    this.plane = new Plane({
      ...{ network: this.host, members, scheduler, records: this.shelves, blobs: this.shelves },
      ...{ signatures, counters, log, draw, breathe: () => undefined },
    })
    await this.plane.start()
  }

  stop(): void {
    this.plane?.stop()
    this.plane = undefined
    this.#cluster.network.stop(this.name)
  }

  /** Signs and keeps a record as the capability does, and tells the others. */
  async write(boardId: string | null, body: RecordBody): Promise<ReadRecord> {
    const fold = boardId === null ? undefined : this.shelves.folds.get(boardId)
    const after = fold?.headsOf(this.author.id) ?? []
    const targets = 'target' in body ? [body.target] : 'root' in body ? [body.root, body.parent] : []
    const causes = [...after, ...targets].flatMap((id) => fold?.record(id) ?? [])
    const createdAt = nextTime(this.#cluster.time.now() + this.skew, causes)
    const record = issueRecord(this.author, { board: boardId, createdAt, after }, body, signatures)
    await this.shelves.keep([record])
    this.plane?.announce([record])
    return record
  }

  async post(boardId: string, text: string | Uint8Array): Promise<ReadRecord> {
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
    const { content, manifest } = contentOf(bytes)
    this.shelves.add(bytes, content, manifest)
    const title = typeof text === 'string' ? text.slice(0, 100) : 'Large'
    return this.write(boardId, { kind: 'post', title, content, media: [] })
  }

  async comment(boardId: string, root: string, text: string): Promise<ReadRecord> {
    const bytes = new TextEncoder().encode(text)
    const { content, manifest } = contentOf(bytes)
    this.shelves.add(bytes, content, manifest)
    return this.write(boardId, { kind: 'comment', root, parent: root, content, media: [] })
  }

  async has(content: ContentRef): Promise<boolean> {
    return (await this.shelves.whole([content.digest])).has(content.digest)
  }
}

/** A cluster in one process, on a network and in a time that are simulated: a run is repeated exactly from its seed. */
export class SimulatedCluster {
  readonly time = new VirtualTime()
  readonly network: MemoryNetwork
  readonly nodes: SimulatedNode[]
  readonly draw: () => number
  readonly strangers = new Set<string>()
  readonly members: Members

  constructor(size: number, seed: number, options: Partial<MemoryNetworkOptions> = {}) {
    const random = seededRandom(seed)
    this.draw = () => new DataView(random.fill(new Uint8Array(4)).buffer).getUint32(0) / 2 ** 32
    this.network = new MemoryNetwork({ scheduler: this.time, seed, ...options })
    this.nodes = Array.from({ length: size }, (_, n) => new SimulatedNode(this, `node-${n}`))
    this.members = {
      isMember: (peer) => !this.strangers.has(peer),
      onMembershipChange: () => () => {},
    }
  }

  async start(): Promise<void> {
    for (const node of this.nodes) await node.start()
    await this.connect()
  }

  /** Everybody calls everybody whom they are not connected to, as the control plane does. */
  async connect(): Promise<void> {
    const running = this.nodes.filter((node) => node.running)
    const calls = running.flatMap((a, n) =>
      running
        .slice(n + 1)
        .map(async (b) => a.host?.dial([`/memory/${b.name}/p2p/${b.name}`]).catch(() => undefined)),
    )
    await this.time.until(Promise.all(calls), 60_000)
  }

  pick<T>(list: readonly T[]): T {
    const one = list[Math.floor(this.draw() * list.length)]
    if (one === undefined) throw new Error('an empty list')
    return one
  }

  /** Lets time pass until all these nodes show the same boards and lack no body. Answers milliseconds; throws after `withinMs`. */
  async converged(nodes: readonly SimulatedNode[], withinMs: number): Promise<number> {
    const begun = this.time.now()
    for (;;) {
      const views = new Set(nodes.map((node) => node.shelves.view()))
      const missing = await Promise.all(nodes.map((node) => node.shelves.missingBodies()))
      if (views.size === 1 && missing.every((count) => count === 0)) return this.time.now() - begun
      if (this.time.now() - begun > withinMs)
        throw new Error(`${views.size} different views, bodies missing: ${missing.join()}`)
      await this.time.advance(500)
    }
  }
}
