import { createHash } from 'node:crypto'
import { BlockStorage, Responder } from '@stoa/reconcile'
import { encodeCanonical, issueRecord } from '@stoa/records'
import { describe, expect, test } from 'vitest'
import type { PeerAnswer, PeerHost } from '../../../platform/peers/peers.ts'
import { nativeSignatures } from '../signatures.ts'
import { contentOf, SimulatedCluster, type SimulatedNode } from './testing/cluster.ts'
import { answersSync, recordHolder } from './testing/record-holder.ts'
import {
  decodeFetchRequest,
  decodeSyncRequest,
  encodeFetchResponse,
  encodeHello,
  encodePart,
  encodeRecords,
  encodeSyncRequest,
  FETCH_PROTOCOL,
  SYNC_PROTOCOL,
} from './wire.ts'

const LIMITS = { requestBytes: 1_048_576, answerBytes: 4_194_304, concurrentPerPeer: 64, deadlineMs: 60_000 }
const text = (some: string) => new TextEncoder().encode(some)

/** Two honest nodes with a board and a post whose body the second has lost; the third node's protocols are the test's. */
async function withLiar(handlers: {
  fetch?: (body: Uint8Array) => Promise<PeerAnswer>
  sync?: (body: Uint8Array) => Promise<PeerAnswer>
}) {
  const cluster = new SimulatedCluster(2, 9)
  const [honest, victim] = cluster.nodes as [SimulatedNode, SimulatedNode]
  for (const node of cluster.nodes) await node.start()
  const liar = cluster.network.node('liar')
  liar.handle(FETCH_PROTOCOL, ({ body }) => (handlers.fetch ?? notHere)(body), LIMITS)
  liar.handle(SYNC_PROTOCOL, ({ body }) => (handlers.sync ?? empty)(body), LIMITS)
  await cluster.connect()
  const board = await honest.write(null, { kind: 'board', title: 'Talk', access: 'open' })
  const body = contentOf(text('The body'))
  honest.shelves.add(body.bytes, body.content, undefined)
  await honest.write(board.id, { kind: 'post', title: 'Post', content: body.content, media: [] })
  await cluster.time.advance(10_000)
  victim.shelves.drop(body.content.digest)
  const dial = (node: SimulatedNode) => liar.dial([`/memory/${node.name}/p2p/${node.name}`])
  await cluster.time.until(dial(victim))
  return { cluster, honest, victim, liar, content: body.content, board }
}

const notHere = async (body: Uint8Array) =>
  encodeFetchResponse({ ...decodeFetchRequest(body), body: undefined })

const empty = answersSync(recordHolder([], { hello: { nodeAuthor: null } }))

type Cluster = Awaited<ReturnType<typeof withLiar>>

/** Fetches what the victim lost; only the liar is asked first. */
async function fetched({ cluster, victim, content }: Cluster) {
  victim.plane?.scores.note('node-0', 'failed', cluster.time.now())
  victim.plane?.scores.note('node-0', 'slow', cluster.time.now())
  return cluster.time.until(victim.plane!.fetcher.fetch(content, true))
}

describe('a peer that lies about content', () => {
  test.each<[string, (body: Uint8Array) => Promise<PeerAnswer>, string]>([
    [
      'other bytes',
      async (body) => encodeFetchResponse({ ...decodeFetchRequest(body), body: text('Not the body') }),
      'wrong_bytes',
    ],
    ['an endless body', async () => new Uint8Array(3_000_000), 'too_large'],
    ['no message at all', async () => text('?'), 'wrong_bytes'],
    [
      'the answer to another question',
      async () => encodeFetchResponse({ digest: '0'.repeat(64), requestId: 1, body: undefined }),
      'wrong_bytes',
    ],
    ['nothing, ever', () => new Promise(() => {}), 'stalled'],
  ])('FETCH-3: sends %s: it is refused, and got elsewhere', async (_, fetch, reason) => {
    const cluster = await withLiar({ fetch })
    const { victim, content } = cluster
    expect(await fetched(cluster)).toBeNull()
    expect(await victim.has(content)).toBe(true)
    const [entry] = victim.plane!.history.entries
    expect(entry?.peer).toBe('node-0')
    const reasons = entry?.attempts.map((one) => one.reason)
    if (reason === 'stalled') expect(victim.plane!.scores.scoreOf('liar')).toBeLessThan(0)
    else {
      expect(reasons).toEqual([reason])
      expect(victim.plane!.scores.scoreOf('liar')).toBeLessThanOrEqual(-9)
    }
  })

  test('again and again is left alone for a while', async () => {
    const cluster = await withLiar({ fetch: async () => text('?') })
    const { victim, honest, content, cluster: simulated } = cluster
    expect(await fetched(cluster)).toBeNull()
    honest.stop()
    await simulated.time.advance(15_000)
    victim.shelves.drop(content.digest)
    expect(await simulated.time.until(victim.plane!.fetcher.fetch(content, true))).toBe('wrong_bytes')
    expect(victim.plane!.scores.isAside('liar', simulated.time.now())).toBe(true)
    expect(await simulated.time.until(victim.plane!.fetcher.fetch(content, true))).toBe('no_peers')
    expect(victim.plane!.history.entries[0]?.attempts).toEqual([])
    await simulated.time.advance(601_000)
    expect(victim.plane!.scores.isAside('liar', simulated.time.now())).toBe(false)
  })

  test('alone: the reason is told, and nobody is asked again at once', async () => {
    let asked = 0
    const cluster = await withLiar({
      fetch: async (body) => {
        asked++
        return notHere(body)
      },
    })
    const { victim, honest, content, cluster: simulated } = cluster
    honest.stop()
    await simulated.time.advance(60_000)
    expect(await simulated.time.until(victim.plane!.fetcher.fetch(content, true))).toBe('not_found')
    const before = asked
    expect(await victim.plane!.fetcher.fetch(content)).toBe('not_found')
    expect(asked).toBe(before)
  })
})

test('however many wait, a content is asked for once', async () => {
  const cluster = await withLiar({})
  const { victim, content, cluster: simulated } = cluster
  const fetchesOf = () => victim.plane!.history.entries.filter(({ digest }) => digest === content.digest)
  const before = fetchesOf().length
  const fetches = Array.from({ length: 50 }, () => victim.plane!.fetcher.fetch(content, true))
  expect(new Set(await simulated.time.until(Promise.all(fetches)))).toEqual(new Set([null]))
  expect(fetchesOf()).toHaveLength(before + 1)
})

test('a large content comes in chunks from several peers, and goes on where it broke off', {
  timeout: 60_000,
}, async () => {
  const cluster = new SimulatedCluster(3, 4)
  await cluster.start()
  const [a, b, c] = cluster.nodes as [SimulatedNode, SimulatedNode, SimulatedNode]
  c.stop()
  const board = await a.write(null, { kind: 'board', title: 'Talk', access: 'open' })
  const bytes = new Uint8Array(createHash('shake256', { outputLength: 12_500_000 }).update('large').digest())
  await a.post(board.id, bytes)
  const { content } = contentOf(bytes)
  await cluster.converged([a, b], 60_000)
  await c.start()
  const given = new Map<string, number>()
  for (const giver of [a, b]) {
    const { blob } = giver.shelves
    giver.shelves.blob = async (...args) => {
      const bytes = await blob.apply(giver.shelves, args)
      if (bytes && bytes.length > 100_000) given.set(giver.name, (given.get(giver.name) ?? 0) + 1)
      return bytes
    }
  }
  let received = 0
  const { putChunk } = c.shelves
  c.shelves.putChunk = async (...args) => {
    if (++received === 3) cluster.network.partition([c.name])
    await putChunk.apply(c.shelves, args)
  }
  await cluster.connect()
  await cluster.time.advance(60_000)
  expect(await c.has(content)).toBe(false)
  const had = received
  expect(had).toBeGreaterThanOrEqual(3)
  expect(had).toBeLessThan(12)
  cluster.network.heal()
  await cluster.connect()
  await cluster.converged(cluster.nodes, 120_000)
  expect(received).toBe(12)
  expect(await c.has(content)).toBe(true)
  for (const giver of [a, b]) expect(given.get(giver.name), giver.name).toBeGreaterThan(1)
})

describe('a peer that lies about records', () => {
  const state = ({ victim }: Cluster) => victim.plane!.states.all().find(({ peer }) => peer === 'liar')

  const million = () => {
    const many = new BlockStorage()
    for (let n = 0; n < 1_000_000; n++) {
      const id = new Uint8Array(32)
      new DataView(id.buffer).setUint32(0, n * 4099)
      new DataView(id.buffer).setUint32(4, n)
      many.insert(1_700_000_000 + Math.floor(n / 100), id)
    }
    return many
  }

  test.each([
    ['ranges', 1_000_000],
    ['ids', 100],
  ])(
    'SYNC-3: claims a million that nobody has, by %s: it costs a bounded number of questions, and the rest goes on',
    {
      timeout: 60_000,
    },
    async (_, records) => {
      const responder = new Responder(million())
      let asked = 0
      const sync = async (body: Uint8Array) => {
        const request = decodeSyncRequest(body)
        if (request.op === 'hello')
          return encodeHello({ records, fingerprint: 'f'.repeat(32), nodeAuthor: null, reaches: [] })
        if (request.op === 'reconcile')
          return encodeCanonical({ message: responder.respond(request.message) })
        asked++
        if (request.op !== 'range') return encodeRecords([])
        return encodePart({
          records: [],
          left: 999_000,
          next: { timestamp: 1_700_005_000, prefix: new Uint8Array(0) },
        })
      }
      const cluster = await withLiar({ sync })
      await cluster.cluster.time.advance(6_000)
      expect(asked).toBeGreaterThan(0)
      expect(asked).toBeLessThan(64)
      expect(state(cluster)).toMatchObject({ lastError: 'sync.undelivered' })
      const { honest, victim, board } = cluster
      await honest.post(board.id, 'Life goes on')
      await cluster.cluster.converged([honest, victim], 60_000)
      expect(victim.plane!.lagSeconds).toBe(0)
    },
  )

  test.each<[string, (body: Uint8Array) => Promise<PeerAnswer>, string]>([
    ['answers with garbage', async () => text('?'), 'sync.malformed'],
    ['answers with too much', async () => new Uint8Array(2_000_000), 'peers.too_large'],
    ['answers never', () => new Promise(() => {}), 'peers.timeout'],
  ])('%s: the reason is seen, the node lives on', async (_, sync, code) => {
    const cluster = await withLiar({ sync })
    await cluster.cluster.time.advance(40_000)
    expect(state(cluster)?.lastError).toBe(code)
    expect(cluster.victim.plane!.scores.scoreOf('liar')).toBeLessThan(0)
    const { honest, victim, board } = cluster
    await honest.post(board.id, 'Life goes on')
    await cluster.cluster.converged([honest, victim], 60_000)
  })

  test('SYNC-5: brings forged and future records: none is kept, and it is told which', async () => {
    const { victim, liar, cluster, board, honest } = await withLiar({})
    const now = cluster.time.now()
    const { author } = honest
    const good = issueRecord(
      author,
      { board: board.id, createdAt: now, after: [] },
      { kind: 'delete', target: board.id },
      nativeSignatures(),
    )
    const forged = good.bytes.slice()
    forged[forged.length - 1] = (forged[forged.length - 1] ?? 0) ^ 1
    const ahead = issueRecord(
      author,
      { board: board.id, createdAt: now + 600_000, after: [] },
      { kind: 'delete', target: board.id },
      nativeSignatures(),
    )
    const before = victim.shelves.size
    const push = (host: PeerHost, records: Uint8Array[]) =>
      host.request(victim.name, SYNC_PROTOCOL, encodeSyncRequest({ op: 'push', records }))
    await cluster.time.until(push(liar, [forged, ahead.bytes, text('?')]))
    expect(victim.shelves.size).toBe(before)
    expect(victim.plane!.scores.scoreOf('liar')).toBeLessThan(0)
    const first = createHash('sha256').update(forged).digest('hex')
    const told = victim.lines.filter(({ action }) => action === 'records_refused')
    expect(told).toEqual([{ action: 'records_refused', peer: 'liar', count: 2, first }])
  })
})

describe('who is no member', () => {
  test('FETCH-4, SYNC-4: reads what is public and nothing else, and brings nothing', async () => {
    const { victim, honest, liar, cluster, content, board } = await withLiar({})
    cluster.strangers.add('liar')
    await cluster.time.until(liar.dial([`/memory/${honest.name}/p2p/${honest.name}`]))
    const ask = (node: SimulatedNode, request: Parameters<typeof encodeSyncRequest>[0]) =>
      cluster.time.until(liar.request(node.name, SYNC_PROTOCOL, encodeSyncRequest(request)))
    const { decodeHello, decodeRecords, encodeFetchRequest, decodeFetchResponse } = await import('./wire.ts')
    const blob = async () => {
      const question = encodeFetchRequest({ digest: content.digest, requestId: 1 })
      return decodeFetchResponse(
        await cluster.time.until(liar.request(honest.name, FETCH_PROTOCOL, question)),
      ).body
    }
    expect(decodeHello(await ask(honest, { op: 'hello' })).records).toBe(0)
    expect(decodeRecords(await ask(honest, { op: 'records', ids: [board.id] }))).toEqual([])
    expect(await blob()).toBeUndefined()
    await expect(ask(victim, { op: 'push', records: [board.bytes] })).rejects.toMatchObject({
      code: 'peers.refused',
      details: { reason: 'not_a_member' },
    })

    await honest.shelves.learnReaches([{ id: board.id, reach: 'public', at: 1 }])
    expect(decodeHello(await ask(honest, { op: 'hello' })).records).toBe(2)
    expect(decodeRecords(await ask(honest, { op: 'records', ids: [board.id] }))).toHaveLength(1)
    expect(await blob()).toEqual(text('The body'))
  })

  test('FETCH-5: gets no more than its share', async () => {
    const { honest, liar, cluster } = await withLiar({})
    cluster.strangers.add('liar')
    await cluster.time.until(liar.dial([`/memory/${honest.name}/p2p/${honest.name}`]))
    const hello = encodeSyncRequest({ op: 'hello' })
    const asked = Array.from({ length: 200 }, () =>
      liar.request(honest.name, SYNC_PROTOCOL, hello).then(
        () => 'ok',
        (error: { details?: { reason?: string }; code: string }) => error.details?.reason ?? error.code,
      ),
    )
    const outcomes = await cluster.time.until(Promise.all(asked))
    const served = outcomes.filter((one) => one === 'ok').length
    expect(served).toBeGreaterThan(20)
    expect(served).toBeLessThan(110)
    const refused = new Set(outcomes.filter((one) => one !== 'ok'))
    // `limit`: more at once than one peer may wait for.
    expect([...refused].filter((one) => !['rate_limited', 'limit', 'peers.busy'].includes(one))).toEqual([])
  })
})
