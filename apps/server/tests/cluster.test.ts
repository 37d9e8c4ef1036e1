import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { ApiError, type Client, createClient, type Output } from '@stoa/sdk'
import { uploadBoardMedia } from '@stoa/testkit/board-media'
import { type ChildProgram, startChildProgram } from '@stoa/testkit/child-program'
import { bundleIn, clusterTool, joined, loopbackEnvironment } from '@stoa/testkit/clustered'
import { temporaryFolder } from '@stoa/testkit/temporary-folder'
import { until } from '@stoa/testkit/until'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/** Three installations on one machine, as a newcomer would: init, join, join. */
const NAMES = ['anna', 'ben', 'cleo'] as const
const MINUTE = 60_000

let folder: string
const programs = new Map<string, { stoa: ChildProgram; client: Client }>()

beforeAll(async () => {
  folder = await temporaryFolder('stoa-cluster')
  for (const name of NAMES) await start(name)
}, 4 * MINUTE)
afterAll(async () => {
  await Promise.all([...programs.values()].map(({ stoa }) => stoa.stop()))
  await rm(folder, { recursive: true, force: true })
}, MINUTE)

const dataOf = (name: string) => join(folder, name)
const environment = () => ({
  ...loopbackEnvironment,
  NODE_COMPILE_CACHE: join(folder, 'compiled'),
  STOA_LOG_LEVEL: 'debug',
})
const tokens = new Map<string, string>()

async function start(name: string): Promise<void> {
  const stoa = await startChildProgram({ dataDir: dataOf(name), environment: environment() })
  const client = createClient({ baseUrl: stoa.url, tokens: { get: async () => tokens.get(name) ?? '' } })
  programs.set(name, { stoa, client })
  if (tokens.has(name)) return
  const setup = /#token=(\S+)/.exec(stoa.output())?.[1] ?? ''
  const owner = { organisation_name: name, display_name: name, locale: 'en', time_zone: 'UTC' } as const
  const session = await client.call('completeSetup', { body: { token: setup, ...owner } })
  tokens.set(name, session.access_token)
}

const cluster = (name: string, ...args: string[]) => clusterTool(dataOf(name), ...args)

const view = (name: string) => programs.get(name)!.client.call('getCluster', {})
const standing = ({ state, online, member_count }: Output<'getCluster'>) =>
  `${state} ${online}/${member_count}`
const becomes = (name: string, wanted: string) =>
  until(`${name} is ${wanted}`, async () => standing(await view(name)) === wanted, 90_000).catch(
    async (error: unknown) => {
      throw new Error(
        `${name}: ${JSON.stringify(await view(name))}\n${relevant(programs.get(name)!.stoa.output())}`,
        {
          cause: error,
        },
      )
    },
  )

const relevant = (output: string) => output.replace(/^.*action=http_request .*\n/gm, '')

/** A post with all that belongs to it, once it is on another node. */
const arrives = (name: string, path: { board_id: string; post_id: string }) =>
  until(
    `the post is on ${name}`,
    async () => {
      const post = await programs.get(name)!.client.call('getPost', { path }).catch(missing)
      const here = post?.images.every(({ image_url, thumb_url }) => image_url && thumb_url)
      return post?.body.state === 'present' && here && post
    },
    MINUTE,
  )

const listed = async (client: Client, path: { board_id: string }) =>
  (await client.call('listPosts', { path, query: { limit: 100 } }).catch(missing)) ?? { items: [] }

/** Not there yet. */
function missing(error: unknown): undefined {
  if (error instanceof ApiError && error.status === 404) return
  throw error
}

async function uploadPicture({ stoa, client }: { stoa: ChildProgram; client: Client }): Promise<string> {
  const shape = { width: 1200, height: 800, channels: 3, background: '#9dae9a' } as const
  const bytes = await sharp({ create: shape }).png().toBuffer()
  return (await uploadBoardMedia(client, stoa.url, bytes)).id
}

/** Both nodes serve the same bytes, under the type that they are of. `read`: on cleo; `written`: on anna. */
async function expectSamePicture(read: Output<'getPost'>, written: Output<'getPost'>): Promise<void> {
  const served = async (name: string, url: string | null | undefined) => {
    const response = await fetch(new URL(url ?? '', programs.get(name)!.stoa.url))
    expect(response.status).toBe(200)
    const bytes = Buffer.from(await response.arrayBuffer())
    return { type: response.headers.get('content-type'), bytes }
  }
  expect(read.images).toHaveLength(1)
  for (const kind of ['image_url', 'thumb_url'] as const) {
    const there = await served('cleo', read.images[0]?.[kind])
    const here = await served('anna', written.images[0]?.[kind])
    expect(there.bytes.equals(here.bytes)).toBe(true)
    const { width, height, mediaType } = await sharp(there.bytes).metadata()
    expect([there.type, here.type]).toEqual([mediaType, mediaType])
    if (kind === 'image_url') expect([width, height]).toEqual([1200, 800])
  }
}

/** They stand still, as on a machine that sleeps: they neither answer nor are they gone. */
async function whileNobodyAnswers(names: readonly string[], work: () => Promise<void>): Promise<void> {
  const pids = names.map((name) => programs.get(name)!.stoa.pid)
  for (const pid of pids) process.kill(pid, 'SIGSTOP')
  try {
    await work()
  } finally {
    for (const pid of pids) process.kill(pid, 'SIGCONT')
  }
}

const isAboveZero = (value: unknown) => typeof value === 'number' && value > 0

let invitation = ''
let bundle = ''

describe('three programs on one machine', { timeout: 4 * MINUTE }, () => {
  test('outside of a cluster nothing listens, and the reason is said', async () => {
    const alone = await view('anna')
    expect(alone).toMatchObject({
      configured: false,
      state: 'unconfigured',
      addresses: [],
      invitation: null,
      reason: { code: 'no_cluster' },
    })
    expect(alone.peer_id).toMatch(/^12D3Koo/)
  })

  test('one founds the cluster: keys for its owner alone, a way in for others', async () => {
    const said = await cluster(
      'anna',
      'init',
      '--name',
      'home',
      '--node-name',
      'anna',
      '--domain',
      'home.example',
    )
    invitation = /p2pos-join:\/\/\S+/.exec(said)?.[0] ?? ''
    bundle = bundleIn(said)
    expect(said).toContain('The running program has taken it up.')
    expect(said).toMatch(
      /_dnsaddr\.home\.example\. IN TXT "dnsaddr=\/ip4\/127\.0\.0\.1\/tcp\/\d+\/p2p\/12D3Koo/,
    )
    for (const file of ['node.key', 'system.key', 'admin.bundle', 'cluster.json'])
      expect((await stat(join(dataOf('anna'), 'cluster', file))).mode & 0o777).toBe(0o600)
    await becomes('anna', 'healthy 1/1')
    await expect(cluster('anna', 'init')).rejects.toThrow('cluster.exists')
  })

  test('one joins with the bundle and is let in at once; one is invited, and let in by the admin', async () => {
    const ben = await joined(() => cluster('ben', 'join', bundle, '--node-name', 'ben'))
    expect(ben).toMatch(/It was let in by [12] node\(s\)\./)
    await becomes('ben', 'healthy 2/2')
    const cleo = await cluster('cleo', 'join', invitation, '--node-name', 'cleo')
    const [, add = ''] = /snapshot --add '([^']+)'/.exec(cleo) ?? []
    const atBen = await view('ben')
    const told = Buffer.from((atBen.invitation ?? '').replace('p2pos-join://', ''), 'base64url').toString()
    const { bootstrap } = JSON.parse(told) as { readonly bootstrap: readonly string[] }
    expect(bootstrap).toEqual(expect.arrayContaining(atBen.addresses))
    expect(await cluster('anna', 'snapshot', '--add', add)).toContain('3 member(s), 0 revoked.')
    for (const name of NAMES) await becomes(name, 'healthy 3/3')
    await expect(cluster('cleo', 'snapshot', '--add', add)).rejects.toThrow('cluster.key_missing')
  })

  test('each sees the others: over the API and on the terminal', async () => {
    const { items } = await programs.get('cleo')!.client.call('listClusterMembers', {})
    expect(
      items
        .map(({ name, online, connection, same_snapshot }) => [name, online, connection, same_snapshot])
        .sort(),
    ).toEqual([
      ['anna', true, 'direct', true],
      ['ben', true, 'direct', true],
      ['cleo', true, 'self', null],
    ])
    const anna = items.find(({ name }) => name === 'anna')!
    expect(anna.services).toContainEqual({ name: 'gateway', endpoint: programs.get('anna')!.stoa.url })
    const statuses: unknown = JSON.parse(await cluster('anna', 'status', '--json'))
    expect(statuses).toMatchObject(NAMES.map(() => ({ cluster_id: 'home', state: 'healthy' })))
    expect(await cluster('ben', 'members')).toMatch(/^anna {2}12D3Koo\w+ {2}answers$/m)
    const { items: peers } = await programs.get('anna')!.client.call('listClusterPeers', {})
    expect(peers.filter(({ member }) => member)).toHaveLength(2)
    const metrics = await (await fetch(`${programs.get('anna')!.stoa.url}/metrics`)).text()
    expect(metrics).toContain('stoa_cluster_state{state="healthy"} 1')
    expect(metrics).toContain('stoa_cluster_members{presence="online"} 3')
  })

  test('a post with a picture is read on another; whoever was away catches up, and says truly how far it is', async () => {
    const anna = programs.get('anna')!
    const { client } = anna
    const board = await client.call('createBoard', { body: { title: 'Walks and readings' } })
    const path = { board_id: board.id }
    const media_ids = [await uploadPicture(anna)]
    const body = { title: 'The pond', text: 'I went at *seven*.', media_ids }
    const { id } = await client.call('createPost', { path, body })
    const read = await arrives('cleo', { ...path, post_id: id })
    expect(read.body.text).toBe('I went at *seven*.')
    expect(read.author).toMatchObject({ display_name: 'anna', account_id: null, verified: true })
    await expectSamePicture(read, await arrives('anna', { ...path, post_id: id }))

    const ben = () => programs.get('ben')!.client
    await until('ben is in step with both', async () => {
      const { sync_lag_seconds, peers } = await ben().call('getContentDiagnostics', {})
      return sync_lag_seconds === 0 && peers.length === 2 && peers.every(({ in_step_at }) => in_step_at)
    })
    const { peer_id } = await view('ben')
    await programs.get('ben')!.stoa.stop()
    const inStepUntil = performance.now()
    await becomes('anna', 'healthy 2/3')
    const titles = Array.from({ length: 20 }, (_, n) => `While ben was away ${n}`)
    for (const title of titles) await client.call('createPost', { path, body: { title, text: title } })
    const { peers } = await client.call('getContentDiagnostics', {})
    const atAnna = peers.find((peer) => peer.peer_id === peer_id)
    expect([atAnna?.path, atAnna?.lag_seconds]).toEqual([null, expect.toSatisfy(isAboveZero)])

    await whileNobodyAnswers(['anna', 'cleo'], async () => {
      await start('ben')
      expect((await listed(ben(), path)).items).toHaveLength(1)
      const away = (performance.now() - inStepUntil) / 1000
      const lag = async () => (await ben().call('getContentDiagnostics', {})).sync_lag_seconds ?? undefined
      expect(await until('ben knows how far it is', lag)).toBeGreaterThan(away)
    })
    const held = await until(
      'ben has them all',
      async () => {
        const { items } = await listed(ben(), path)
        return items.length === 21 && items.map(({ title }) => title)
      },
      MINUTE,
    )
    expect(held).toEqual(expect.arrayContaining(titles))
    const inStep = async () => (await ben().call('getContentDiagnostics', {})).sync_lag_seconds === 0
    await until('nothing is missing any more', inStep, MINUTE)
    for (const name of NAMES) await becomes(name, 'healthy 3/3')
  })

  test('killed ones are missed at once; whoever comes back is found again', async () => {
    await programs.get('ben')!.stoa.kill()
    await becomes('anna', 'healthy 2/3')
    await programs.get('cleo')!.stoa.kill()
    await becomes('anna', 'degraded 1/3')
    expect((await view('anna')).reason).toMatchObject({ code: 'no_majority' })
    await start('ben')
    for (const name of ['anna', 'ben']) await becomes(name, 'healthy 2/3')
    expect(programs.get('ben')!.stoa.output()).not.toContain('cluster_start_failed')
    const latest = async () => {
      const { items } = await programs.get('anna')!.client.call('listClusterPresence', {})
      return items.slice(0, 3).map(({ kind }) => kind)
    }
    const [back, gone] = ['online', 'offline']
    await until('the history is written', async () => isDeepStrictEqual(await latest(), [back, gone, gone]))
  })

  test('who is revoked is out; after a rotation the bundle from before changes nothing', async () => {
    expect(await cluster('anna', 'revoke', 'cleo', '--reason', 'lost')).toContain('2 member(s), 1 revoked.')
    for (const name of ['anna', 'ben']) await becomes(name, 'healthy 2/2')
    const rotated = await cluster('anna', 'rotate-admin', '--days', '30')
    expect(rotated).toMatch(/p2pos-admin:\/\/\S+/)
    expect((await view('ben')).snapshot).toMatchObject({ epoch: 2, revoked: [{ reason: 'lost' }] })
    await expect(cluster('ben', 'join', bundle)).rejects.toThrow('cluster.bundle_ended')
    expect((await view('anna')).snapshot?.epoch).toBe(2)
  })
})
