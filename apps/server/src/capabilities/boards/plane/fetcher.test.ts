import { silentLogger } from '@stoa/kernel'
import { expect, test } from 'vitest'
import type { PeerNetwork, RequestOptions } from '../../../platform/peers/peers.ts'
import { VirtualTime } from '../../../platform/peers/virtual-time.ts'
import { Fetcher } from './fetcher.ts'
import { FetchHistory } from './history.ts'
import { PeerScores } from './peer-scores.ts'
import { contentOf, SimulatedCluster, type SimulatedNode } from './testing/cluster.ts'
import { MemoryShelves } from './testing/memory-shelves.ts'
import { silentCounters } from './testing/silent.ts'
import { decodeFetchRequest, encodeFetchResponse } from './wire.ts'

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
  const fetches = Promise.all(contents.map((content) => taker.plane!.fetcher.fetch(content)))
  expect(new Set(await cluster.time.until(fetches, 60_000))).toEqual(new Set([null]))
  expect(cluster.time.now() - before).toBeGreaterThan(3_000)
  expect(taker.plane?.scores.scoreOf(giver.name)).toBe(10)
})

/** A peer whose answer takes ten seconds to arrive, a little every second or all at the end. */
function fetcherOverSlowLine(trickles: boolean) {
  const time = new VirtualTime()
  const scores = new PeerScores()
  const { bytes, content } = contentOf(new TextEncoder().encode('a body'))
  const request = async (_peer: string, _protocol: string, asked: Uint8Array, options?: RequestOptions) => {
    for (let second = 0; second < 10; second++) {
      await new Promise<void>((resolve) => time.after(1_000, resolve))
      if (trickles) options?.onProgress?.()
    }
    return Buffer.concat(encodeFetchResponse({ ...decodeFetchRequest(asked), body: bytes }))
  }
  const connection = { peer: 'far', address: '', path: 'direct', since: 0, roundTripMs: undefined } as const
  const network: PeerNetwork = {
    ...{ self: 'here', connected: () => [connection], onChange: () => () => {}, handle: () => () => {} },
    request,
  }
  const fetcher = new Fetcher({
    ...{ network, scheduler: time, scores, counters: silentCounters, log: silentLogger },
    members: { isMember: () => true, onMembershipChange: () => () => {} },
    ...{ blobs: new MemoryShelves('here'), history: new FetchHistory(), draw: () => 0.5 },
  })
  return { fetch: () => time.until(fetcher.fetch(content), 60_000), scores }
}

test('a slow line on which something arrives is no silent peer', async () => {
  const { fetch, scores } = fetcherOverSlowLine(true)
  expect(await fetch()).toBeNull()
  expect(scores.scoreOf('far')).toBe(1)
})

test('a peer that says nothing for long is slow, and its answer is taken all the same', async () => {
  const { fetch, scores } = fetcherOverSlowLine(false)
  expect(await fetch()).toBeNull()
  expect(scores.scoreOf('far')).toBe(-1)
})
