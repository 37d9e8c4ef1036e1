import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { SimulatedCluster, SimulatedNode } from './testing/cluster.ts'
import { type Held, recordHolder } from './testing/record-holder.ts'
import { answering, type Script, scriptedNode, silent } from './testing/scripted-node.ts'
import { begin, storm } from './testing/storm.ts'
import { encodeRecords } from './wire.ts'

/** SPEC A3, the same as among honest nodes. */
const BOUND_MS = 300_000
const nothing = recordHolder([])
const noise = new TextEncoder().encode('noise')

/** Records that are none. */
const invented = (count: number): Held[] =>
  Array.from({ length: count }, (_, n) => ({
    id: createHash('sha256').update(`invented ${n}`).digest('hex'),
    createdAt: 1_700_000_000_000 + n * 1000,
    bytes: noise,
  }))

function scripts({ time }: SimulatedCluster): Record<string, Script> {
  const later = (milliseconds: number) =>
    new Promise<void>((resolve) => void time.after(milliseconds, () => resolve()))
  const nowhere = answering(() => undefined)
  return {
    'sends noise': { sync: () => noise, fetch: async () => noise },
    'sends other bytes': { sync: nothing, fetch: answering(() => noise) },
    'claims what it does not bring': {
      sync: recordHolder(invented(400), { on: { records: () => encodeRecords([]) } }),
      fetch: nowhere,
    },
    'brings what nobody can use': { sync: recordHolder(invented(2000)), fetch: nowhere },
    'says nothing': { sync: silent, fetch: silent },
    'is slow': {
      sync: (request) => later(9_000).then(() => nothing(request)),
      fetch: (digest, request) => later(9_000).then(() => nowhere(digest, request)),
    },
  }
}

/** Members all the same, connected to everybody: one of each kind for ten honest nodes. */
async function join(cluster: SimulatedCluster) {
  const liars = Object.entries(scripts(cluster)).flatMap(([name, script]) =>
    Array.from({ length: Math.ceil(cluster.nodes.length / 10) }, (_, n) =>
      scriptedNode(cluster.network, `${name} ${n}`, script),
    ),
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
    for (const slow of ['says nothing 0', 'is slow 0'])
      expect(scores?.isAside(slow, cluster.time.now()), slow).toBe(false)
  },
)
