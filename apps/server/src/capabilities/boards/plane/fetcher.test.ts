import { expect, test } from 'vitest'
import { contentOf, SimulatedCluster, type SimulatedNode } from './testing/cluster.ts'

test('what waits for its turn here is not held against the peer', async () => {
  const cluster = new SimulatedCluster(2, 1, { latencyMs: [400, 400] })
  await cluster.start()
  const [giver, taker] = cluster.nodes as [SimulatedNode, SimulatedNode]
  const contents = Array.from({ length: 200 }, (_, n) => {
    const { bytes, content } = contentOf(new TextEncoder().encode(`body ${n}`))
    giver.shelves.add(bytes, content, undefined)
    return content
  })
  const before = cluster.time.now()
  const fetches = Promise.all(contents.map((content) => taker.plane?.fetcher.fetch(content)))
  expect(new Set(await cluster.time.until(fetches, 60_000))).toEqual(new Set([null]))
  expect(cluster.time.now() - before).toBeGreaterThan(3_000)
  expect(taker.plane?.scores.scoreOf(giver.name)).toBe(10)
})
