import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { StateSyncService } from '@stoa/contracts/statesync'
import { uuidv7 } from '@stoa/kernel'
import { createClient } from '@stoa/sdk'
import { grpcClient, type RemoteClient } from '@stoa/server/platform/rpc/grpc-client.ts'
import { Dice } from '@stoa/testkit/books/random'
import { type ChildProgram, startChildProgram } from '@stoa/testkit/child-program'
import { rounds } from '@stoa/testkit/long'
import { TcpLink } from '@stoa/testkit/netlab/tcp-link'
import { Editor, type Written, writtenState } from '@stoa/testkit/people/editor'
import { claimInstallation, type Owner } from '@stoa/testkit/people/owner'
import { Speaker } from '@stoa/testkit/people/speaker'
import { freePort } from '@stoa/testkit/ports'
import { temporaryFolder } from '@stoa/testkit/temporary-folder'
import { until } from '@stoa/testkit/until'
import { afterAll, beforeAll, expect, test } from 'vitest'

const ROUNDS = rounds({ short: 5, long: 100 })
const DOCUMENTS = 2
const EDITORS_EACH = 3
const SPEAKERS = 3
const LONGEST_MS = 600
/** In every third round PostgreSQL is killed with the program. */
const KILLS_DATABASE = (round: number) => round % 3 === 2

const dice = new Dice(20_261_122)
let folder: string
let stoa: ChildProgram
let postgres = 0
let rpcPort: number
/** What clients connect to: it stays where it is, whatever the program does. */
let link: TcpLink
let statesync: RemoteClient<typeof StateSyncService>
let owner: Owner

beforeAll(async () => {
  folder = await temporaryFolder('stoa-kills')
  rpcPort = await freePort()
  link = await TcpLink.open()
  await start()
  link.target = stoa.url
  owner = await claimInstallation(stoa.output(), link.url)
})
afterAll(async () => {
  statesync?.close()
  await stoa?.stop()
  await link[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

async function start(): Promise<void> {
  stoa = await startChildProgram({
    dataDir: join(folder, 'data'),
    environment: { NODE_COMPILE_CACHE: join(folder, 'compiled'), STOA_RPC_PORT: `${rpcPort}` },
  })
  const [, pid = ''] = /action=postgres_ready .*?pid=(\d+)/.exec(stoa.output()) ?? []
  postgres = Number(pid)
  // A client of before would wait a while until it tries again.
  statesync?.close()
  statesync = grpcClient(StateSyncService, { target: `127.0.0.1:${rpcPort}` })
}

async function editors(): Promise<{ documentId: string; people: Editor[] }[]> {
  const { client, tenantId, workspaceId, accountId: userId } = owner
  const made = Array.from({ length: DOCUMENTS }, async (_, d) => {
    const { document } = await statesync.client.createDocument({ tenantId, workspaceId, userId })
    const documentId = document?.documentId ?? ''
    const people = Array.from(
      { length: EDITORS_EACH },
      (_each, e) => new Editor({ name: `e${d}${e}`, client, baseUrl: link.url, documentId, dice }),
    )
    await Promise.all(people.map(({ session }) => session.start()))
    return { documentId, people }
  })
  return Promise.all(made)
}

async function speakers(): Promise<{ roomId: string; people: Speaker[] }> {
  const { client, tokens, workspaceId } = owner
  const roomId = uuidv7()
  await client.call('createRoom', { body: { id: roomId, workspace_id: workspaceId, name: 'Salon' } })
  const people = Array.from(
    { length: SPEAKERS },
    (_, s) => new Speaker({ name: `s${s}`, client, tokens, baseUrl: link.url, roomId, dice }),
  )
  await Promise.all(people.map((one) => one.start()))
  return { roomId, people }
}

/** What the program that has just started knows, before any client can tell it anything. */
async function stored(documentId: string): Promise<Written> {
  const { state } = await statesync.client.getDocument({
    tenantId: owner.tenantId,
    documentId,
    stateVector: new Uint8Array([0]),
  })
  return writtenState(state)
}

async function storedMessages(roomId: string): Promise<string[]> {
  const direct = createClient({ baseUrl: stoa.url, tokens: owner.tokens })
  const ids: string[] = []
  for (let after = 0; ; ) {
    const query = { after, limit: 200 }
    const page = await direct.call('listMessages', { path: { room_id: roomId }, query })
    ids.push(...page.items.map(({ id }) => id))
    if (page.items.length === 0 || page.after === null) return ids
    after = page.to_sequence
  }
}

const duplicates = (list: readonly (string | number)[]) => list.filter((one, at) => list.indexOf(one) !== at)
const ascending = (list: readonly number[]) => list.every((one, at) => at === 0 || one > (list[at - 1] ?? 0))

test('killed at any moment, it has kept every acknowledged edit and message, and all see the same', {
  timeout: 840_000,
}, async () => {
  const documents = await editors()
  const room = await speakers()
  const everybody = documents.flatMap(({ people }) => people)
  await until('all are in', () => everybody.every(({ session }) => session.state.synced))

  for (let round = 0; round < ROUNDS; round++) {
    const typing = setInterval(() => dice.pick(everybody).type(), 3)
    const talking = setInterval(() => dice.pick(room.people).say(), 100)
    await delay(dice.between(20, LONGEST_MS))
    link.target = undefined
    if (KILLS_DATABASE(round)) process.kill(postgres, 'SIGKILL')
    await stoa.kill()
    link.cut()
    clearInterval(typing)
    clearInterval(talking)
    // They go on while nobody is there.
    for (const one of everybody) one.type()
    dice.pick(room.people).say()
    const saved = documents.map(({ people }) => people.flatMap((one) => one.saved))
    const confirmed = room.people.flatMap((one) => [...one.confirmed])
    await start()

    for (const [d, { documentId }] of documents.entries()) {
      const { words } = await stored(documentId)
      expect(duplicates(words)).toEqual([])
      expect(new Set(words)).toEqual(new Set([...words, ...(saved[d] ?? [])]))
    }
    const messages = await storedMessages(room.roomId)
    expect(duplicates(messages)).toEqual([])
    expect(new Set(messages)).toEqual(new Set([...messages, ...confirmed]))

    link.target = stoa.url
    for (const { session } of everybody) session.reconnect()
    for (const { topics } of room.people) topics.reconnect()
    await verifyDocuments(documents)
    await verifyRoom(room)
  }
  expect(everybody.every(({ saved }) => saved.length > 0)).toBe(true)
  expect(room.people.some(({ confirmed }) => confirmed.size > 0)).toBe(true)
  await Promise.all([...everybody, ...room.people].map((one) => one.stop()))
})

/** All editors, and the server, come to the same document, in which every word that was typed stands once. */
async function verifyDocuments(documents: Awaited<ReturnType<typeof editors>>): Promise<void> {
  for (const { documentId, people } of documents) {
    const typed = people.flatMap((one) => one.typed)
    await until('everything is saved and everywhere', () =>
      people.every((one) => one.settled && one.written.words.length === typed.length),
    )
    const [first, ...others] = [await stored(documentId), ...people.map(({ written }) => written)]
    for (const other of others) expect(other).toEqual(first)
    expect([...first.words].sort()).toEqual([...typed].sort())
  }
}

/** Everybody holds every message once, in the order of the room, and was shown none twice. */
async function verifyRoom({ roomId, people }: Awaited<ReturnType<typeof speakers>>): Promise<void> {
  const said = people.reduce((sum, one) => sum + one.said, 0)
  await until('everything said is confirmed and everywhere', () =>
    people.every((one) => one.settled && one.room.timeline.known().length === said),
  )
  const messages = await storedMessages(roomId)
  expect(messages).toHaveLength(said)
  for (const { room, shown } of people) {
    expect(room.timeline.known().map(({ id }) => id)).toEqual(messages)
    expect(ascending(shown)).toBe(true)
  }
}
