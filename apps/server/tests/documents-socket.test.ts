import { CLOSE } from '@stoa/contracts/realtime'
import { createClient } from '@stoa/sdk'
import { accessToken, createTenant, type TestMember, type TestTenant } from '@stoa/testkit/identity'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { until } from '@stoa/testkit/until'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

let stoa: TestProgram
let ours: TestTenant

beforeAll(async () => {
  stoa = await startProgram()
  ours = await createTenant(stoa.db)
})
afterAll(() => stoa.close())

const clientOf = async (member: TestMember) => {
  const token = await accessToken(stoa, member)
  return createClient({ baseUrl: stoa.url, tokens: { get: () => token } })
}

async function newDocument(workspaceId = ours.workspaceId): Promise<string> {
  const { statesync } = stoa.program.capabilities.realtime
  const { document } = await statesync.createDocument({
    ...{ tenantId: ours.tenantId, workspaceId, userId: ours.owner.accountId },
  })
  return document?.documentId ?? ''
}

async function ticketFor(member: TestMember, document_id: string): Promise<string> {
  const client = await clientOf(member)
  return (await client.call('createDocumentTicket', { body: { document_id } })).ticket
}

const socketUrl = () => `${stoa.url.replace('http', 'ws')}/yjs`

/** The stock client, as its README has it; a new ticket for every connection. */
async function stockClient(documentId: string, member: TestMember = ours.owner) {
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(socketUrl(), documentId, doc, {
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    params: { ticket: await ticketFor(member, documentId) },
    disableBc: true,
    maxBackoffTime: 50,
  })
  provider.on('connection-close', () => {
    provider.shouldConnect = false
    void ticketFor(member, documentId).then((ticket) => {
      provider.params = { ticket }
      provider.connect()
    })
  })
  onTestFinished(() => {
    provider.shouldConnect = false
    provider.destroy()
  })
  await until('it is in step', () => provider.synced)
  return { doc, provider, text: doc.getText('t') }
}

/** A socket of our own making; `closed` resolves with the code and the reason. */
async function rawSocket(path: string) {
  const socket = new WebSocket(`${socketUrl()}${path}`)
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() })),
  )
  socket.on('error', () => {})
  onTestFinished(() => socket.terminate())
  await new Promise((resolve) => socket.once('open', resolve).once('close', resolve))
  return { socket, closed }
}

test('DOC-2, DOC-7: stock y-websocket clients write together and see where the others are', async () => {
  const documentId = await newDocument()
  const [one, two] = [await stockClient(documentId), await stockClient(documentId, ours.member)]
  one.text.insert(0, 'Hello')
  await until('two has it', () => two.text.toJSON() === 'Hello')
  two.text.insert(5, ' world')
  await until('one has it', () => one.text.toJSON() === 'Hello world')
  one.provider.awareness.setLocalState({ user: { name: 'One' } })
  await until('two sees one', () => two.provider.awareness.getStates().get(one.doc.clientID))
  expect(two.provider.awareness.getStates().get(one.doc.clientID)).toEqual({
    user: { name: 'One' },
    account_id: ours.owner.accountId,
  })
  one.provider.shouldConnect = false
  one.provider.disconnect()
  await until('one has left', () => !two.provider.awareness.getStates().has(one.doc.clientID))
})

test('what was written is there for who comes later, also after everybody has left', async () => {
  const documentId = await newDocument()
  const one = await stockClient(documentId)
  one.text.insert(0, 'kept')
  await until('it is stored', async () => {
    const { statesync } = stoa.program.capabilities.realtime
    const { version } = await statesync.listOperations({ tenantId: ours.tenantId, documentId })
    return version > 0n
  })
  one.provider.destroy()
  expect((await stockClient(documentId, ours.admin)).text.toJSON()).toBe('kept')
})

test('edits made offline by both sides merge when they come back', async () => {
  const documentId = await newDocument()
  const [one, two] = [await stockClient(documentId), await stockClient(documentId)]
  one.text.insert(0, '[]')
  await until('two has it', () => two.text.toJSON() === '[]')
  // It is away for as long as a new ticket takes: who looks from time to time may miss that.
  const away = new Promise<void>((resolve) => one.provider.once('connection-close', () => resolve()))
  one.provider.ws?.close()
  await away
  one.text.insert(1, 'a')
  two.text.insert(1, 'b')
  await until('both have both', () => one.text.length === 4 && two.text.toJSON() === one.text.toJSON())
})

test('DOC-1: a ticket opens one connection to one document, for a short while', async () => {
  const [documentId, other] = [await newDocument(), await newDocument()]
  const ticket = await ticketFor(ours.owner, documentId)
  const elsewhere = await rawSocket(`/${other}?ticket=${ticket}`)
  expect((await elsewhere.closed).code).toBe(CLOSE.unauthenticated)
  const first = await rawSocket(`/${documentId}?ticket=${ticket}`)
  const second = await rawSocket(`/${documentId}?ticket=${ticket}`)
  expect((await second.closed).code).toBe(CLOSE.unauthenticated)
  expect(first.socket.readyState).toBe(WebSocket.OPEN)
  const [payload = '', signature = ''] = (await ticketFor(ours.owner, documentId)).split('.')
  for (const wrong of [
    '',
    'x',
    `${payload}.`,
    `${payload}x.${signature}`,
    `${payload}.${signature}x`,
    'x'.repeat(3000),
  ]) {
    const { closed } = await rawSocket(`/${documentId}?ticket=${wrong}`)
    expect((await closed).code).toBe(CLOSE.unauthenticated)
  }
  expect((await (await rawSocket(`/${documentId}`)).closed).code).toBe(CLOSE.unauthenticated)
  expect((await (await rawSocket('/not-a-uuid?ticket=x')).closed).code).toBe(CLOSE.unauthenticated)
})

test('DOC-6: who may not see a document gets no ticket; who may only read it changes nothing', async () => {
  const theirs = await createTenant(stoa.db)
  const documentId = await newDocument()
  await expect(ticketFor(theirs.owner, documentId)).rejects.toMatchObject({
    status: 404,
    code: 'document.not_found',
  })
  await expect(ticketFor(ours.owner, ours.tenantId)).rejects.toMatchObject({ code: 'document.not_found' })
  const [owner, guest] = [await stockClient(documentId), await stockClient(documentId, ours.guest)]
  guest.text.insert(0, 'graffiti')
  owner.text.insert(0, 'text')
  await until('the guest reads', () => guest.text.toJSON().includes('text'))
  expect(owner.text.toJSON()).toBe('text')
})

test('CONN-4: a session that is ended, and a member who is removed, are cut off within seconds', async () => {
  const documentId = await newDocument()
  const client = await clientOf(ours.admin)
  const { socket, closed } = await rawSocket(
    `/${documentId}?ticket=${await ticketFor(ours.admin, documentId)}`,
  )
  expect(socket.readyState).toBe(WebSocket.OPEN)
  const started = performance.now()
  await client.call('revokeSession', { path: { session_id: ours.admin.context.sessionId } })
  expect((await closed).code).toBe(CLOSE.unauthenticated)
  expect(performance.now() - started).toBeLessThan(5_000)
  const member = await rawSocket(`/${documentId}?ticket=${await ticketFor(ours.member, documentId)}`)
  await (await clientOf(ours.owner)).call('removeMember', { path: { account_id: ours.member.accountId } })
  expect((await member.closed).code).toBe(CLOSE.unauthenticated)
})

test('CONN-2, CONN-3: what is no message, is too large, or is no update ends the connection with its reason, and harms nobody', async () => {
  const documentId = await newDocument()
  const watching = await stockClient(documentId)
  const send = async (bytes: Uint8Array) => {
    const { socket, closed } = await rawSocket(
      `/${documentId}?ticket=${await ticketFor(ours.owner, documentId)}`,
    )
    socket.send(bytes)
    return (await closed).code
  }
  expect(await send(new Uint8Array([99]))).toBe(CLOSE.malformed)
  expect(await send(new Uint8Array([0, 2, 255, 255, 255, 255]))).toBe(CLOSE.malformed)
  expect(await send(new Uint8Array([0, 2, 3, 1, 2, 3]))).toBe(CLOSE.malformed)
  expect(await send(new Uint8Array([0, 0, 2, 200, 200]))).toBe(CLOSE.malformed)
  expect(await send(new Uint8Array([1, 2, 200, 200]))).toBe(CLOSE.malformed)
  expect(await send(new Uint8Array([64, 2, 1]))).toBe(CLOSE.malformed)
  expect(await send(new Uint8Array(9 * 1024 * 1024))).toBe(1009)
  watching.text.insert(0, 'still here')
  const other = await stockClient(documentId)
  expect(other.text.toJSON()).toBe('still here')
})

test('other addresses are no sockets', async () => {
  const { closed } = await rawSocket('')
  expect((await closed).code).toBe(1006)
})
