import { createHash } from 'node:crypto'
import { silentLogger } from '@stoa/kernel'
import type { ContentRef } from '@stoa/records'
import { expect, test } from 'vitest'
import type { PeerNetwork, RequestOptions } from '../../../platform/peers/peers.ts'
import { VirtualTime } from '../../../platform/peers/virtual-time.ts'
import { Fetcher } from './fetcher.ts'
import { FetchHistory } from './history.ts'
import { PeerScores } from './peer-scores.ts'
import { contentOf, SimulatedCluster, type SimulatedNode } from './testing/cluster.ts'
import { MemoryShelves } from './testing/memory-shelves.ts'
import { recordHolder } from './testing/record-holder.ts'
import { answering, holding, type Script, scriptedNode, silent } from './testing/scripted-node.ts'
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
  const { bytes, content } = contentOf(new TextEncoder().encode('a body'))
  const request = async (_peer: string, _protocol: string, asked: Uint8Array, options?: RequestOptions) => {
    for (let second = 0; second < 10; second++) {
      await new Promise<void>((resolve) => time.after(1_000, resolve))
      if (trickles) options?.onProgress?.()
    }
    return Buffer.concat(encodeFetchResponse({ ...decodeFetchRequest(asked), body: bytes }))
  }
  return fetcherOver(request, time, { content })
}

function fetcherOver(
  request: PeerNetwork['request'],
  time = new VirtualTime(),
  { content }: { content: ContentRef } = contentOf(new TextEncoder().encode('a body')),
) {
  const scores = new PeerScores()
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

test('FETCH-3: what has the right hash and not the size that the record declares is not used', async () => {
  const { bytes, content } = contentOf(new TextEncoder().encode('a body'))
  const request: PeerNetwork['request'] = async (_peer, _protocol, asked) =>
    Buffer.concat(encodeFetchResponse({ ...decodeFetchRequest(asked), body: bytes }))
  const fetched = (size: number) =>
    fetcherOver(request, new VirtualTime(), { content: { ...content, size } }).fetch()
  expect(await fetched(content.size)).toBeNull()
  expect(await fetched(content.size + 1)).toBe('wrong_bytes')
  expect(await fetched(content.size - 1)).toBe('wrong_bytes')
})

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

test('a line that fails in a way nobody thought of has failed, and was there', async () => {
  const { fetch } = fetcherOver(async () => {
    throw new TypeError('The transport is out of order.')
  })
  expect(await fetch()).toBe('failed')
})

/** Twenty contents in chunks; `blob` is how the only holder of them answers. */
async function onlyHolder(
  blob: (given: Promise<Uint8Array | undefined>, time: VirtualTime) => Promise<unknown>,
) {
  const cluster = new SimulatedCluster(2, 1)
  await cluster.start()
  const [giver, taker] = cluster.nodes as [SimulatedNode, SimulatedNode]
  const contents = Array.from({ length: 20 }, (_, n) => {
    const { bytes, content, manifest } = contentOf(new Uint8Array(1_048_580).fill(n))
    giver.shelves.add(bytes, content, manifest)
    return content
  })
  const { shelves } = giver
  const given = shelves.blob.bind(shelves)
  shelves.blob = async (digest, scope) => {
    const bytes = given(digest, scope)
    await blob(bytes, cluster.time)
    return bytes
  }
  const fetched = async () => {
    const fetches = contents.map((content) => taker.plane!.fetcher.fetch(content, true))
    return new Set(await cluster.time.until(Promise.all(fetches)))
  }
  return { cluster, fetched, giver, taker }
}

const later = (time: VirtualTime, ms: number) => new Promise<void>((resolve) => time.after(ms, resolve))

test('a holder that is slow with all that it was asked for at once is asked on, and gives it all', async () => {
  const { fetched, cluster, giver, taker } = await onlyHolder((_, time) => later(time, 4_000))
  expect(await fetched()).toEqual(new Set([null]))
  expect(taker.plane?.scores.isAside(giver.name, cluster.time.now())).toBe(false)
})

test('a holder that answered nothing for a while is called late, not absent, and gives it when it can again', async () => {
  let hangs = true
  const { fetched, giver, taker } = await onlyHolder(async (_, time) => hangs && later(time, 21_000))
  expect(await fetched()).toEqual(new Set(['timeout']))
  expect(await fetched()).toEqual(new Set(['timeout']))
  expect(taker.plane?.history.entries.every(({ attempts }) => attempts.length > 0)).toBe(true)
  hangs = false
  expect(await fetched()).toEqual(new Set([null]))
  expect(taker.plane?.scores.scoreOf(giver.name)).toBeGreaterThan(0)
})

test('slowness orders, lies shut out: two of them, however slow the peer was before', () => {
  const aside: string[] = []
  const scores = new PeerScores((peer) => aside.push(peer))
  for (let n = 0; n < 100; n++) for (const deed of ['slow', 'failed'] as const) scores.note('slow', deed, n)
  expect(scores.scoreOf('slow')).toBeLessThan(scores.scoreOf('unknown'))
  scores.note('slow', 'lied', 100)
  scores.note('slow', 'failed', 100)
  expect([scores.isAside('slow', 100), aside]).toEqual([false, []])
  scores.note('slow', 'lied', 100)
  expect([scores.isAside('slow', 100), aside]).toEqual([true, ['slow']])
})

/** How long it is until a fetch from these ends, and why. */
async function fetchedFrom(scripts: Readonly<Record<string, Script>>, bytes: Uint8Array) {
  const cluster = new SimulatedCluster(1, 1)
  await cluster.start()
  const [here] = cluster.nodes as [SimulatedNode]
  for (const [name, script] of Object.entries(scripts)) {
    const host = scriptedNode(cluster.network, name, { sync: recordHolder([]), ...script })
    await cluster.time.until(host.dial([`/memory/${here.name}/p2p/${here.name}`]))
  }
  const { content } = contentOf(bytes)
  const begun = cluster.time.now()
  const reason = await cluster.time.until(here.plane!.fetcher.fetch(content, true))
  const [entry] = here.plane!.history.entries
  return { reason, seconds: (cluster.time.now() - begun) / 1000, attempts: entry?.attempts ?? [] }
}

const large = new Uint8Array(3_000_000).fill(5)
const manifestOnly = (() => {
  const { manifest } = contentOf(large)
  const give = holding(manifest ?? new Uint8Array())
  const { content } = contentOf(large)
  return {
    fetch: (digest: string, request: Uint8Array) =>
      digest === content.digest ? give(digest, request) : silent(),
  }
})()

test.each<[string, Uint8Array, Script, string]>([
  ['a small content', new Uint8Array([1, 2, 3]), { fetch: silent }, 'timeout'],
  ['a large content', large, { fetch: silent }, 'timeout'],
  ['the chunks of one', large, manifestOnly, 'stalled'],
])(
  'FETCH-6: who alone may have %s and is silent is given up within half a minute',
  async (_, bytes, script, reason) => {
    const end = await fetchedFrom({ silent: script }, bytes)
    expect(end.reason).toBe(reason)
    expect(end.seconds).toBeLessThan(reason === 'stalled' ? 32 : 22)
  },
)

test('FETCH-6: nor do others that have it not make it longer', async () => {
  const nowhere = { fetch: answering(() => undefined) }
  const end = await fetchedFrom(
    { silent: { fetch: silent }, a: nowhere, b: nowhere },
    new Uint8Array([1, 2, 3]),
  )
  expect([end.reason, end.attempts.length]).toEqual(['timeout', 3])
  expect(end.seconds).toBeLessThan(22)
})

test('FETCH-6: a line so slow that a chunk takes most of a minute is waited for', async () => {
  const time = new VirtualTime()
  const { content, manifest } = contentOf(large)
  const blobs = [
    manifest ?? large,
    ...[0, 1, 2].map((n) => large.subarray(n * 1_048_576, (n + 1) * 1_048_576)),
  ]
  const request = async (_peer: string, _protocol: string, asked: Uint8Array, options?: RequestOptions) => {
    const { digest, requestId } = decodeFetchRequest(asked)
    const body = blobs.find((one) => createHash('sha256').update(one).digest('hex') === digest)
    for (let second = 0; second < 50 && body !== manifest; second++) {
      await later(time, 1_000)
      options?.signal?.throwIfAborted()
      if (second % 20 === 0) options?.onProgress?.()
    }
    return Buffer.concat(encodeFetchResponse({ digest, requestId, body }))
  }
  const { fetch } = fetcherOver(request, time, { content })
  expect(await fetch()).toBeNull()
})
