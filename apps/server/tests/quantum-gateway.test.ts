import {
  CLOSE,
  type ClientFrame,
  decodeServerFrame,
  encodeClientFrame,
  type ServerFrame,
} from '@stoa/contracts/realtime'
import { isStoaError } from '@stoa/kernel'
import { connect as dial } from '@stoa/quantum/node'
import { accessToken, createTenant, type TestMember, type TestTenant } from '@stoa/testkit/identity'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { until } from '@stoa/testkit/until'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import WebSocket from 'ws'

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

/** A client by UDP, greeted when a member is given. */
async function connect(member?: TestMember, kind: 'messages' | 'bytes' = 'messages') {
  const serverKey = Buffer.from(offer.key, 'base64url')
  const connection = await dial({
    host: '127.0.0.1',
    port: offer.port,
    protocols: ['stoa-realtime-1'],
    serverKey,
  })
  onTestFinished(() => connection.close())
  const stream = await connection.openStream({ kind })
  const frames: ServerFrame[] = []
  void (async () => {
    for await (const message of stream) frames.push(decodeServerFrame(message))
  })().catch(() => {})
  const say = (frame: ClientFrame) => stream.send(encodeClientFrame(frame))
  const of = <K extends ServerFrame['kind']>(wanted: K) =>
    frames.filter((frame): frame is Extract<ServerFrame, { kind: K }> => frame.kind === wanted)
  const code = async () => {
    const error: unknown = await connection.closed.catch((failure: unknown) => failure)
    return isStoaError(error) ? error.details?.code : undefined
  }
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

test('a client by UDP follows a topic and resumes it, as by WebSocket', async () => {
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
])('%s ends the connection with the same code as a WebSocket', async (_, spoil, expected) => {
  const one = await connect()
  await spoil(one)
  expect(await one.code()).toBe(expected)
})

test('a stream of bytes is refused', async () => {
  const one = await connect(undefined, 'bytes')
  await one.stream.write(Uint8Array.of(1))
  expect(await one.code()).toBe(CLOSE.malformed)
})

test('a client that expects another key does not speak to this server', async () => {
  const options = { host: '127.0.0.1', port: offer.port, protocols: ['stoa-realtime-1'] }
  await expect(dial({ ...options, serverKey: new Uint8Array(32).fill(1) })).rejects.toThrow()
})

test('without a port there is no offer, and nothing listens', async () => {
  await using plain = await startProgram()
  const tenant = await createTenant(plain.db)
  await expect(offerOf(plain, await accessToken(plain, tenant.owner))).rejects.toThrow(/names no UDP port/)
})
