import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Client, createClient } from '@stoa/sdk'
import { type ChildProgram, startChildProgram } from '@stoa/testkit/child-program'
import { bundleIn, clusterToolIn, joined, loopbackEnvironment } from '@stoa/testkit/clustered'
import { type BridgeEnd, createBridge, type NamespaceBridge } from '@stoa/testkit/netlab/namespaces/bridge'
import { namespacesUnavailable } from '@stoa/testkit/netlab/namespaces/link'
import { claimInstallation, type Owner } from '@stoa/testkit/people/owner'
import { temporaryFolder } from '@stoa/testkit/temporary-folder'
import { until } from '@stoa/testkit/until'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { embeddedStore } from './kills/store.ts'

const reason = namespacesUnavailable()
if (reason) process.stderr.write(`nodes in network namespaces are not tested: ${reason}\n`)

const POSTS = 1_000
/** None of them writes more often than the node allows. */
const PEOPLE = 10
const MINUTE = 60_000

/** Posts on each board: titles by id. */
type Boards = Map<string, Map<string, string>>

/** One `stoa` on a machine of its own. */
interface Machine {
  readonly end: BridgeEnd
  readonly dataDir: string
  readonly stoa: ChildProgram
  readonly owner: Owner
}

let folder: string
let bridge: NamespaceBridge
let machines: readonly Machine[] = []
const machine = (at: number) => machines[at] as Machine

async function start(end: BridgeEnd): Promise<Machine> {
  const dataDir = join(folder, end.namespace.name)
  const environment = {
    ...loopbackEnvironment,
    STOA_P2P_HOST: end.namespace.address,
    STOA_HOST: end.door,
    NODE_COMPILE_CACHE: join(folder, 'compiled'),
    STOA_LOG_LEVEL: 'debug',
  }
  const spawn = end.namespace.spawn.bind(end.namespace)
  const stoa = await startChildProgram({ dataDir, environment, spawn })
  return { end, dataDir, stoa, owner: await claimInstallation(stoa.output(), stoa.url) }
}

const cluster = ({ end, dataDir }: Machine, ...args: readonly string[]) =>
  clusterToolIn(end.namespace, dataDir, ...args)

const diagnostics = ({ owner }: Machine) => owner.client.call('getContentDiagnostics', {})

/** It holds all that the two others say they hold, and is told by both. */
const isInStep = async (one: Machine) => {
  const { sync_lag_seconds, index, bodies, peers } = await diagnostics(one)
  const connected = peers.filter(({ path }) => path !== null)
  return connected.length === 2 && sync_lag_seconds === 0 && index.missing === 0 && bodies.missing === 0
}

const told = (what: string, one: Machine, ask: () => Promise<boolean>) =>
  until(what, ask, 2 * MINUTE).catch(async (error: unknown) => {
    const peers = await one.owner.client.call('listClusterPeers', {})
    throw new Error(JSON.stringify({ ...(await diagnostics(one)), peers }), { cause: error })
  })

/** More people of an organisation, each on a device of their own. */
async function peopleOf({ owner, stoa }: Machine): Promise<Client[]> {
  const body = { role: 'member', max_uses: PEOPLE } as const
  const { url } = await owner.client.call('createInvitation', { body })
  const [, token = ''] = /#token=(\S+)/.exec(url) ?? []
  const signedOut = createClient({ baseUrl: stoa.url })
  const people = Array.from({ length: PEOPLE }, async (_, n) => {
    const person = { token, display_name: `Person ${n}` }
    const { access_token } = await signedOut.call('acceptInvitation', { body: person })
    return createClient({ baseUrl: stoa.url, tokens: { get: () => access_token } })
  })
  return Promise.all(people)
}

/** Everybody writes at once, each on a board of their own. Adds what is acknowledged: titles by id, on each board. */
async function writePosts(people: readonly Client[], written: Boards): Promise<void> {
  const boards = [...written]
  const write = async (person: Client, at: number) => {
    const [board_id = '', posts] = boards[at] ?? []
    for (let n = 0; n < POSTS / people.length; n++) {
      const title = `Post ${n} of ${at}`
      const body = { title, text: bodyOf(title) }
      const { id } = await person.call('createPost', { path: { board_id }, body })
      posts?.set(id, title)
    }
  }
  await Promise.all(people.map(write))
}

const bodyOf = (title: string) => `${title} says this.`

const countOf = (boards: Boards) => [...boards.values()].reduce((sum, { size }) => sum + size, 0)

async function listed({ owner }: Machine, boardIds: Iterable<string>): Promise<Boards> {
  const boards = new Map<string, Map<string, string>>()
  for (const board_id of boardIds) {
    const { items } = await owner.client.call('listPosts', { path: { board_id }, query: { limit: 200 } })
    boards.set(board_id, new Map(items.map(({ id, title }) => [id, title])))
  }
  return boards
}

describe.skipIf(reason !== undefined)('three programs on three machines', () => {
  beforeAll(async () => {
    folder = await temporaryFolder('stoa-machines')
    bridge = await createBridge(3)
    machines = await Promise.all(bridge.ends.map(start))
    const bundle = bundleIn(await cluster(machine(0), 'init', '--name', 'home', '--node-name', 'a'))
    for (const [n, name] of ['b', 'c'].entries())
      await joined(() => cluster(machine(n + 1), 'join', bundle, '--node-name', name))
  }, 6 * MINUTE)
  afterAll(async () => {
    await Promise.allSettled(machines.map(({ stoa }) => stoa.stop()))
    await bridge?.close()
    await rm(folder, { recursive: true, force: true })
  }, MINUTE)

  const written: Boards = new Map()

  test(
    'one that is cut off says so, and has all that was written once it is back',
    async () => {
      const [a, b] = [machine(0), machine(1)]
      const people = await peopleOf(a)
      for (const [n] of people.entries()) {
        const { id } = await a.owner.client.call('createBoard', { body: { title: `Board ${n}` } })
        written.set(id, new Map())
      }
      const begun = async () => (await b.owner.client.call('listBoards', {})).items.length === PEOPLE
      await told('the boards are on b', b, async () => (await begun()) && (await isInStep(b)))

      await b.end.unplug()
      const inStepUntil = performance.now()
      const lags: number[] = []
      const hasGrown = async () => {
        const { sync_lag_seconds } = await diagnostics(b)
        if (sync_lag_seconds) lags.push(sync_lag_seconds)
        return lags.length > 1
      }
      await Promise.all([writePosts(people, written), told('its lag grows', b, hasGrown)])
      expect(countOf(written)).toBe(POSTS)
      expect(await listed(a, written.keys())).toEqual(written)
      expect(countOf(await listed(b, written.keys()))).toBe(0)
      const away = (performance.now() - inStepUntil) / 1000
      await hasGrown()
      expect(lags).toEqual(lags.toSorted((one, other) => one - other))
      expect(lags.at(-1)).toBeGreaterThan(away)

      await b.end.plug()
      await told('b is in step', b, () => isInStep(b))
      expect(await listed(b, written.keys())).toEqual(written)
    },
    8 * MINUTE,
  )

  test(
    'the bytes of a body are lost on one: who opens the post has it from another',
    async () => {
      const b = machine(1)
      const [board_id = '', posts] = [...written].at(-1) ?? []
      const [post_id = '', title = ''] = [...(posts ?? [])].at(-1) ?? []
      const read = () => b.owner.client.call('getPost', { path: { board_id, post_id } })
      const { body, content_cid } = await read()
      expect(body.text).toBe(bodyOf(title))
      const others = (await diagnostics(b)).peers.map(({ peer_id }) => peer_id)
      await embeddedStore(b.dataDir, b.stoa.output()).sql(
        `update stoa.content_blobs set bytes = null, in_storage = true
       where digest = (select content_digest from stoa.posts where id = '\\x${post_id}')`,
      )
      const { items: before } = await b.owner.client.call('listContentFetches', {})
      await told('its body', b, async () => (await read()).body.text === bodyOf(title))
      const { items } = await b.owner.client.call('listContentFetches', {})
      const latest = (list: typeof items) => list.find((one) => one.content_cid === content_cid)
      const fetched = latest(items)
      expect(fetched?.started_at).not.toBe(latest(before)?.started_at)
      expect(fetched).toMatchObject({ outcome: 'fetched', here: true, use: { post_id, title } })
      expect(others).toContain(fetched?.peer_id)
    },
    2 * MINUTE,
  )
})
