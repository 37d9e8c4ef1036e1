import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { PeerAnswer } from '../../../platform/peers/peers.ts'
import type { SimulatedCluster, SimulatedNode } from './testing/cluster.ts'
import { answersSync, type Held, recordHolder } from './testing/record-holder.ts'
import { begin, storm } from './testing/storm.ts'
import { decodeFetchRequest, encodeFetchResponse, FETCH_PROTOCOL, SYNC_PROTOCOL } from './wire.ts'

/** SPEC A3, the same as among honest nodes. */
const BOUND_MS = 300_000
const LIMITS = { requestBytes: 1_048_576, answerBytes: 4_194_304, concurrentPerPeer: 64, deadlineMs: 60_000 }

interface Behaviour {
  readonly sync: (body: Uint8Array) => Promise<Uint8Array>
  readonly fetch: (body: Uint8Array) => Promise<PeerAnswer>
}

const has = (body: Uint8Array | undefined) => async (asked: Uint8Array) =>
  encodeFetchResponse({ ...decodeFetchRequest(asked), body })
const nothing = answersSync(recordHolder([]))
const noise = new TextEncoder().encode('noise')

/** Records that are none. */
const invented = (count: number): Held[] =>
  Array.from({ length: count }, (_, n) => ({
    id: createHash('sha256').update(`invented ${n}`).digest('hex'),
    createdAt: 1_700_000_000_000 + n * 1000,
    bytes: noise,
  }))

function behaviours({ time }: SimulatedCluster): Record<string, Behaviour> {
  const later = (milliseconds: number) =>
    new Promise<void>((resolve) => void time.after(milliseconds, () => resolve()))
  return {
    'sends noise': { sync: async () => noise, fetch: async () => noise },
    'sends other bytes': { sync: nothing, fetch: has(noise) },
    'claims what it does not bring': {
      sync: answersSync(recordHolder(invented(400), { on: { records: () => new Uint8Array() } })),
      fetch: has(undefined),
    },
    'brings what nobody can use': { sync: answersSync(recordHolder(invented(2000))), fetch: has(undefined) },
    'says nothing': { sync: () => new Promise(() => {}), fetch: () => new Promise(() => {}) },
    'is slow': {
      sync: async (body) => later(9_000).then(() => nothing(body)),
      fetch: async (body) => later(9_000).then(() => has(undefined)(body)),
    },
  }
}

/** Members all the same, connected to everybody: one of each kind for ten honest nodes. */
async function join(cluster: SimulatedCluster) {
  const liars = Object.entries(behaviours(cluster)).flatMap(([name, { sync, fetch }]) =>
    Array.from({ length: Math.ceil(cluster.nodes.length / 10) }, (_, n) => {
      const host = cluster.network.node(`${name} ${n}`)
      host.handle(SYNC_PROTOCOL, ({ body }) => sync(body), LIMITS)
      host.handle(FETCH_PROTOCOL, ({ body }) => fetch(body), LIMITS)
      return host
    }),
  )
  return async () => {
    const calls = liars.flatMap((liar) =>
      cluster.nodes.map(({ name }) => liar.dial([`/memory/${name}/p2p/${name}`]).catch(() => undefined)),
    )
    await cluster.time.until(Promise.all(calls), 60_000)
  }
}

test.each([
  [3, 41, 4],
  [10, 42, 3],
  [30, 43, 2],
])(
  '%i nodes, seed %i, show the same boards though others lie or are slow',
  {
    timeout: 120_000,
  },
  async (size, seed, rounds) => {
    const { cluster, boardId } = await begin(size, seed)
    const connect = await join(cluster)
    await connect()
    await storm(cluster, boardId, rounds)
    await connect()
    expect(await cluster.converged(cluster.nodes, BOUND_MS)).toBeLessThanOrEqual(BOUND_MS)
    const [first] = cluster.nodes as [SimulatedNode]
    expect(first.shelves.size).toBeGreaterThan(rounds * 8)
    const view = JSON.stringify(first.shelves.view())
    for (const { id } of invented(3)) expect(view).not.toContain(id)
    const scores = first.plane?.scores
    for (const liar of ['sends noise 0', 'brings what nobody can use 0'])
      expect(scores?.scoreOf(liar), liar).toBeLessThanOrEqual(-9)
  },
)
