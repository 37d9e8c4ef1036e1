import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto'
import { silentLogger, systemClock, systemRandom } from '@stoa/kernel'
import { authorOf, issueRecord, type ReadRecord, type SignatureScheme } from '@stoa/records'
import { Folds } from '@stoa/server/capabilities/boards/folds.ts'
import { KeyKeeper } from '@stoa/server/capabilities/boards/keys.ts'
import { Plane } from '@stoa/server/capabilities/boards/plane/plane.ts'
import { MemoryShelves } from '@stoa/server/capabilities/boards/plane/testing/memory-shelves.ts'
import { silentCounters } from '@stoa/server/capabilities/boards/plane/testing/silent.ts'
import { DatabaseRecords } from '@stoa/server/capabilities/boards/shelves/database-records.ts'
import { RecordIndex } from '@stoa/server/capabilities/boards/shelves/record-index.ts'
import { pooledSignatures } from '@stoa/server/capabilities/boards/signatures.ts'
import { MemoryNetwork } from '@stoa/server/platform/peers/memory-network.ts'
import type { PeerNetwork } from '@stoa/server/platform/peers/peers.ts'
import { systemScheduler } from '@stoa/server/platform/peers/scheduler.ts'
import { createPostgresSearch } from '@stoa/server/platform/search/postgres/postgres-search.ts'
import type { Bench, Figure } from '../../tools/bench/row.ts'
import { type Installation, startInstallation } from '../support/installation.ts'

const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const signatures = pooledSignatures()
/** Missed by a node that has the rest already. */
const LATER = 500
const everybody = { isMember: () => true, onMembershipChange: () => () => {} }

/** Makes tens of thousands of signatures: reads each key once, and leaves verifying to whoever gets them. */
function bulkSignatures(): SignatureScheme {
  const keys = new Map<Uint8Array, KeyObject>()
  const keyOf = (secret: Uint8Array): KeyObject => {
    const known = keys.get(secret)
    if (known) return known
    const key = createPrivateKey({ key: Buffer.concat([PKCS8, secret]), format: 'der', type: 'pkcs8' })
    keys.set(secret, key)
    return key
  }
  return {
    sign: (message, secret) => new Uint8Array(sign(null, message, keyOf(secret))),
    verify: () => true,
  }
}

/** A board and so many posts on it by ten people. */
function posts(count: number): ReadRecord[] {
  const bulk = bulkSignatures()
  const people = Array.from({ length: 10 }, (_, n) => authorOf(new Uint8Array(32).fill(n + 1)))
  const start = systemClock.now() - count * 1000
  const [owner] = people as [(typeof people)[0]]
  const begin = { board: null, createdAt: start, after: [] }
  const board = issueRecord(owner, begin, { kind: 'board', title: 'Bench', access: 'open' }, bulk)
  const after = new Map(people.map(({ id }) => [id, [] as string[]]))
  const written = Array.from({ length: count }, (_, n) => {
    const author = people[n % people.length] ?? owner
    const digest = createHash('sha256').update(`post ${n}`).digest('hex')
    const content = { digest, size: 4096, type: 'text/markdown' }
    const envelope = { board: board.id, createdAt: start + n * 1000 + 1, after: after.get(author.id) ?? [] }
    const post = issueRecord(author, envelope, { kind: 'post', title: `Post ${n}`, content, media: [] }, bulk)
    after.set(author.id, [post.id])
    return post
  })
  return [board, ...written]
}

/** The same network, and the bytes that came over it. */
function counting(network: PeerNetwork): { network: PeerNetwork; bytes: () => number } {
  let bytes = 0
  const counted = Object.create(network) as PeerNetwork
  counted.request = async (...args) => {
    const answer = await network.request(...args)
    bytes += answer.length + args[2].length
    return answer
  }
  return {
    network: {
      self: network.self,
      connected: () => network.connected(),
      onChange: (listener) => network.onChange(listener),
      handle: (...args) => network.handle(...args),
      request: counted.request,
    },
    bytes: () => bytes,
  }
}

interface Side {
  readonly network: MemoryNetwork
  readonly records: MemoryShelves
}

async function databaseRecords({ database, tenant }: Installation) {
  const { tenantId } = tenant
  const breathe = () => new Promise<void>((resolve) => setImmediate(resolve))
  const index = await RecordIndex.open(database, tenantId, silentLogger, breathe)
  const keys = new KeyKeeper({ secret: new Uint8Array(32), clock: systemClock, random: systemRandom })
  const shared = { database, tenantId, clock: systemClock, keys, index, breathe }
  const records = new DatabaseRecords({ ...shared, folds: new Folds(), search: createPostgresSearch() })
  return { index, records }
}

function planeOf(network: PeerNetwork, records: MemoryShelves | DatabaseRecords) {
  return new Plane({
    // Bodies are no part of this: neither side has any, nor wants them.
    ...{ network, records, blobs: new MemoryShelves('bodies'), signatures, members: everybody },
    ...{ scheduler: systemScheduler, counters: silentCounters, log: silentLogger, draw: () => 0.5 },
    breathe: () => new Promise<void>((resolve) => setImmediate(resolve)),
  })
}

/** Lets the node meet the other until it is in step: everything is in its database then. */
async function catchUp(there: Side, records: DatabaseRecords, index: RecordIndex) {
  const { network } = there
  const giver = planeOf(network.node('there'), there.records)
  const host = network.node('here')
  const counted = counting(host)
  const plane = planeOf(counted.network, records)
  await giver.start()
  await plane.start()
  const began = performance.now()
  const cpu = process.cpuUsage()
  await host.dial(['/memory/there/p2p/there'])
  // The index is asked at the end alone, for asking it costs the database something.
  while (!plane.states.all().some(({ inStep }) => inStep))
    await new Promise((resolve) => setTimeout(resolve, 10))
  const seconds = (performance.now() - began) / 1000
  const { user, system } = process.cpuUsage(cpu)
  const held = (await index.current('members')).size
  plane.stop()
  giver.stop()
  for (const name of ['here', 'there']) network.stop(name)
  return { seconds, milliseconds: (user + system) / 1000, bytes: counted.bytes(), held }
}

/** A node comes back after others posted: until its index, in PostgreSQL, is complete, and what that takes of the network. */
export const run: Bench = async ({ quick, size, log }) => {
  await using installation = await startInstallation()
  const count = size ?? (quick ? 2_000 : 50_000)
  const all = posts(count + LATER)
  log(`${all.length} records signed`)
  const there: Side = {
    network: new MemoryNetwork({ scheduler: systemScheduler, latencyMs: [0, 1] }),
    records: new MemoryShelves('there'),
  }
  const { index, records } = await databaseRecords(installation)
  const rows: Figure[] = []
  const meet = async (missed: readonly ReadRecord[], name: string) => {
    await there.records.keep(missed)
    const before = (await index.current('members')).size
    const { seconds, milliseconds, bytes, held } = await catchUp(there, records, index)
    if (held !== before + missed.length) throw new Error(`In step with ${held - before} of ${missed.length}.`)
    const one = { case: name }
    rows.push(
      { ...one, metric: 'time until the index is complete', value: seconds, unit: 's' },
      {
        ...one,
        metric: 'CPU of both nodes without the database',
        value: milliseconds / missed.length,
        unit: 'ms a post',
      },
      {
        ...one,
        metric: 'bytes',
        value: bytes,
        unit: 'B',
        peer: 'the records themselves',
        peerValue: missed.reduce((sum, record) => sum + record.bytes.length, 0),
      },
    )
  }
  await meet(all.slice(0, count + 1), `${count} posts behind, of as many`)
  await meet(all.slice(count + 1), `${LATER} posts behind, of ${count + LATER}`)
  return rows
}
