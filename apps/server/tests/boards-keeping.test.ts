import { MemoryNetwork } from '@stoa/server/platform/peers/memory-network.ts'
import type { PeerHost } from '@stoa/server/platform/peers/peers.ts'
import { type Scheduler, systemScheduler } from '@stoa/server/platform/peers/scheduler.ts'
import { uploadBoardMedia } from '@stoa/testkit/board-media'
import { type SignedTenant, signedTenant } from '@stoa/testkit/members'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { until } from '@stoa/testkit/until'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/** A node that fetches nothing by itself and has room for nothing, beside one that has everything. */
interface Node {
  readonly host: PeerHost
  readonly stoa: TestProgram
  readonly people: SignedTenant
}

/** What is done once a minute is done twice a second. */
const scheduler: Scheduler = {
  now: () => systemScheduler.now(),
  after: (ms, run) => systemScheduler.after(ms === 60_000 ? 500 : ms, run),
}
const network = new MemoryNetwork({ scheduler, latencyMs: [0, 2], detectMs: [10, 50] })
const members = { isMember: () => true, onMembershipChange: () => () => {} }
let there: Node
let here: Node

async function start(name: string, content: { policy: 'all' | 'on_demand'; budget?: number }): Promise<Node> {
  const host = network.node(name)
  const stoa = await startProgram({
    overrides: { house: { boardNetwork: { network: host, members, scheduler } } },
    config: (config) => ({ ...config, content: { ...config.content, ...content } }),
  })
  const people = await signedTenant(stoa, name)
  await until('boards are replicated', async () => (await diagnostics(people)).replicating)
  return { host, stoa, people }
}

const diagnostics = ({ owner }: SignedTenant) => owner.client.call('getContentDiagnostics')

beforeAll(async () => {
  there = await start('there', { policy: 'all' })
  here = await start('here', { policy: 'on_demand', budget: 1 })
  await there.host.dial(['/memory/here/p2p/here'])
})
afterAll(async () => {
  await here?.stoa.close()
  await there?.stoa.close()
})

/** A post with an image and a comment, written there; here is only what the list shows. */
async function threadFromThere(title: string) {
  const { client } = there.people.member
  // Each of its own: the same image is one copy.
  const picture = await sharp({
    create: { width: 40 + title.length, height: 30, channels: 3, background: '#486' },
  })
    .png()
    .toBuffer()
  const { id: media } = await uploadBoardMedia(client, there.stoa.url, picture)
  const { id: board_id } = await client.call('createBoard', { body: { title: 'Reading group' } })
  const body = { title, text: `About ${title}`, media_ids: [media] }
  const { id: post_id } = await client.call('createPost', { path: { board_id }, body })
  const path = { board_id, post_id }
  await client.call('createComment', { path, body: { text: `On ${title}` } })
  const rows = () =>
    here.stoa.db.sql<{ whole: boolean }>(
      `select c.whole from stoa.content_blobs c where exists (select from stoa.content_names n
        where n.tenant_id = c.tenant_id and n.digest = c.digest and n.board_id = decode($1, 'hex'))`,
      [board_id],
    )
  await until('the index is here', async () => (await rows()).length >= 4)
  return {
    path,
    comment: (text: string) => client.call('createComment', { path, body: { text } }),
    /** Contents of the thread that are on this node, of how many. */
    held: async () => {
      const all = await rows()
      return [all.filter(({ whole }) => whole).length, all.length] as const
    },
  }
}

const evicted = async () => (await diagnostics(here.people)).cache.evicted

describe('a node without room', () => {
  test('keeps a post whole: fetched at once, with what comes to it later, and shown as such', async () => {
    const { client } = here.people.admin
    const { path, comment, held } = await threadFromThere('Walden')
    const read = () => client.call('getPost', { path })
    expect((await client.call('keepPost', { path })).kept).toBe(true)
    await until('all of it is here', async () => (await read()).kept_missing === 0)
    const [whole, of] = await held()
    expect(whole).toBe(of)
    await comment('Later')
    await until('the comment is here', async () => {
      const [now, all] = await held()
      return all > of && now === all
    })
    const { items } = await here.people.guest.client.call('listPosts', { path })
    expect(items).toMatchObject([{ kept: true, body_state: 'present' }])

    // Another that somebody opens comes and goes; it does not push out what is kept.
    const other = await threadFromThere('Cranford')
    const before = await evicted()
    const opened = await here.people.guest.client.call('getPost', { path: other.path })
    expect(opened).toMatchObject({ kept: false, kept_missing: 0 })
    await until('it is given up', async () => (await evicted()) > before)
    await until('nothing of it is here', async () => (await other.held())[0] === 0)
    const [still, all] = await held()
    expect(still).toBe(all)
    const { cache } = await diagnostics(here.people)
    expect(cache.pinned_bytes).toBeGreaterThan(0)
    expect(cache.bytes).toBe(cache.pinned_bytes)
  })

  test('releases it: then it goes as everything does; both may be said twice', async () => {
    const { client } = here.people.owner
    const { path, held } = await threadFromThere('Emma')
    await client.call('keepPost', { path })
    await client.call('keepPost', { path })
    await until('all of it is here', async () => {
      const [whole, of] = await held()
      return whole === of
    })
    await client.call('releasePost', { path })
    expect(await client.call('releasePost', { path })).toMatchObject({ kept: false, kept_missing: 0 })
    await until('nothing of it is here', async () => (await held())[0] === 0)
    const read = () => client.call('getPost', { path })
    await until('it comes again', async () => (await read()).body.text === 'About Emma')
  })

  test('keeps nothing that was taken back, and lets only those decide who answer for the node', async () => {
    const { path } = await threadFromThere('Persuasion')
    const member = here.people.member.client.call('keepPost', { path })
    await expect(member).rejects.toMatchObject({ status: 403 })
    const { client } = here.people.owner
    const unknown = client.call('keepPost', { path: { ...path, post_id: '0'.repeat(64) } })
    await expect(unknown).rejects.toMatchObject({ status: 404, code: 'post.not_found' })
    await there.people.member.client.call('deletePost', { path })
    await until('it is taken back', async () => (await client.call('getPost', { path })).deleted)
    await expect(client.call('keepPost', { path })).rejects.toMatchObject({
      status: 422,
      code: 'board.target',
    })
  })

  test('a board may hold nothing but what is kept', async () => {
    const { path } = await threadFromThere('Villette')
    const body = { policy: 'pinned' as const }
    expect(await here.people.owner.client.call('updateBoard', { path, body })).toMatchObject(body)
  })
})
