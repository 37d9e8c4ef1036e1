import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { digestOfCid, readRecord } from '@stoa/records'
import {
  decodeFetchResponse,
  decodeHello,
  decodeRecords,
  encodeFetchRequest,
  encodeSyncRequest,
  FETCH_PROTOCOL,
  SYNC_PROTOCOL,
  type SyncRequest,
} from '@stoa/server/capabilities/boards/plane/wire.ts'
import { MemoryNetwork } from '@stoa/server/platform/peers/memory-network.ts'
import type { PeerHost } from '@stoa/server/platform/peers/peers.ts'
import { systemScheduler } from '@stoa/server/platform/peers/scheduler.ts'
import { englishNovel } from '@stoa/testkit/books/index'
import { type SignedTenant, settledBook, signedTenant, uploadBook } from '@stoa/testkit/members'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { until as waitFor } from '@stoa/testkit/until'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/** Three nodes of one operator, each with a database of its own and one organisation, on a network in memory. */
interface Node {
  readonly name: string
  readonly host: PeerHost
  readonly stoa: TestProgram
  readonly people: SignedTenant
}

const network = new MemoryNetwork({ scheduler: systemScheduler, latencyMs: [0, 2], detectMs: [10, 50] })
const STRANGER = 'stranger'
const members = { isMember: (peer: string) => peer !== STRANGER, onMembershipChange: () => () => {} }
let nodes: readonly Node[]

async function startNode(name: string): Promise<Node> {
  const host = network.node(name)
  const house = { boardNetwork: { network: host, members } }
  const stoa = await startProgram({ overrides: { house } })
  const people = await signedTenant(stoa, name)
  return { name, host, stoa, people }
}

const until = (ask: () => Promise<boolean> | boolean, what: string) => waitFor(what, ask)
const node = (at: number): Node => nodes[at] as Node

async function connect(): Promise<void> {
  for (const [at, { host }] of nodes.entries())
    for (const { name } of nodes.slice(at + 1)) await host.dial([`/memory/${name}/p2p/${name}`])
}

beforeAll(async () => {
  nodes = [await startNode('node-a'), await startNode('node-b'), await startNode('node-c')]
  for (const { people } of nodes)
    await until(async () => (await diagnostics(people)).replicating, 'boards are replicated')
  await connect()
})
afterAll(async () => {
  for (const { stoa } of nodes ?? []) await stoa.close()
})

const diagnostics = ({ owner }: SignedTenant) => owner.client.call('getContentDiagnostics')

const titlesOn = async ({ people }: Node, board_id: string) => {
  const page = await people.guest.client.call('listPosts', { path: { board_id }, query: { limit: 200 } })
  return page.items.map(({ title }) => title)
}

const hasBoard =
  ({ people }: Node, id: string) =>
  async () =>
    (await people.owner.client.call('listBoards', { query: { limit: 200 } })).items.some(
      (board) => board.id === id && board.title !== null,
    )

async function newBoard(): Promise<string> {
  const { id } = await node(0).people.owner.client.call('createBoard', { body: { title: 'Reading group' } })
  for (const one of nodes) await until(hasBoard(one, id), `the board on ${one.name}`)
  return id
}

const post = ({ people }: Node, board_id: string, title: string) =>
  people.member.client.call('createPost', { path: { board_id }, body: { title, text: `About ${title}` } })

describe('three nodes', () => {
  test('a post made on one is read on all, with its body and the name of who wrote it', async () => {
    const board_id = await newBoard()
    const { id } = await post(node(0), board_id, 'Hello')
    for (const other of nodes.slice(1)) {
      const path = { board_id, post_id: id }
      await until(async () => (await titlesOn(other, board_id)).includes('Hello'), 'the post in the list')
      const read = () => other.people.guest.client.call('getPost', { path })
      await until(async () => (await read()).body.text === 'About Hello', 'the body')
      const { author } = await read()
      expect(author).toMatchObject({ account_id: null, verified: true })
      expect(author.display_name).not.toBe('')
    }
  })

  test('people of different nodes talk, moderate, and see the same', async () => {
    const board_id = await newBoard()
    const { id } = await post(node(1), board_id, 'From b')
    await until(async () => (await titlesOn(node(2), board_id)).length === 1, 'the post on c')
    const path = { board_id, post_id: id }
    await node(2).people.owner.client.call('createComment', { path, body: { text: 'From c' } })
    await until(
      async () =>
        (await node(0).people.owner.client.call('listComments', { path })).items[0]?.body.text === 'From c',
      'the comment on a',
    )
    const hide = { action: 'hide' as const, target_id: id, reason: 'Off topic' }
    await node(0).people.owner.client.call('moderateBoard', { path: { board_id }, body: hide })
    for (const one of nodes)
      await until(async () => (await titlesOn(one, board_id)).length === 0, `hidden on ${one.name}`)
    const stranger = node(1).people.owner.client.call('moderateBoard', { path: { board_id }, body: hide })
    await expect(stranger).rejects.toMatchObject({ status: 403, code: 'board.forbidden' })
  })

  test('a passage is shown with its words where the book is not, and opens where it is', async () => {
    const board_id = await newBoard()
    const [a, b] = [node(0), node(1)]
    const novel = { name: 'novel.epub', bytes: englishNovel() }
    const addTo = async ({ stoa, people }: Node) => {
      const { client } = people.owner
      return settledBook(client, (await uploadBook(stoa, client, novel)).id)
    }
    const book = await addTo(a)
    const quote = { exact: 'The harbour lay still', prefix: '', suffix: ' that day' }
    const locator = { type: 'epub' as const, cfi: 'epubcfi(/6/4!/4/2,/1:0,/1:21)', fraction: 0.5 }
    const citations = [{ book_id: book.id, locator, quote, chapter: 'One' }]
    const body = { title: 'Cited', text: 'See', citations }
    const { id } = await a.people.owner.client.call('createPost', { path: { board_id }, body })
    const read = async ({ people }: Node) => {
      const path = { board_id, post_id: id }
      return (await people.guest.client.call('getPost', { path }).catch(() => undefined))?.body
    }
    const shown = { book_title: book.title, book_authors: book.authors, chapter: 'One', locator, quote }
    expect((await read(a))?.citations).toEqual([{ book_id: book.id, ...shown }])
    await until(async () => (await read(b))?.state === 'present', 'the body on b')
    expect((await read(b))?.citations).toEqual([{ book_id: null, ...shown }])
    const here = await addTo(b)
    expect(here.id).not.toBe(book.id)
    expect((await read(b))?.citations).toEqual([{ book_id: here.id, ...shown }])
  })

  test('one that was cut off shows its lag, then catches up by itself', async () => {
    const board_id = await newBoard()
    const b = node(1)
    await until(async () => (await diagnostics(b.people)).sync_lag_seconds === 0, 'in step')
    network.partition([b.name])
    await until(() => b.host.connected().length === 0, 'cut off')
    for (let n = 0; n < 40; n++) await post(node(0), board_id, `Post ${n}`)
    const cut = await diagnostics(b.people)
    expect(cut.sync_lag_seconds).toBeGreaterThan(0)
    expect(cut.peers.map(({ path }) => path)).toEqual([null, null])
    network.heal()
    await connect()
    await until(async () => (await titlesOn(b, board_id)).length === 40, 'all posts')
    await until(async () => (await diagnostics(b.people)).sync_lag_seconds === 0, 'in step again')
    await until(async () => (await diagnostics(b.people)).bodies.missing === 0, 'all bodies')
    const { index, peers } = await diagnostics(b.people)
    expect(index.missing).toBe(0)
    // What a peer said of itself may be older than what it holds now; what is missing here may not.
    expect(peers.map(({ missing }) => missing)).toEqual([0, 0])
  })

  test('what a node is told to fetch by itself of a board it fetches from then on, and what it missed at once', async () => {
    const board_id = await newBoard()
    const { client } = node(1).people.owner
    const told = (policy: 'on_demand' | 'all') =>
      client.call('updateBoard', { path: { board_id }, body: { policy } })
    await told('on_demand')
    await post(node(0), board_id, 'Left')
    const states = async () =>
      (await client.call('listPosts', { path: { board_id } })).items.map(({ body_state }) => body_state)
    await until(async () => (await states())[0] === 'missing', 'the post without its body')
    expect((await diagnostics(node(1).people)).bodies.wanted).toBe(0)
    await told('all')
    await waitFor('the body', async () => (await states())[0] === 'present', 15_000)
  })

  test('a body that a node lost is fetched when somebody opens it, from the database and from the disk', async () => {
    const board_id = await newBoard()
    const c = node(2)
    const { id } = await post(node(0), board_id, 'Lost')
    const path = { board_id, post_id: id }
    const read = () => c.people.guest.client.call('getPost', { path })
    await until(async () => (await read().catch(() => undefined))?.body.text === 'About Lost', 'the body')
    await c.stoa.db.sql(
      `update stoa.content_blobs set bytes = null, in_storage = true
       where digest = (select content_digest from stoa.posts where id = decode($1, 'hex'))`,
      [id],
    )
    await rm(join(c.stoa.dataDir, 'blobs'), { recursive: true, force: true })
    await until(async () => (await read()).body.text === 'About Lost', 'the body again')
  })

  test('with everybody gone, a missing body says why; it comes when somebody is back', async () => {
    const board_id = await newBoard()
    const c = node(2)
    const { id } = await post(node(0), board_id, 'Gone')
    const path = { board_id, post_id: id }
    const read = () => c.people.guest.client.call('getPost', { path })
    await until(async () => (await read().catch(() => undefined))?.body.state === 'present', 'the body')
    network.partition([c.name])
    await until(() => c.host.connected().length === 0, 'cut off')
    await c.stoa.db.sql('update stoa.content_blobs set bytes = null, whole = false, authored = false')
    // A reader is told after a while that it is still being fetched.
    const told = await waitFor('a reason', async () => {
      const { body } = await read()
      return body.state !== 'fetching' && body
    })
    expect(told).toEqual({
      state: 'unavailable',
      reason: 'no_peers',
      text: null,
      citations: [],
    })
    const { items } = await c.people.owner.client.call('listContentFetches')
    const use = { board_id, post_id: id, title: 'Gone', part: 'post' }
    expect(items[0]).toMatchObject({ outcome: 'failed', reason: 'no_peers', here: false, use })
    network.heal()
    await connect()
    await until(async () => (await read()).body.text === 'About Gone', 'the body again')
    expect((await diagnostics(c.people)).fetches.success_rate).toBeGreaterThan(0)
    const { items: samples } = await c.people.owner.client.call('listContentSamples')
    expect(samples[0]).toMatchObject({ success_rate: null, latency_p95_seconds: null, hit_rate: null })
    const after = await c.people.owner.client.call('listContentFetches')
    expect(after.items.find(({ reason }) => reason === 'no_peers')).toMatchObject({ here: true, use })
  })
})

/** A peer that is no member, and what each node tells it. */
function stranger() {
  const host = network.node(STRANGER)
  const ask = (at: number, protocol: string, body: Uint8Array) =>
    host.request(node(at).name, protocol, body, { answerBytes: 2_000_000 })
  const sync = (at: number, request: SyncRequest) => ask(at, SYNC_PROTOCOL, encodeSyncRequest(request))
  return {
    host,
    hello: async (at: number) => decodeHello(await sync(at, { op: 'hello' })),
    records: async (at: number, ids: string[]) =>
      decodeRecords(await sync(at, { op: 'records', ids })).map((bytes) => readRecord(bytes).id),
    body: async (at: number, digest: string) => {
      const answer = await ask(at, FETCH_PROTOCOL, encodeFetchRequest({ digest, requestId: 1 }))
      return decodeFetchResponse(answer).body
    },
  }
}

test('a board is read by strangers while it is public, on every node, and not before nor after', async () => {
  const board_id = await newBoard()
  const { id, content_cid } = await post(node(0), board_id, 'For all')
  const other = await newBoard()
  const secret = await post(node(0), other, 'For us')
  for (const { people } of nodes)
    for (const path of [
      { board_id, post_id: id },
      { board_id: other, post_id: secret.id },
    ]) {
      const read = () => people.guest.client.call('getPost', { path }).catch(() => undefined)
      await until(async () => (await read())?.body.state === 'present', 'posts with their bodies')
    }
  const from = stranger()
  for (const { name } of nodes) await from.host.dial([`/memory/${name}/p2p/${name}`])
  const ids = [board_id, id, other, secret.id]
  const told = async (at: number) => ({
    records: await from.records(at, ids),
    body: (await from.body(at, digestOfCid(content_cid))) !== undefined,
    other: (await from.body(at, digestOfCid(secret.content_cid))) !== undefined,
  })
  const nothing = { records: [], body: false, other: false }
  const all = { records: [board_id, id], body: true, other: false }
  const empty = await from.hello(0)
  expect(empty).toMatchObject({ records: 0, nodeAuthor: null, reaches: [] })
  for (const at of nodes.keys()) expect(await told(at)).toEqual(nothing)

  const setReach = (reach: 'public' | 'cluster', { people }: Node) =>
    people.owner.client.call('updateBoard', { path: { board_id }, body: { reach } })
  /** Heard of at once: until nodes compare by themselves, it takes twenty seconds and more. */
  const becomes = async (what: object) => {
    for (const at of nodes.keys())
      await waitFor(
        `${JSON.stringify(what)} at ${at}`,
        async () => isDeepStrictEqual(await told(at), what),
        15_000,
      )
  }
  expect((await setReach('public', node(0))).reach).toBe('public')
  expect(await told(0)).toEqual(all)
  // With the names that its authors go by.
  const whole = await from.hello(0)
  expect(whole.records).toBeGreaterThanOrEqual(all.records.length)
  expect(whole).toMatchObject({ nodeAuthor: null, reaches: [] })
  await becomes(all)
  // What is written while it is public is read, too.
  const later = await post(node(1), board_id, 'Later')
  ids.push(later.id)
  await becomes({ ...all, records: [board_id, id, later.id] })
  expect((await from.hello(0)).records).toBeGreaterThan(whole.records)

  await setReach('cluster', node(0))
  expect(await told(0)).toEqual(nothing)
  expect(await from.hello(0)).toEqual(empty)
  await becomes(nothing)
  expect(await from.hello(2)).toEqual(empty)
})
