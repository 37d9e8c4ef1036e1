import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CLOSE,
  type ClientFrame,
  decodeDocumentMessage,
  encodeClientFrame,
  encodeDocumentMessage,
} from '@stoa/contracts/realtime'
import { StateSyncService } from '@stoa/contracts/statesync'
import { grpcClient, type RemoteClient } from '@stoa/server/platform/rpc/grpc-client.ts'
import { Dice } from '@stoa/testkit/books/random'
import { type ChildProgram, startChildProgram } from '@stoa/testkit/child-program'
import { rounds } from '@stoa/testkit/long'
import { Editor } from '@stoa/testkit/people/editor'
import { claimInstallation, type Owner } from '@stoa/testkit/people/owner'
import { freePort } from '@stoa/testkit/ports'
import { until } from '@stoa/testkit/until'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import WebSocket from 'ws'
import * as Y from 'yjs'

vi.setConfig({ testTimeout: 600_000 })

const TINY_UPDATES = rounds({ short: 30_000, long: 1_000_000 })
const ROOM_TO_BREATHE = 350 * 1024 * 1024

let folder: string
let stoa: ChildProgram
let owner: Owner
let statesync: RemoteClient<typeof StateSyncService>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stoa-hostile-'))
  const rpcPort = await freePort()
  stoa = await startChildProgram({ dataDir: folder, environment: { STOA_RPC_PORT: `${rpcPort}` } })
  statesync = grpcClient(StateSyncService, { target: `127.0.0.1:${rpcPort}` })
  owner = await claimInstallation(stoa.output(), stoa.url)
})
afterAll(async () => {
  statesync?.close()
  await stoa?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function newDocument(state: Uint8Array = new Uint8Array()): Promise<string> {
  const { tenantId, workspaceId, accountId: userId } = owner
  const { document } = await statesync.client.createDocument({ tenantId, workspaceId, userId, state })
  return document?.documentId ?? ''
}

/** A socket without manners. */
async function rawSocket(path: string) {
  const socket = new WebSocket(`${stoa.url.replace('http', 'ws')}${path}`)
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  socket.on('error', () => {})
  onTestFinished(() => socket.terminate())
  await new Promise((resolve) => socket.once('open', resolve).once('close', resolve))
  return { socket, closed }
}

async function documentSocket(documentId: string) {
  const { ticket } = await owner.client.call('createDocumentTicket', { body: { document_id: documentId } })
  return rawSocket(`/yjs/${documentId}?ticket=${ticket}`)
}

async function topicSocket() {
  const { socket, closed } = await rawSocket('/realtime/v1')
  const say = (frame: ClientFrame) => socket.send(encodeClientFrame(frame))
  say({ kind: 'hello', version: 1, token: (await owner.tokens.get()) ?? '' })
  await new Promise((resolve) => socket.once('message', resolve).once('close', resolve))
  return { socket, closed, say }
}

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${stoa.url}/metrics`)).text()
  const line = text.split('\n').find((each) => each.startsWith(`${name} `))
  return Number(line?.split(' ').at(-1) ?? 0)
}

const memory = () => metric('process_resident_memory_bytes')
const refused = (reason: string) =>
  metric(`stoa_realtime_closed_total{reason="${reason}",transport="websocket"}`)

/** Watches how large the program becomes meanwhile. */
async function peakMemory(run: () => Promise<void>): Promise<number> {
  let peak = await memory()
  const timer = setInterval(async () => {
    peak = Math.max(peak, await memory().catch(() => 0))
  }, 200)
  try {
    await run()
  } finally {
    clearInterval(timer)
  }
  return Math.max(peak, await memory())
}

/** Somebody else, who must not feel any of it. */
async function friend(documentId: string): Promise<Editor> {
  const one = new Editor({
    ...{ name: 'friend', client: owner.client, baseUrl: stoa.url, documentId },
    dice: new Dice(1),
  })
  onTestFinished(() => one.stop())
  await one.session.start()
  await until('the friend is in', () => one.session.state.synced)
  return one
}

test('noise of every kind is refused with its reason, counted, and harms nobody', async () => {
  const dice = new Dice(3)
  const documentId = await newDocument()
  const other = await friend(documentId)
  const before = await refused('malformed')
  for (let n = 0; n < 25; n++) {
    const bytes = Uint8Array.from({ length: dice.between(1, 400) }, () => dice.between(0, 255))
    // Numbers above our last kind, so that no noise is by chance a message.
    bytes[0] = dice.between(70, 120)
    const [one, two] = [await documentSocket(documentId), await topicSocket()]
    one.socket.send(bytes)
    two.socket.send(bytes)
    expect([await one.closed, await two.closed]).toEqual([CLOSE.malformed, CLOSE.malformed])
  }
  const text = await documentSocket(documentId)
  text.socket.send('hello')
  expect(await text.closed).toBe(CLOSE.malformed)
  expect(await refused('malformed')).toBeGreaterThanOrEqual(before + 51)
  expect(stoa.output()).toMatch(/action=socket_closed .*reason=malformed/)
  other.type()
  await until('the friend is served', () => other.settled)
})

test('frames that are too large, and too many, are refused', async () => {
  const large = await topicSocket()
  large.socket.send(new Uint8Array(20_000).fill(6))
  expect(await large.closed).toBe(CLOSE.tooLarge)
  const huge = await documentSocket(await newDocument())
  huge.socket.send(new Uint8Array(9 * 1024 * 1024))
  expect(await huge.closed).toBe(1009)
  expect(await refused('tooLarge')).toBe(2)
  const loud = await topicSocket()
  for (let n = 0; n < 3_000; n++) loud.say({ kind: 'ping' })
  expect(await loud.closed).toBe(CLOSE.limited)
})

test('a client that asks for everything and reads nothing costs one state, and its neighbours nothing', async () => {
  const doc = new Y.Doc()
  doc.getText('t').insert(0, 'x'.repeat(2_000_000))
  const documentId = await newDocument(Y.encodeStateAsUpdate(doc))
  const other = await friend(documentId)
  const deaf = await Promise.all([
    documentSocket(documentId),
    documentSocket(documentId),
    documentSocket(documentId),
  ])
  const before = await memory()
  const peak = await peakMemory(async () => {
    for (const { socket } of deaf) {
      socket.pause()
      for (let n = 0; n < 2_000; n++) {
        socket.send(encodeDocumentMessage({ kind: 'step1', stateVector: new Uint8Array([0]) }))
        socket.send(encodeDocumentMessage({ kind: 'query-awareness' }))
        socket.send(encodeDocumentMessage({ kind: 'hello', version: 1 }))
      }
    }
    for (let n = 0; n < 50; n++) {
      other.type()
      await until('the friend is served', () => other.settled)
    }
  })
  // Answered one by one it would be 12 GB.
  expect(peak - before).toBeLessThan(ROOM_TO_BREATHE)
})

test(`${TINY_UPDATES} tiny updates without a pause are taken at the pace of the store, each once`, async () => {
  const documentId = await newDocument()
  const other = await friend(documentId)
  const doc = new Y.Doc()
  const { socket, closed } = await documentSocket(documentId)
  let [sent, acknowledged] = [0, 0]
  socket.on('message', (data) => {
    const message = decodeDocumentMessage(new Uint8Array(data as Buffer))
    if (message.kind === 'ack') acknowledged = message.seq
  })
  doc.on('update', (update: Uint8Array) => {
    sent += 1
    socket.send(encodeDocumentMessage({ kind: 'numbered', seq: sent, update }))
  })
  const before = await memory()
  const peak = await peakMemory(async () => {
    socket.send(encodeDocumentMessage({ kind: 'hello', version: 1 }))
    const text = doc.getText('tiny')
    while (sent < TINY_UPDATES) {
      for (let n = 0; n < 500 && sent < TINY_UPDATES; n++) text.insert(text.length, 'x')
      // What waits in this process is the sender's own affair: a megabyte of it is enough.
      await until('the socket takes more', () => socket.bufferedAmount < 1024 * 1024, 120_000)
      expect(socket.readyState).toBe(WebSocket.OPEN)
    }
    await until('all are durable', () => acknowledged === TINY_UPDATES, 500_000)
  })
  expect(socket.readyState).toBe(WebSocket.OPEN)
  socket.close()
  await closed
  expect(peak - before).toBeLessThan(ROOM_TO_BREATHE)
  await until('the friend has all', () => other.doc.getText('tiny').length === TINY_UPDATES, 60_000)
})
