import {
  CLOSE,
  type ClientFrame,
  decodeServerFrame,
  encodeClientFrame,
  type ServerFrame,
} from '@stoa/contracts/realtime'
import { uuidv7 } from '@stoa/kernel'
import { accessToken, type TestMember } from '@stoa/testkit/identity'
import { type Signed, type SignedTenant, signedTenant } from '@stoa/testkit/members'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { until } from '@stoa/testkit/until'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import WebSocket from 'ws'

const ROLES = ['owner', 'admin', 'member', 'guest'] as const

let stoa: TestProgram
let ours: SignedTenant
let theirs: SignedTenant
/** An open room of our workspace, a private one of the owner and the member, and a talk between these two. */
let rooms: { readonly open: string; readonly closed: string; readonly direct: string }
/** A document of our workspace, and one that only its author sees. */
let documents: { readonly shared: string; readonly own: string }

beforeAll(async () => {
  stoa = await startProgram()
  ours = await signedTenant(stoa, 'Ours')
  theirs = await signedTenant(stoa, 'Theirs')
  const { client } = ours.owner
  const room = async (visibility: 'open' | 'private') => {
    const body = { id: uuidv7(), workspace_id: ours.workspaceId, name: visibility, visibility }
    const member_ids = visibility === 'private' ? [ours.member.accountId] : []
    return (await client.call('createRoom', { body: { ...body, member_ids } })).id
  }
  const direct = await client.call('openDirectRoom', { body: { account_id: ours.member.accountId } })
  rooms = { open: await room('open'), closed: await room('private'), direct: direct.id }
  documents = { shared: await newDocument(ours.workspaceId), own: await newDocument('') }
})
afterAll(() => stoa.close())

async function newDocument(workspaceId: string): Promise<string> {
  const { statesync } = stoa.program.capabilities.realtime
  const { document } = await statesync.createDocument({
    ...{ tenantId: ours.tenantId, workspaceId, userId: ours.owner.accountId },
  })
  return document?.documentId ?? ''
}

/** A socket of a member that keeps every byte it is sent. */
async function connect(member: TestMember) {
  const socket = new WebSocket(`${stoa.url.replace('http', 'ws')}/realtime/v1`)
  const raw: Buffer[] = []
  const frames: ServerFrame[] = []
  socket.on('message', (data) => {
    raw.push(data as Buffer)
    frames.push(decodeServerFrame(new Uint8Array(data as Buffer)))
  })
  socket.on('error', () => {})
  onTestFinished(() => socket.terminate())
  await new Promise((resolve) => socket.once('open', resolve))
  const say = (frame: ClientFrame) => socket.send(encodeClientFrame(frame))
  say({ kind: 'hello', version: 1, token: await accessToken(stoa, member) })
  const answer = <K extends ServerFrame['kind']>(...kinds: readonly K[]) =>
    until('it is answered', () => frames.find(({ kind }) => (kinds as readonly string[]).includes(kind)))
  await answer('welcome')
  return { say, frames, answer, received: () => Buffer.concat(raw).toString() }
}

async function follows(member: TestMember, topic: string): Promise<boolean> {
  const one = await connect(member)
  one.say({ kind: 'follow', topic })
  const frame = await one.answer('following', 'left')
  if (frame.kind === 'left') expect(frame.code).toBe('topic.not_found')
  return frame.kind === 'following'
}

const allowed = async (
  people: Record<(typeof ROLES)[number], Signed>,
  may: (one: Signed) => Promise<boolean>,
) => {
  const answers = await Promise.all(ROLES.map(async (role) => ((await may(people[role])) ? [role] : [])))
  return answers.flat()
}

test('a room is followed by exactly those who may read it over HTTP', async () => {
  for (const room_id of Object.values(rooms))
    for (const one of [...ROLES.map((role) => ours[role]), ...ROLES.map((role) => theirs[role])]) {
      const reads = await one.client.call('listMessages', { path: { room_id }, query: {} }).then(
        () => true,
        () => false,
      )
      expect(await follows(one, `room:${room_id}`)).toBe(reads)
    }
})

test.each([
  ['the organisation', () => 'tenant', [...ROLES]],
  ['a workspace', () => `workspace:${ours.workspaceId}`, [...ROLES]],
  ['an open room', () => `room:${rooms.open}`, [...ROLES]],
  ['a private room', () => `room:${rooms.closed}`, ['owner', 'member']],
  ['a direct talk', () => `room:${rooms.direct}`, ['owner', 'member']],
])('%s is followed by those who may see it, by nobody of another organisation', async (what, topic, who) => {
  expect(await allowed(ours, (one) => follows(one, topic()))).toEqual(who)
  // Everybody has an organisation of their own; ours is not meant by that word.
  const strangers = what === 'the organisation' ? [...ROLES] : []
  expect(await allowed(theirs, (one) => follows(one, topic()))).toEqual(strangers)
})

test.each([
  [
    'a document of the workspace',
    () => documents.shared,
    { owner: 'write', admin: 'write', member: 'write', guest: 'read' },
  ],
  ['a document of one person', () => documents.own, { owner: 'write' }],
])('%s opens to those who may see it, by nobody of another organisation', async (_, documentId, modes) => {
  const modeOf = (one: Signed) =>
    one.client.call('createDocumentTicket', { body: { document_id: documentId() } }).then(
      ({ mode }) => mode,
      (error: unknown) => {
        expect(error).toMatchObject({ status: 404, code: 'document.not_found' })
        return undefined
      },
    )
  for (const role of ROLES) {
    expect([role, await modeOf(ours[role])]).toEqual([role, (modes as Partial<Record<string, string>>)[role]])
    expect([role, await modeOf(theirs[role])]).toEqual([role, undefined])
  }
})

test('a ticket of another organisation, or for another document, opens nothing', async () => {
  const { ticket } = await ours.owner.client.call('createDocumentTicket', {
    body: { document_id: documents.own },
  })
  const socket = new WebSocket(`${stoa.url.replace('http', 'ws')}/yjs/${documents.shared}?ticket=${ticket}`)
  onTestFinished(() => socket.terminate())
  const code = await new Promise((resolve) => socket.once('close', resolve))
  expect(code).toBe(CLOSE.unauthenticated)
})

test('nothing of what happens in a room reaches those who are not in it: no frame, no name, no count', async () => {
  const outsiders = await Promise.all([connect(ours.admin), connect(ours.guest), connect(theirs.owner)])
  for (const one of outsiders)
    for (const topic of [
      'account',
      'tenant',
      `workspace:${ours.workspaceId}`,
      `room:${rooms.closed}`,
      `room:${rooms.direct}`,
    ])
      one.say({ kind: 'follow', topic })
  const [owner, member] = await Promise.all([connect(ours.owner), connect(ours.member)])
  for (const topic of [`room:${rooms.closed}`, `room:${rooms.direct}`]) {
    for (const one of [owner, member]) one.say({ kind: 'follow', topic })
    await until('both are there', () =>
      [owner, member].every(({ frames }) =>
        frames.some((one) => one.kind === 'following' && one.topic === topic),
      ),
    )
    owner.say({ kind: 'signal', topic, type: 'typing', data: { secret: 'fingers' } })
  }
  const secret = `secret-${uuidv7()}`
  for (const room_id of [rooms.closed, rooms.direct]) {
    const body = { id: uuidv7(), body: `${secret} [@Member](stoa:account/${ours.member.accountId})` }
    const { id } = await ours.owner.client.call('sendMessage', { path: { room_id }, body })
    const path = { room_id, message_id: id }
    await ours.member.client.call('addReaction', { path: { ...path, emoji: '👍' } })
    await ours.member.client.call('markRoomRead', { path: { room_id }, body: { sequence: 1 } })
    await ours.owner.client.call('updateMessage', { path, body: { version: 1, body: `${secret} again` } })
  }
  await until('the insiders have it all', () => member.received().split(`${secret} again`).length > 2)
  expect(member.frames.some((one) => one.kind === 'signal')).toBe(true)
  for (const one of outsiders) {
    one.say({ kind: 'ping' })
    await one.answer('pong')
    const told = one.received()
    for (const word of [secret, 'fingers', '"presence"', '👍']) expect(told).not.toContain(word)
    // The rooms are named only where they were asked for, and refused.
    const named = one.frames.filter((frame) => JSON.stringify(frame).includes(rooms.closed))
    expect(named.map(({ kind }) => kind)).toEqual(['left'])
  }
})
