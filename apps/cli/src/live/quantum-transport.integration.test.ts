import { createSocket } from 'node:dgram'
import { TopicClient, type Transport, webSocketTransport, withFallback } from '@stoa/sdk'
import { Dice } from '@stoa/testkit/books/random'
import { accessToken } from '@stoa/testkit/identity'
import { type Signed, type SignedTenant, signedTenant } from '@stoa/testkit/members'
import { Editor } from '@stoa/testkit/people/editor'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { until } from '@stoa/testkit/until'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { quantumTransport } from './quantum-transport.ts'

let stoa: TestProgram
let ours: SignedTenant
beforeAll(async () => {
  stoa = await startProgram({ config: (config) => ({ ...config, quantum: { host: '127.0.0.1', port: 0 } }) })
  ours = await signedTenant(stoa)
})
afterAll(() => stoa?.close())

const offered = async () => {
  const { quantum } = await ours.owner.client.call('getRealtime')
  if (quantum === null) throw new Error('the server offers no UDP port')
  return quantum
}

/** Quantum first; it is waited for as long as a busy machine may need. */
const auto = (preferred: Transport) =>
  withFallback({ preferred, fallback: webSocketTransport(), deadlineMs: 60_000 })

/** The clients of the SDK, as a terminal has them. */
async function listener(transport: Transport) {
  const token = await accessToken(stoa, ours.owner)
  const over: string[] = []
  const events: string[] = []
  const client = new TopicClient({
    ...{ baseUrl: stoa.url, tokens: { get: () => token }, random: () => 0 },
    transport: (to, told) =>
      transport(to, {
        ...told,
        onOpen: (name) => {
          over.push(name)
          told.onOpen(name)
        },
      }),
  })
  onTestFinished(() => client.stop())
  let following = 0
  client.follow(`workspace:${ours.workspaceId}`, {
    onEvent: ({ type }) => void events.push(type),
    onFollowing: () => {
      following += 1
    },
  })
  client.start()
  await until('it follows', () => following === 1)
  return { over, events, following: () => following }
}

const emit = (type: string) =>
  stoa.db.database.tenant({ tenantId: ours.tenantId, accountId: null }, (tx) =>
    tx.emit({ type, payload: {}, workspaceId: ours.workspaceId }),
  )

/** Carries datagrams to the server and back, until it is cut. */
async function relay(port: number) {
  const [outside, inside] = [createSocket('udp4'), createSocket('udp4')]
  let client: number | undefined
  let cut = false
  await new Promise<void>((resolve) => outside.bind(0, '127.0.0.1', resolve))
  outside.on('message', (datagram, from) => {
    client = from.port
    if (!cut) inside.send(datagram, port, '127.0.0.1')
  })
  inside.on('message', (datagram) => {
    if (!cut && client !== undefined) outside.send(datagram, client, '127.0.0.1')
  })
  onTestFinished(() => {
    outside.close()
    inside.close()
  })
  return {
    port: outside.address().port,
    cut: () => {
      cut = true
    },
  }
}

test('UDP-1, TOPIC-12: the API tells everybody who is signed in where Quantum is, by the key of the installation', async () => {
  const { port, key } = await offered()
  expect(port).toBeGreaterThan(0)
  expect(Buffer.from(key, 'base64url')).toHaveLength(32)
  expect(await ours.guest.client.call('getRealtime')).toEqual({ quantum: { port, key } })
})

test('UDP-2: topics are followed over Quantum where it can be reached', async () => {
  const one = await listener(auto(quantumTransport(offered)))
  await emit('test.one')
  await until('it has come', () => one.events.length === 1)
  expect(one.over).toEqual(['quantum'])
})

test('UDP-4, UDP-6: a way that is barred midway is left for the WebSocket; no event is lost or comes twice', async () => {
  const { port, key } = await offered()
  const way = await relay(port)
  const hasty = { keepAliveMs: 100, idleMs: 3_000 }
  const one = await listener(auto(quantumTransport(async () => ({ port: way.port, key }), hasty)))
  await emit('test.before')
  await until('it has come', () => one.events.length === 1)
  way.cut()
  await emit('test.meanwhile')
  await until('it follows again', () => one.following() === 2)
  await emit('test.after')
  await until('all have come', () => one.events.length === 3)
  expect(one.events).toEqual(['test.before', 'test.meanwhile', 'test.after'])
  expect(one.over).toEqual(['quantum', 'websocket'])
})

test('UDP-4: who answers with another key than the API gave is not spoken to', async () => {
  const { port } = await offered()
  const key = Buffer.alloc(32, 1).toString('base64url')
  const one = await listener(auto(quantumTransport(async () => ({ port, key }))))
  expect(one.over).toEqual(['websocket'])
})

async function newDocument(): Promise<string> {
  const { statesync } = stoa.program.capabilities.realtime
  const { document } = await statesync.createDocument({
    ...{ tenantId: ours.tenantId, workspaceId: ours.workspaceId, userId: ours.owner.accountId },
  })
  return document?.documentId ?? ''
}

/** Somebody who writes in a document. */
async function editor(
  name: string,
  documentId: string,
  transport: Transport,
  { client }: Signed = ours.owner,
) {
  const one = new Editor({
    name,
    client,
    documentId,
    transport,
    baseUrl: stoa.url,
    dice: new Dice(name.length),
  })
  onTestFinished(() => one.stop())
  await one.session.start()
  await until(`${name} is in`, () => one.session.state.synced)
  return one
}

test('UDP-5: a document is written over Quantum and over a WebSocket at once, and is the same for both', async () => {
  const documentId = await newDocument()
  const far = await editor('far', documentId, quantumTransport(offered))
  const near = await editor('nearby', documentId, webSocketTransport(), ours.member)
  far.awareness.setLocalState({ name: 'far' })
  await until('the one sees the other', () => near.awareness.getStates().has(far.doc.clientID))
  for (let n = 0; n < 100; n++) {
    far.type()
    near.type()
    if (n % 10 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  await until('both are saved and have it all', () => {
    const whole = [far, near].every((one) => one.settled && one.written.words.length === 200)
    return whole && far.written.prose === near.written.prose
  })
  expect(far.written).toEqual(near.written)
  expect(new Set(far.written.words)).toEqual(new Set([...far.typed, ...near.typed]))
  expect(far.saved).toEqual(far.typed)
})

test('UDP-5: large edits go up, and large documents come down', async () => {
  const documentId = await newDocument()
  const one = await editor('one', documentId, quantumTransport(offered))
  const pages = 'x'.repeat(7_000_000)
  for (const at of [0, pages.length]) {
    one.doc.getText('pages').insert(at, pages)
    await until('it is durable', () => one.settled)
  }
  const other = await editor('other', documentId, quantumTransport(offered))
  expect(other.doc.getText('pages').length).toBe(2 * pages.length)
})

test('UDP-6: where UDP is barred a document opens by WebSocket with the same ticket', async () => {
  const hole = createSocket('udp4')
  await new Promise<void>((resolve) => hole.bind(0, '127.0.0.1', resolve))
  onTestFinished(() => void hole.close())
  const { key } = await offered()
  const barred = quantumTransport(async () => ({ port: hole.address().port, key }))
  const transport = withFallback({ preferred: barred, fallback: webSocketTransport(), deadlineMs: 200 })
  const one = await editor('one', await newDocument(), transport)
  one.type()
  await until('it is durable', () => one.settled)
})
