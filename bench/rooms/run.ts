import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { uuidv7 } from '@stoa/kernel'
import { type Client, createClient } from '@stoa/sdk'
import { accessToken, addMember, createTenant, type TestMember } from '@stoa/testkit/identity'
import type { Bench, Figure } from '../../tools/bench/row.ts'
import { type BenchProgram, startBenchProgram } from '../support/program.ts'
import { quantile } from '../support/quantiles.ts'
import type { Crowd, CrowdReport } from './crowd.ts'

interface Speaker {
  readonly member: TestMember
  readonly client: Client
  readonly token: string
}

const ROOMS = 100
/** People of the crowd; each has as many sockets as it takes. */
const TALKERS = 10
const CROWD = join(import.meta.dirname, 'crowd.ts')

/** Messages of a room in one statement: what they say differs, so that pages have the size of real ones. */
async function fill(
  { db }: BenchProgram,
  tenantId: string,
  roomId: string,
  authors: readonly string[],
  count: number,
) {
  await db.sql(
    `insert into stoa.messages (tenant_id, room_id, sequence, id, revision, account_id, body, created_at)
     select $1, $2, n, gen_random_uuid(), n, ($3::uuid[])[1 + n % cardinality($3::uuid[])],
       'Message ' || n || ': ' || repeat('it requires a training such as the athletes underwent ', 1 + n % 4),
       now() - make_interval(secs => $4::integer - n)
     from generate_series(1, $4::integer) as n`,
    [tenantId, roomId, [...authors], count],
  )
  await db.sql(
    'update stoa.rooms set last_sequence = $2, last_revision = $2, last_message_at = now() where id = $1',
    [roomId, count],
  )
}

async function speakerOf(stoa: BenchProgram, member: TestMember): Promise<Speaker> {
  const token = await accessToken(stoa, member)
  return { member, token, client: createClient({ baseUrl: stoa.url, tokens: { get: async () => token } }) }
}

async function times(count: number, run: (n: number) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = []
  for (let n = 0; n < count; n += 1) {
    const started = performance.now()
    await run(n)
    taken.push(performance.now() - started)
  }
  return taken
}

function figures(name: string, taken: readonly number[]): Figure[] {
  const shares = [
    ['p50', 0.5],
    ['p95', 0.95],
    ['p99', 0.99],
  ] as const
  return shares.map(([metric, share]) => ({ case: name, metric, value: quantile(taken, share), unit: 'ms' }))
}

/** Every message once, no number twice, none left out: counted in the database after the load. */
async function faultsIn({ db }: BenchProgram, sent: number): Promise<number> {
  const rows = (await db.sql(
    `select count(*)::integer as messages, count(distinct (room_id, sequence))::integer as places,
       (select sum(last_sequence)::integer from stoa.rooms where name like 'Load %') as given
     from stoa.messages m join stoa.rooms r using (tenant_id) where r.id = m.room_id and r.name like 'Load %'`,
  )) as { messages: number; places: number; given: number }[]
  const { messages = 0, places = 0, given = 0 } = rows[0] ?? {}
  return Math.abs(messages - sent) + Math.abs(places - sent) + Math.abs(given - sent)
}

/** Lets a crowd talk, in a process of its own. */
async function talk(crowd: Crowd): Promise<CrowdReport> {
  const { stdin, stdout } = spawn(process.execPath, [CROWD], { stdio: ['pipe', 'pipe', 'inherit'] })
  stdin.end(JSON.stringify(crowd))
  return (await json(stdout)) as CrowdReport
}

function talkFigures(what: string, report: CrowdReport): Figure[] {
  if (report.failed > 0) throw new Error(`${report.failed} of ${report.sent + report.failed} were refused`)
  return [
    ...figures(`${what}, sent → durable`, report.acknowledged),
    ...figures(`${what}, sent → seen`, report.seen),
    { case: what, metric: 'reached', value: report.reached, unit: 'messages/s' },
    {
      ...{ case: what, metric: 'processor time of the clients, per message' },
      ...{ value: report.cpu / report.sent, unit: 'ms' },
    },
    {
      ...{ case: what, metric: 'lost, repeated or out of order at a client' },
      ...{ value: report.lost + report.repeated + report.disordered, unit: 'messages' },
    },
  ]
}

async function newRooms({ client }: Speaker, workspace_id: string, names: readonly string[], ids: string[]) {
  const made: string[] = []
  for (const name of names) {
    const body = { id: uuidv7(), workspace_id, name, member_ids: ids }
    made.push((await client.call('createRoom', { body })).id)
  }
  return made
}

/** Over HTTP on the whole program: history pages among many messages, and sending at the rate of a busy installation. */
export const run: Bench = async ({ quick, log }) => {
  const messages = quick ? 50_000 : 5_000_000
  await using stoa = await startBenchProgram()
  const tenant = await createTenant(stoa.db, 'Bench')
  const { tenantId, workspaceId } = tenant
  const members = [tenant.owner, tenant.admin, tenant.member, tenant.guest]
  while (members.length < 20) {
    members.push(await addMember(stoa.db, { tenantId, role: 'member', workspaceIds: [workspaceId] }))
  }
  const speakers = await Promise.all(members.map((member) => speakerOf(stoa, member)))
  const reader = speakers[0] as Speaker
  const others = members.slice(1).map((member) => member.accountId)
  const [big = ''] = await newRooms(reader, workspaceId, ['History'], others)
  const small = Math.floor(messages / 200)
  const sides = await newRooms(
    reader,
    workspaceId,
    Array.from({ length: 100 }, (_, n) => `Side ${n}`),
    others,
  )
  await fill(stoa, tenantId, big, others, messages - small * sides.length)
  for (const room of sides) await fill(stoa, tenantId, room, others, small)
  await stoa.db.sql('analyze stoa.messages')
  log(`${messages} messages`)

  const path = { room_id: big }
  const last = messages - small * sides.length
  const ask = (query: object) => reader.client.call('listMessages', { path, query: { limit: 50, ...query } })
  const asked = quick ? 30 : 400
  const place = (n: number) => 1 + ((n * 7_919_317) % last)
  await ask({})
  const name = (what: string) => `${messages} messages, ${what}`
  const found: Figure[] = [
    ...figures(name('newest page of 50'), await times(asked, () => ask({}))),
    ...figures(name('page of 50 anywhere'), await times(asked, (n) => ask({ before: place(n) }))),
    ...figures(
      name('around a date'),
      await times(asked, (n) => ask({ around_date: new Date(Date.now() - place(n) * 1000).toISOString() })),
    ),
    ...figures(name('first unread'), await times(asked, () => ask({ first_unread: true }))),
    ...figures(
      name('list of 101 rooms with counts'),
      await times(asked, () => reader.client.call('listRooms', { query: { limit: 101 } })),
    ),
  ]
  log('history read')
  const rooms = await newRooms(
    reader,
    workspaceId,
    Array.from({ length: ROOMS }, (_, n) => `Load ${n}`),
    others,
  )
  const sockets = quick ? 200 : 1000
  const seconds = quick ? 3 : 15
  const tokens = speakers.slice(0, TALKERS).map(({ token }) => token)
  // A server that runs has said something before, and what filled the tables is on the disk.
  await stoa.db.sql('checkpoint')
  let { sent } = await talk({ url: stoa.url, tokens, rooms, sockets, rate: 50, seconds: 2 })
  for (const rate of quick ? [50] : [100, 200]) {
    const what = `${sockets} clients in ${ROOMS} rooms, ${rate} messages/s`
    const report = await talk({ url: stoa.url, tokens, rooms, sockets, rate, seconds })
    sent += report.sent
    found.push(...talkFigures(what, report))
    log(what)
  }
  found.push({
    ...{ case: 'after the load', metric: 'lost, repeated or misplaced' },
    ...{ value: await faultsIn(stoa, sent), unit: 'messages' },
  })
  return found
}
