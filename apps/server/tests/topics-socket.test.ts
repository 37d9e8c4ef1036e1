import {
  CLOSE,
  type ClientFrame,
  decodeServerFrame,
  encodeClientFrame,
  type ServerFrame,
} from '@stoa/contracts/realtime'
import { uuidv7 } from '@stoa/kernel'
import { TopicClient, webSocketTransport } from '@stoa/sdk'
import { accessToken, createTenant, type TestMember, type TestTenant } from '@stoa/testkit/identity'
import { signedTenant } from '@stoa/testkit/members'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { until } from '@stoa/testkit/until'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import WebSocket from 'ws'

let stoa: TestProgram
let ours: TestTenant

beforeAll(async () => {
  stoa = await startProgram()
  ours = await createTenant(stoa.db)
})
afterAll(() => stoa.close())

/** A client of `/realtime/v1`, greeted when a member is given. */
async function connect(member?: TestMember) {
  const socket = new WebSocket(`${stoa.url.replace('http', 'ws')}/realtime/v1`)
  const frames: ServerFrame[] = []
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  socket.on('message', (data) => frames.push(decodeServerFrame(new Uint8Array(data as Buffer))))
  socket.on('error', () => {})
  onTestFinished(() => socket.terminate())
  await new Promise((resolve) => socket.once('open', resolve))
  const say = (frame: ClientFrame) => socket.send(encodeClientFrame(frame))
  const of = <K extends ServerFrame['kind']>(kind: K) =>
    frames.filter((frame): frame is Extract<ServerFrame, { kind: K }> => frame.kind === kind)
  const follow = async (topic: string, after?: number) => {
    say(after === undefined ? { kind: 'follow', topic } : { kind: 'follow', topic, after })
    return until('it follows', () => of('following').find((frame) => frame.topic === topic))
  }
  if (member) {
    say({ kind: 'hello', version: 1, token: await accessToken(stoa, member) })
    await until('it is welcome', () => of('welcome').length === 1)
  }
  return { socket, frames, closed, say, of, follow }
}

const emit = (type: string, to: { accountId?: string; workspaceId?: string } = {}) =>
  stoa.db.database.tenant({ tenantId: ours.tenantId, accountId: null }, (tx) =>
    tx.emit({ type, payload: { n: 1 }, ...to }),
  )

test('TOPIC-4, TOPIC-5: who follows a topic gets its events in order, and resumes without a gap or a repetition', async () => {
  const one = await connect(ours.owner)
  const topic = `workspace:${ours.workspaceId}`
  const { seq } = await one.follow(topic)
  await one.follow('account')
  await emit('test.first', { workspaceId: ours.workspaceId })
  await emit('test.mine', { accountId: ours.owner.accountId })
  await emit('test.other', { accountId: ours.member.accountId })
  await until('both have come', () => one.of('event').length === 2)
  one.socket.close()
  const last = one.of('event')[0]?.seq ?? 0
  expect(last).toBeGreaterThan(seq)
  await emit('test.missed', { workspaceId: ours.workspaceId })
  const again = await connect(ours.owner)
  expect(await again.follow(topic, last)).toMatchObject({ reset: false })
  await emit('test.live', { workspaceId: ours.workspaceId })
  await until('all have come', () => again.of('event').length === 2)
  expect(again.of('event').map(({ type }) => type)).toEqual(['test.missed', 'test.live'])
  expect(again.frames.findIndex(({ kind }) => kind === 'event')).toBeLessThan(
    again.frames.findIndex(({ kind }) => kind === 'following'),
  )
})

test('TOPIC-7: another organisation, another workspace and another account are no topics', async () => {
  const theirs = await createTenant(stoa.db)
  const stranger = await connect(theirs.owner)
  for (const topic of [`workspace:${ours.workspaceId}`, `room:${ours.workspaceId}`, 'account:x', 'nothing'])
    stranger.say({ kind: 'follow', topic })
  await until('all are refused', () => stranger.of('left').length === 4)
  expect(stranger.of('left').every(({ code }) => code === 'topic.not_found')).toBe(true)
  await stranger.follow('tenant')
  await emit('test.ours')
  stranger.say({ kind: 'ping' })
  await until('it answers', () => stranger.of('pong').length > 0)
  expect(stranger.of('event')).toEqual([])
})

test('TOPIC-8, TOPIC-9: a message of a room arrives whole, once for each follower; typing and presence reach the others alone', async () => {
  const tenant = await signedTenant(stoa)
  const { client } = tenant.owner
  const room = await client.call('createRoom', {
    body: { id: uuidv7(), workspace_id: tenant.workspaceId, name: 'Salon' },
  })
  const topic = `room:${room.id}`
  const one = await connect(tenant.owner)
  await one.follow(topic)
  const two = await connect(tenant.admin)
  const following = await two.follow(topic)
  expect([...following.present].sort()).toEqual([tenant.owner.accountId, tenant.admin.accountId].sort())
  await until('one sees two', () => one.of('presence').some(({ present }) => present))
  one.say({ kind: 'signal', topic, type: 'typing', data: { on: true } })
  const signal = await until('two sees it', () => two.of('signal')[0])
  expect(signal).toEqual({
    kind: 'signal',
    topic,
    type: 'typing',
    account_id: tenant.owner.accountId,
    data: { on: true },
  })
  expect(one.of('signal')).toEqual([])
  const message = await client.call('sendMessage', {
    path: { room_id: room.id },
    body: { id: uuidv7(), body: 'Hello' },
  })
  for (const each of [one, two]) {
    const event = await until('it has come', () =>
      each.of('event').find(({ type }) => type === 'message.created'),
    )
    expect(event.message).toMatchObject({ id: message.id })
  }
  two.socket.close()
  await until('one sees two leave', () => one.of('presence').some(({ present }) => !present))
})

test('TOPIC-2, TOPIC-3: a token is shown first, can be renewed, and ends with its session', async () => {
  const silent = await connect()
  silent.say({ kind: 'ping' })
  expect(await silent.closed).toBe(CLOSE.malformed)
  const wrong = await connect()
  wrong.say({ kind: 'hello', version: 1, token: 'x.y.z' })
  expect(await wrong.closed).toBe(CLOSE.unauthenticated)
  const one = await connect(ours.owner)
  one.say({ kind: 'refresh', token: await accessToken(stoa, ours.owner) })
  await until('it is renewed', () => one.of('refreshed').length === 1)
  one.say({ kind: 'refresh', token: await accessToken(stoa, ours.member) })
  expect(await one.closed).toBe(CLOSE.unauthenticated)
  const { client } = (await signedTenant(stoa)).owner
  expect(client).toBeDefined()
})

test('a connection has a session, which goes with it', async () => {
  const { sessions } = stoa.program.capabilities.realtime
  const one = await connect(ours.guest)
  const mine = async () => (await sessions.listSessions({ userId: ours.guest.accountId })).sessions
  const [session] = await until('it is known', async () => {
    const found = await mine()
    return found[0]?.state === 2 && found
  })
  expect(session).toMatchObject({ tenantId: ours.tenantId, userId: ours.guest.accountId })
  one.socket.close()
  await until('it is gone', async () => (await mine()).length === 0)
})

test('CONN-3, TOPIC-8: frames that make no sense end the connection with a reason', async () => {
  for (const bytes of [[0], [99, 123, 125], [3], [3, 110], [3, 123, 125], [1, 123, 125]]) {
    const one = await connect(ours.owner)
    one.socket.send(new Uint8Array(bytes))
    expect(await one.closed).toBe(CLOSE.malformed)
  }
  const loud = await connect(ours.owner)
  await loud.follow('account')
  for (let n = 0; n < 40; n++) loud.say({ kind: 'signal', topic: 'account', type: 'typing' })
  await until('it is told', () => loud.of('error').some(({ code }) => code === 'signal.too_much'))
})

test('TOPIC-5: the client of the SDK follows across breaks: every event once and in order', async () => {
  const sockets = new Set<globalThis.WebSocket>()
  const token = await accessToken(stoa, ours.owner)
  const client = new TopicClient({
    baseUrl: stoa.url,
    tokens: { get: () => token },
    random: () => 0,
    transport: webSocketTransport((url) => {
      const socket = new globalThis.WebSocket(url)
      sockets.add(socket)
      return socket
    }),
  })
  onTestFinished(() => client.stop())
  const got: string[] = []
  let following = 0
  client.start()
  client.follow(`workspace:${ours.workspaceId}`, {
    onEvent: ({ type }) => void got.push(type),
    onFollowing: () => {
      following += 1
    },
  })
  await until('it follows', () => following === 1)
  const expected: string[] = []
  for (let n = 0; n < 30; n++) {
    expected.push(`test.n${n}`)
    await emit(`test.n${n}`, { workspaceId: ours.workspaceId })
    if (n % 10 === 5) for (const socket of sockets) socket.close()
  }
  await until('all have come', () => got.length >= expected.length)
  expect(got).toEqual(expected)
  // The word that it follows comes after what was missed.
  await until('it follows again', () => following > 1)
})
