import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { type Client, createClient } from '@stoa/sdk'
import { Dice } from '@stoa/testkit/books/random'
import { type ChildProgram, startChildProgram } from '@stoa/testkit/child-program'
import { bundleIn, clusterTool, joined, loopbackEnvironment, onLoopback } from '@stoa/testkit/clustered'
import { accessToken, type TestMember } from '@stoa/testkit/identity'
import { rounds } from '@stoa/testkit/long'
import { type SignedTenant, signedTenant } from '@stoa/testkit/members'
import { TcpLink } from '@stoa/testkit/netlab/tcp-link'
import { claimInstallation, type Owner } from '@stoa/testkit/people/owner'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { temporaryFolder } from '@stoa/testkit/temporary-folder'
import { until } from '@stoa/testkit/until'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Acknowledged } from './kills/acknowledged.ts'
import { halvesIn } from './kills/halves.ts'
import { damagedContents, embeddedStore, recordsOf, type Store, viewOf } from './kills/store.ts'
import { BoardWriters } from './kills/writer.ts'

const KILLS = rounds({ short: 4, long: 50 })
/** Written while it is killed and starts again: what it finds missing then. */
const ACTS = 100
/** Acknowledged before the next kill. */
const MOST_ACTS = 25
const LONGEST_MS = 400
const LONGEST_EARLY_MS = 1_500
/** In every third round it is killed soon after its start, connected or not; in the others while it catches up. */
const KILLS_EARLY = (round: number) => round % 3 === 2
/** In every fifth round PostgreSQL is killed with it. */
const KILLS_DATABASE = (round: number) => round % 5 === 3
const HAS_LARGE_PICTURE = (round: number) => round % 4 === 1

/** Killed again and again; its own address stays, whatever the program does. */
interface Victim {
  readonly link: TcpLink
  readonly owner: Owner
  program: ChildProgram
  store: Store
}

const dice = new Dice(20_261_123)
let folder: string
/** Where people write. */
let anna: TestProgram
let people: SignedTenant
let ben: Victim

const environment = () => ({
  ...loopbackEnvironment,
  NODE_COMPILE_CACHE: join(folder, 'compiled'),
  STOA_LOG_LEVEL: 'debug',
})

const dataOfBen = () => join(folder, 'ben')
const startBen = () => startChildProgram({ dataDir: dataOfBen(), environment: environment() })

beforeAll(async () => {
  folder = await temporaryFolder('stoa-sync')
  anna = await startProgram({ config: onLoopback })
  people = await signedTenant(anna, 'Anna')
  const program = await startBen()
  const link = await TcpLink.open({ target: program.url })
  const owner = await claimInstallation(program.output(), link.url)
  ben = { program, link, owner, store: embeddedStore(dataOfBen(), program.output()) }
  const said = await clusterTool(anna.dataDir, 'init', '--name', 'home', '--node-name', 'anna')
  await joined(() => clusterTool(dataOfBen(), 'join', bundleIn(said), '--node-name', 'ben'))
}, 240_000)
afterAll(async () => {
  await ben?.program.stop()
  await ben?.link[Symbol.asyncDispose]()
  await anna?.close()
  await rm(folder, { recursive: true, force: true })
})

const storeOfAnna = (): Store => ({ dataDir: anna.dataDir, sql: (text) => anna.db.sql(text) })

/** With a token that is always fresh: a long run outlives one. */
const clientOf = (member: TestMember): Client =>
  createClient({ baseUrl: anna.url, tokens: { get: () => accessToken(anna, member) } })

const countOf = async ({ sql }: Store, table: string, where = 'true') => {
  const [row] = await sql<{ count: number }>(
    `select count(*)::integer as count from stoa.${table} where ${where}`,
  )
  return row?.count ?? 0
}

/** Bodies and pictures come: it is in the middle of it. */
const catchesUp = () =>
  until('it catches up', () => /action=content_fetch .*outcome=ok/.test(ben.program.output()), 90_000)

async function killBen(round: number): Promise<void> {
  const { program, link } = ben
  link.target = undefined
  const [, postgres = ''] = /action=postgres_ready .*?pid=(\d+)/.exec(program.output()) ?? []
  if (KILLS_DATABASE(round)) process.kill(Number(postgres), 'SIGKILL')
  await program.kill()
  link.cut()
  ben.program = await startBen()
  link.target = ben.program.url
  ben.store = embeddedStore(dataOfBen(), ben.program.output())
}

test('killed at any moment while it synchronises, it goes on, and both hold the same in the end', {
  timeout: 840_000,
}, async () => {
  const { owner, admin, member } = people
  const writer = new BoardWriters([owner, admin, member].map(clientOf), anna.url, dice)
  for (let n = 0; n < 3; n++) await writer.board()
  await writer.post()
  await catchesUp()

  let underWay = 0
  for (let round = 0; round < KILLS; round++) {
    await writer.picture(HAS_LARGE_PICTURE(round) ? 1400 : 120)
    writer.start(ACTS)
    if (KILLS_EARLY(round)) await delay(dice.between(0, LONGEST_EARLY_MS))
    else await catchesUp().then(() => delay(dice.between(0, LONGEST_MS)))
    const records = await countOf(ben.store, 'board_records')
    const missing = await countOf(ben.store, 'content_blobs', 'not whole and not dropped')
    if (missing > 0 || records < (await countOf(storeOfAnna(), 'board_records'))) underWay++
    await killBen(round)
    await writer.stop()

    expect((await recordsOf(ben.store)).length).toBeGreaterThanOrEqual(records)
    expect((await damagedContents(ben.store)).damaged).toEqual([])
  }
  expect(underWay, 'kills in the middle of something').toBeGreaterThan(KILLS / 4)
  // Those before may have been taken back.
  await writer.picture(1400)
  await writer.post()
  await verifyTheSame()
})

test('killed at any moment while it takes what people write, it loses nothing of that and keeps nothing by half', {
  timeout: 840_000,
}, async () => {
  const written = new Acknowledged(ben.owner.client, ben.link.url, dice)
  await written.begin()
  let interrupted = 0
  for (let round = 0; round < KILLS; round++) {
    const wanted = written.acts + dice.between(1, MOST_ACTS)
    written.start()
    await until('it has acknowledged some', () => written.acts >= wanted, 90_000)
    written.interrupt()
    await killBen(round)
    if ((await written.end()) > 0) interrupted++

    await written.verify(ben.owner.client, ben.link.url)
    expect(await halvesIn(ben.store)).toEqual({})
    expect((await damagedContents(ben.store)).damaged).toEqual([])
    await written.repeat()
  }
  expect(interrupted, 'kills in the middle of something').toBeGreaterThan(KILLS / 4)
  for (const [kind, count] of Object.entries(written.records))
    expect(await countOf(ben.store, 'board_records', `kind = '${kind}' and peer_id is null`), kind).toBe(
      count,
    )
  await verifyTheSame()
  expect(await halvesIn(storeOfAnna())).toEqual({})
  await written.verify(ben.owner.client, ben.link.url, true)
  await written.verify(clientOf(people.member), anna.url, true)
})

async function catchUp(what: string, client: Client): Promise<void> {
  const diagnostics = () => client.call('getContentDiagnostics', {})
  const inStep = async () => {
    const { sync_lag_seconds, index, bodies } = await diagnostics()
    return sync_lag_seconds === 0 && index.missing === 0 && bodies.missing === 0
  }
  await until(what, inStep, 120_000).catch(async (error: unknown) => {
    throw new Error(JSON.stringify(await diagnostics()), { cause: error })
  })
}

/** What posts and comments name, as far as it is here; a text that was changed since may lie on one of them still. */
const namedContents = async ({ sql }: Store) =>
  (
    await sql<{ digest: string }>(`
      select encode(c.digest, 'hex') as digest from stoa.content_blobs c
      where c.whole and not c.dropped and exists (
        select from stoa.content_names n where n.tenant_id = c.tenant_id and n.digest = c.digest)
      order by 1`)
  ).map(({ digest }) => digest)

async function verifyTheSame(): Promise<void> {
  const same = async () => isDeepStrictEqual(await recordsOf(ben.store), await recordsOf(storeOfAnna()))
  await until('both hold the same records', same, 120_000)
  await catchUp('ben has caught up', ben.owner.client)
  await catchUp('anna has caught up', clientOf(people.owner))
  expect(await recordsOf(ben.store)).toEqual(await recordsOf(storeOfAnna()))
  expect(await viewOf(ben.store)).toEqual(await viewOf(storeOfAnna()))
  const [a, b] = [await damagedContents(storeOfAnna()), await damagedContents(ben.store)]
  expect([a.damaged, b.damaged]).toEqual([[], []])
  expect(await namedContents(ben.store)).toEqual(await namedContents(storeOfAnna()))
  expect(await countOf(ben.store, 'content_chunks')).toBeGreaterThan(0)
}
