import { seededRandom } from '@stoa/kernel'
import { describe, expect, test } from 'vitest'
import { peerOf, SimulatedCluster } from '../testing/simulated-cluster.ts'

const named = (count: number) => Array.from({ length: count }, (_, i) => `node${i}`)

/** So many nodes that know the first one, and a snapshot that it was given. */
async function clusterOf(
  count: number,
  seed: number,
): Promise<{ cluster: SimulatedCluster; names: string[] }> {
  const names = named(count)
  const cluster = new SimulatedCluster({ seed })
  const snapshot = cluster.issueMembers(names)
  for (const name of names) await cluster.start(name, names.slice(0, 1))
  await cluster.get('node0').node.take(snapshot.bytes)
  return { cluster, names }
}

const states = (cluster: SimulatedCluster) =>
  new Set(
    [...cluster.nodes.values()].map(
      ({ node }) => `${node.state.name} ${node.state.online}/${node.state.memberCount}`,
    ),
  )

describe.each([
  [3, 11],
  [10, 12],
  [30, 13],
])('%i nodes (seed %i)', (count, seed) => {
  test('one snapshot everywhere within 30 s, all healthy; after a partition within 90 s', {
    timeout: 240_000,
  }, async () => {
    const { cluster, names } = await clusterOf(count, seed)
    expect(await cluster.converge(30_000)).toBeLessThanOrEqual(30_000)
    await cluster.time.advance(40_000)
    expect(states(cluster)).toEqual(new Set([`healthy ${count}/${count}`]))

    const minority = names.slice(0, Math.floor(count / 2))
    const majority = names.slice(Math.floor(count / 2))
    cluster.network.partition(minority.map(peerOf), majority.map(peerOf))
    const gone = names.at(-1)!
    const older = cluster.issue({ add: [{ peer_id: peerOf('late'), name: 'late', addresses: [] }] })
    const newer = cluster.issue({ revoke: [{ peer_id: peerOf(gone), reason: 'lost' }] })
    await cluster.get(minority[0]!).node.take(older.bytes)
    await cluster.get(majority[0]!).node.take(newer.bytes)
    await cluster.time.advance(90_000)
    for (const name of minority) expect(cluster.get(name).node.state.name).toBe('degraded')
    cluster.network.heal()
    // Whoever was revoked is let in nowhere; with it all others agree.
    await cluster.converge(90_000)
    // Whoever was away is called again once a minute at the latest.
    await cluster.time.advance(100_000)
    const left = names.filter((name) => name !== gone)
    for (const name of left) {
      expect(cluster.get(name).membership.isRevoked(peerOf(gone))).toBe(true)
      expect(cluster.get(name).node.state.online).toBe(count - 1)
    }
    expect(cluster.get(gone).node.state.name).toBe('unconfigured')
    expect(cluster.get(gone).host.connected()).toEqual([])
  })
})

describe('ten nodes through a bad day', () => {
  test.each([21, 22, 23])(
    'killed, restarted, partitioned, clocks off: they agree at the end (seed %i)',
    async (seed) => {
      const { cluster, names } = await clusterOf(10, seed)
      const random = seededRandom(seed)
      const draw = (below: number) => random.fill(new Uint8Array(1))[0]! % below
      for (const name of names) cluster.skew(name, (draw(200) - 100) * 1000)
      await cluster.converge(60_000)
      for (let round = 0; round < 6; round++) {
        const one = names[1 + draw(names.length - 1)]!
        if (cluster.nodes.has(one)) cluster.kill(one)
        else await cluster.start(one, ['node0'])
        const cut = 1 + draw(names.length - 1)
        cluster.network.partition(names.slice(0, cut).map(peerOf), names.slice(cut).map(peerOf))
        const { bytes } = cluster.issue({
          add: [{ peer_id: peerOf(`guest${round}`), name: `guest${round}`, addresses: [] }],
        })
        const [someone] = [...cluster.nodes.values()].slice(draw(cluster.nodes.size))
        await cluster.time.until(someone!.node.take(bytes))
        await cluster.time.advance(20_000)
        if (draw(2) === 0) cluster.network.heal()
      }
      cluster.network.heal()
      for (const name of names) if (!cluster.nodes.has(name)) await cluster.start(name, ['node0'])
      await cluster.converge(180_000)
      await cluster.time.advance(90_000)
      for (const { node } of cluster.nodes.values()) expect(node.state.online).toBe(10)
    },
  )

  test('the same seed gives the same day', async () => {
    const day = async () => {
      const { cluster } = await clusterOf(3, 5)
      const took = await cluster.converge(60_000)
      await cluster.time.advance(60_000)
      return [took, cluster.views(), cluster.stores.get('node1')?.presence]
    }
    expect(await day()).toEqual(await day())
  })
})
