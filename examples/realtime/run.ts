/**
 * `npm run example -- realtime`: Session, two StateSync and two gateways as processes of their own on Redis and PostgreSQL.
 * People write one document and talk in one room over links that delay, stall and break; two of them change the
 * same line without seeing each other; the process that owns the document is killed. In the end everybody must have the same.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { StateSyncService } from '@stoa/contracts/statesync'
import { uuidv7 } from '@stoa/kernel'
import { grpcClient } from '@stoa/server/platform/rpc/grpc-client.ts'
import { Dice } from '@stoa/testkit/books/random'
import { type ServicesApart, startServicesApart } from '@stoa/testkit/constellation'
import { TcpLink } from '@stoa/testkit/netlab/tcp-link'
import { Editor } from '@stoa/testkit/people/editor'
import { claimInstallation, type Owner } from '@stoa/testkit/people/owner'
import { Speaker } from '@stoa/testkit/people/speaker'
import { until } from '@stoa/testkit/until'

const SEED = 5
const SECONDS = 6
const say = (line = '') => void process.stdout.write(`${line}\n`)

await using stoa = await startServices()
const dice = new Dice(SEED)
const owner = await claimInstallation(stoa.api.output(), stoa.api.url)
const links = await Promise.all(
  stoa.gateways.map(({ url }, n) => TcpLink.open({ target: url, seed: SEED + n, delayMs: [5, 40] })),
)
const [documentId, roomId] = [await newDocument(owner), await newRoom(owner)]
const editors = await openEditors()
const speakers = await openSpeakers()

await conflict()
await badWeather()
await report()
await Promise.all([...editors, ...speakers].map((one) => one.stop()))
for (const link of links) await link[Symbol.asyncDispose]()

async function startServices(): Promise<ServicesApart> {
  say('Starting Redis, PostgreSQL and six processes …')
  const started = await startServicesApart()
  say(`  api, worker   ${started.api.url}`)
  say('  session')
  for (const { address } of started.statesync) say(`  statesync     ${address}`)
  for (const { url } of started.gateways) say(`  gateway       ${url}`)
  return started
}

async function newDocument({ tenantId, workspaceId, accountId: userId }: Owner): Promise<string> {
  const [first] = stoa.statesync
  const remote = grpcClient(StateSyncService, {
    target: first?.address ?? '',
    token: 'a secret among ourselves',
  })
  const { document } = await remote.client.createDocument({ tenantId, workspaceId, userId })
  remote.close()
  return document?.documentId ?? ''
}

async function newRoom({ client, workspaceId }: Owner): Promise<string> {
  const id = uuidv7()
  await client.call('createRoom', { body: { id, workspace_id: workspaceId, name: 'Salon' } })
  return id
}

/** Everybody on a link of their own gateway, in turn. */
function placeOf(n: number): string {
  return links[n % links.length]?.url ?? ''
}

async function openEditors(): Promise<Editor[]> {
  const { client } = owner
  const people = ['Ada', 'Ben', 'Cleo', 'Dan'].map(
    (name, n) => new Editor({ name, client, baseUrl: placeOf(n), documentId, dice }),
  )
  await Promise.all(people.map(({ session }) => session.start()))
  await until('all editors are in', () => people.every(({ session }) => session.state.synced))
  return people
}

async function openSpeakers(): Promise<Speaker[]> {
  const { client, tokens } = owner
  const people = ['Eve', 'Fay', 'Gil'].map(
    (name, n) => new Speaker({ name, client, tokens, baseUrl: placeOf(n), roomId, dice }),
  )
  await Promise.all(people.map((one) => one.start()))
  await until('all speakers are in', () => people.every(({ present }) => present.size > 0))
  return people
}

function lineOf(editor: Editor) {
  return editor.doc.getText('line')
}

/** Ada and Ben change the same words while no gateway can be reached. */
async function conflict(): Promise<void> {
  const [ada, ben] = editors as [Editor, Editor]
  lineOf(ada).insert(0, 'We meet on Monday.')
  await until('all have the line', () =>
    editors.every((one) => lineOf(one).toJSON() === 'We meet on Monday.'),
  )
  for (const link of links) link.stall()
  for (const [one, day] of [
    [ada, 'Tuesday'],
    [ben, 'Friday'],
  ] as const) {
    lineOf(one).delete(11, 6)
    lineOf(one).insert(11, day)
  }
  say('\nA conflict: the same word is changed by two people who cannot reach each other')
  for (const one of [ada, ben]) say(`  ${one.name} has: ${lineOf(one).toJSON()}`)
  for (const link of links) link.resume()
  await until(
    'all have the same line',
    () => new Set(editors.map((one) => lineOf(one).toJSON())).size === 1 && ada.settled && ben.settled,
  )
  say(`  all have, once they meet again: ${lineOf(ada).toJSON()}`)
  say('  Both words are kept, nobody overwrote anybody: a person decides.')
}

/** Links break, and the owner of the document is killed, while everybody goes on. */
async function badWeather(): Promise<void> {
  say(`\n${SECONDS} seconds of writing and talking over links that delay, stall and break …`)
  const typing = setInterval(() => dice.pick(editors).type(), 10)
  const talking = setInterval(() => dice.pick(speakers).say(), 120)
  for (let second = 0; second < SECONDS; second++) {
    await delay(1_000)
    const link = dice.pick(links)
    if (second % 3 === 0) link.cut()
    else if (second % 3 === 1) {
      link.stall()
      await delay(200)
      link.resume()
    }
    if (second === 2) {
      say('  a StateSync process is killed')
      await stoa.statesync[0]?.program.kill()
    }
  }
  clearInterval(typing)
  clearInterval(talking)
}

async function report(): Promise<void> {
  const typed = editors.reduce((sum, one) => sum + one.typed.length, 0)
  const said = speakers.reduce((sum, one) => sum + one.said, 0)
  const held = (one: Speaker) => one.room.timeline.known()
  const started = performance.now()
  await until(
    'everything is everywhere',
    () =>
      [
        ...editors.map((one) => one.settled && one.written.words.length === typed),
        ...speakers.map((one) => one.settled && held(one).length === said),
      ].every(Boolean),
    60_000,
  )
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const documents = new Set(editors.map(({ written }) => JSON.stringify(written)))
  const orders = new Set(
    speakers.map((one) =>
      held(one)
        .map(({ id }) => id)
        .join(),
    ),
  )
  const twice = speakers.filter(({ shown }) => new Set(shown).size !== shown.length).length
  say('\nReport')
  say(
    `  edits typed ${typed}, acknowledged as durable ${editors.reduce((sum, one) => sum + one.saved.length, 0)}`,
  )
  say(`  messages said ${said}, confirmed ${speakers.reduce((sum, one) => sum + one.confirmed.size, 0)}`)
  say(`  everything was everywhere ${seconds} s after the last break`)
  say(`  different documents among ${editors.length} editors: ${documents.size}`)
  say(`  different orders of messages among ${speakers.length} speakers: ${orders.size}`)
  say(`  speakers who were shown a message twice: ${twice}`)
  if (documents.size !== 1 || orders.size !== 1 || twice > 0) process.exitCode = 1
}
