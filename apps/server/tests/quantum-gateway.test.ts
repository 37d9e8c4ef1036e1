import {
  CLOSE,
  type ClientFrame,
  type DocumentMessage,
  decodeDocumentMessage,
  decodeServerFrame,
  encodeClientFrame,
  encodeDocumentMessage,
  type ServerFrame,
} from '@stoa/contracts/realtime'
import { isStoaError } from '@stoa/kernel'
import { connect as dial } from '@stoa/quantum/node'
import { createClient } from '@stoa/sdk'
import { accessToken, createTenant, type TestMember, type TestTenant } from '@stoa/testkit/identity'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { until } from '@stoa/testkit/until'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import WebSocket from 'ws'
import * as Y from 'yjs'

let stoa: TestProgram
let ours: TestTenant
let offer: { readonly port: number; readonly key: string }

beforeAll(async () => {
  stoa = await startProgram({ config: (config) => ({ ...config, quantum: { host: '127.0.0.1', port: 0 } }) })
  ours = await createTenant(stoa.db)
  offer = await offerOf(stoa, await accessToken(stoa, ours.owner))
})
afterAll(() => stoa.close())

/** What the welcome over the WebSocket tells of the UDP port. */
async function offerOf(program: TestProgram, token: string) {
  const socket = new WebSocket(`${program.url.replace('http', 'ws')}/realtime/v1`)
  await new Promise((resolve) => socket.once('open', resolve))
  const welcome = new Promise<Buffer>((resolve) => socket.once('message', resolve))
  socket.send(encodeClientFrame({ kind: 'hello', version: 1, token }))
  const frame = decodeServerFrame(new Uint8Array(await welcome))
  socket.close()
  if (frame.kind !== 'welcome' || !frame.quantum) throw new Error('the welcome names no UDP port')
  return frame.quantum
}

/** A connection to whoever has the key that was offered. */
async function reach(protocol: 'stoa-realtime-1' | 'stoa-yjs-1') {
  const serverKey = Buffer.from(offer.key, 'base64url')
  const connection = await dial({
    ...{ host: '127.0.0.1', port: offer.port, protocols: [protocol], serverKey },
  })
  onTestFinished(() => connection.close())
  return connection
}

/** With which code the server has ended it; `undefined` when it ended otherwise. */
async function codeOf({ closed }: Awaited<ReturnType<typeof reach>>) {
  const error: unknown = await closed.catch((failure: unknown) => failure)
  return isStoaError(error) ? error.details?.code : undefined
}

/** A client by UDP, greeted when a member is given. */
async function connect(member?: TestMember, kind: 'messages' | 'bytes' = 'messages') {
  const connection = await reach('stoa-realtime-1')
  const stream = await connection.openStream({ kind })
  const frames: ServerFrame[] = []
  void (async () => {
    for await (const message of stream) frames.push(decodeServerFrame(message))
  })().catch(() => {})
  const say = (frame: ClientFrame) => stream.send(encodeClientFrame(frame))
  const of = <K extends ServerFrame['kind']>(wanted: K) =>
    frames.filter((frame): frame is Extract<ServerFrame, { kind: K }> => frame.kind === wanted)
  const code = () => codeOf(connection)
  if (member) {
    await say({ kind: 'hello', version: 1, token: await accessToken(stoa, member) })
    await until('it is welcome', () => of('welcome').length === 1)
  }
  return { connection, stream, frames, say, of, code }
}

const emit = (type: string) =>
  stoa.db.database.tenant({ tenantId: ours.tenantId, accountId: null }, (tx) =>
    tx.emit({ type, payload: { n: 1 }, workspaceId: ours.workspaceId }),
  )

test('UDP-2, TOPIC-4: a client by UDP follows a topic and resumes it, as by WebSocket', async () => {
  const topic = `workspace:${ours.workspaceId}`
  const one = await connect(ours.owner)
  await one.say({ kind: 'follow', topic })
  const { seq } = await until('it follows', () => one.of('following')[0])
  await emit('test.first')
  await emit('test.second')
  await until('both came', () => one.of('event').length === 2)
  const [first, second] = one.of('event').map((frame) => frame.seq)
  expect(second).toBeGreaterThan(first!)
  await one.connection.close()
  await emit('test.third')
  const again = await connect(ours.owner)
  await again.say({ kind: 'follow', topic, after: seq })
  await until('nothing is missing', () => again.of('event').length === 3)
  expect(
    again
      .of('event')
      .map((frame) => frame.seq)
      .slice(0, 2),
  ).toEqual([first, second])
})

test('the client goes on from another address without saying hello again', async () => {
  const one = await connect(ours.owner)
  await one.connection.migrate()
  await one.say({ kind: 'ping' })
  await until('it is answered', () => one.of('pong').length === 1)
})

test.each<[string, (client: Awaited<ReturnType<typeof connect>>) => Promise<unknown>, number]>([
  [
    'a token that is none',
    (one) => one.say({ kind: 'hello', version: 1, token: 'x.y.z' }),
    CLOSE.unauthenticated,
  ],
  ['frames before the hello', (one) => one.say({ kind: 'ping' }), CLOSE.malformed],
  ['bytes that are no frame', (one) => one.stream.send(Uint8Array.of(250, 1, 2)), CLOSE.malformed],
])('UDP-3: %s ends the connection with the same code as a WebSocket', async (_, spoil, expected) => {
  const one = await connect()
  await spoil(one)
  expect(await one.code()).toBe(expected)
})

test('UDP-2: a stream of bytes is refused', async () => {
  const one = await connect(undefined, 'bytes')
  await one.stream.write(Uint8Array.of(1))
  expect(await one.code()).toBe(CLOSE.malformed)
})

test('UDP-1: a client that expects another key does not speak to this server', async () => {
  const options = { host: '127.0.0.1', port: offer.port, protocols: ['stoa-realtime-1'] }
  await expect(dial({ ...options, serverKey: new Uint8Array(32).fill(1) })).rejects.toThrow()
})

const clientOf = async (member: TestMember) => {
  const token = await accessToken(stoa, member)
  return createClient({ baseUrl: stoa.url, tokens: { get: () => token } })
}

async function newDocument(): Promise<string> {
  const { statesync } = stoa.program.capabilities.realtime
  const { document } = await statesync.createDocument({
    ...{ tenantId: ours.tenantId, workspaceId: ours.workspaceId, userId: ours.owner.accountId },
  })
  return document?.documentId ?? ''
}

const ticketFor = async (member: TestMember, document_id: string) =>
  (await (await clientOf(member)).call('createDocumentTicket', { body: { document_id } })).ticket

/** A client of documents by UDP that has yet to say which one it wants. */
async function documentClient() {
  const connection = await reach('stoa-yjs-1')
  const stream = await connection.openStream({ kind: 'messages' })
  const heard: DocumentMessage[] = []
  void (async () => {
    for await (const message of stream) heard.push(decodeDocumentMessage(message))
  })().catch(() => {})
  const say = (message: DocumentMessage) => stream.send(encodeDocumentMessage(message))
  const open = (document: string, ticket: string) => say({ kind: 'open', document, ticket, traceparent: '' })
  const enter = async (member: TestMember, document: string) => {
    await open(document, await ticketFor(member, document))
    await say({ kind: 'hello', version: 1 })
    await until('it is let in', () => heard.some(({ kind }) => kind === 'status'))
  }
  const code = () => codeOf(connection)
  return { connection, stream, heard, say, open, enter, code }
}

async function metric(series: string): Promise<number> {
  const text = await (await fetch(`${stoa.url}/metrics`)).text()
  const line = text.split('\n').find((each) => each.startsWith(`${series} `))
  return Number(line?.split(' ').at(-1) ?? 0)
}

const update = (text: string) => {
  const doc = new Y.Doc()
  doc.getText('t').insert(0, text)
  return Y.encodeStateAsUpdate(doc)
}

test('UDP-5: a document is opened with a ticket, written, and told to others; it is counted as Quantum', async () => {
  const document = await newDocument()
  const [one, two] = [await documentClient(), await documentClient()]
  await one.enter(ours.owner, document)
  await two.enter(ours.member, document)
  expect(await metric('stoa_realtime_connections{kind="document",transport="quantum"}')).toBe(2)
  await one.say({ kind: 'numbered', seq: 1, update: update('by UDP') })
  await until('it is durable', () => one.heard.some(({ kind }) => kind === 'ack'))
  const told = await until('the other has it', () => two.heard.find((each) => each.kind === 'update'))
  const doc = new Y.Doc()
  Y.applyUpdate(doc, told.update)
  expect(doc.getText('t').toJSON()).toBe('by UDP')
  await Promise.all([one.connection.close(), two.connection.close()])
  await until('both are gone', async () => {
    const left = await metric('stoa_realtime_connections{kind="document",transport="quantum"}')
    return left === 0
  })
})

test('UDP-5, DOC-6: who may only read changes nothing', async () => {
  const document = await newDocument()
  const guest = await documentClient()
  await guest.enter(ours.guest, document)
  await guest.say({ kind: 'numbered', seq: 1, update: update('graffiti') })
  await until('it is refused', () => guest.heard.some((each) => each.kind === 'refused'))
})

test('UDP-5, DOC-1: a ticket opens one connection to one document; every refusal is counted', async () => {
  const refused = 'stoa_realtime_closed_total{reason="unauthenticated",transport="quantum"}'
  const before = await metric(refused)
  const document = await newDocument()
  const ticket = await ticketFor(ours.owner, document)
  const first = await documentClient()
  await first.open(document, ticket)
  await first.say({ kind: 'hello', version: 1 })
  await until('it is let in', () => first.heard.length > 0)
  const elsewhere = await ticketFor(ours.owner, await newDocument())
  for (const [wanted, shown] of [
    [document, ticket],
    [document, elsewhere],
    [document, ''],
    ['no-uuid', ticket],
  ] as const) {
    const one = await documentClient()
    await one.open(wanted, shown)
    expect(await one.code()).toBe(CLOSE.unauthenticated)
  }
  expect(await metric(refused)).toBe(before + 4)
})

test.each<[string, Uint8Array, number]>([
  ['another message than open', encodeDocumentMessage({ kind: 'hello', version: 1 }), CLOSE.malformed],
  ['what is no message', Uint8Array.of(99), CLOSE.malformed],
])('UDP-5: %s ends the connection before it has begun', async (_, bytes, expected) => {
  const one = await documentClient()
  await one.stream.send(bytes)
  expect(await one.code()).toBe(expected)
})

test('UDP-3: a message above the limit ends the connection with its reason', async () => {
  const connection = await reach('stoa-yjs-1')
  // Below the stream of the package, which would refuse to send it.
  connection.engine.openStream({ kind: 'messages' })?.writeMessage(new Uint8Array(9 << 20))
  const error: unknown = await connection.closed.catch((failure: unknown) => failure)
  expect(error).toMatchObject({ code: 'quantum.closed_by_peer', details: { code: CLOSE.tooLarge } })
})

test('UDP-3, CONN-4: a session that is ended is cut off within seconds', async () => {
  const document = await newDocument()
  const one = await documentClient()
  await one.enter(ours.admin, document)
  const topics = await connect(ours.admin)
  const started = performance.now()
  const path = { session_id: ours.admin.context.sessionId }
  await (await clientOf(ours.admin)).call('revokeSession', { path })
  expect(await one.code()).toBe(CLOSE.unauthenticated)
  expect(await topics.code()).toBe(CLOSE.unauthenticated)
  expect(performance.now() - started).toBeLessThan(5_000)
})

test('TOPIC-12: without a port there is no offer, and nothing listens', async () => {
  await using plain = await startProgram()
  const tenant = await createTenant(plain.db)
  await expect(offerOf(plain, await accessToken(plain, tenant.owner))).rejects.toThrow(/names no UDP port/)
})
