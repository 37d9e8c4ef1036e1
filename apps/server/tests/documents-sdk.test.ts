import { createClient, webSocketTransport } from '@stoa/sdk'
import { DocumentSession, MemoryDocumentStorage } from '@stoa/sdk/documents'
import { accessToken, createTenant, type TestMember, type TestTenant } from '@stoa/testkit/identity'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { until } from '@stoa/testkit/until'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'

let stoa: TestProgram
let ours: TestTenant

beforeAll(async () => {
  stoa = await startProgram()
  ours = await createTenant(stoa.db)
})
afterAll(() => stoa.close())

async function newDocument(): Promise<string> {
  const { tenantId, workspaceId, owner } = ours
  const { statesync } = stoa.program.capabilities.realtime
  const { document } = await statesync.createDocument({ tenantId, workspaceId, userId: owner.accountId })
  return document?.documentId ?? ''
}

/** A page with the document open. `offline` refuses its connections. */
async function page(
  documentId: string,
  member: TestMember = ours.owner,
  storage = new MemoryDocumentStorage(),
) {
  const token = await accessToken(stoa, member)
  const network = { offline: false, sockets: new Set<WebSocket>() }
  const client = createClient({
    baseUrl: stoa.url,
    tokens: { get: () => token },
    fetch: (request) => (network.offline ? Promise.reject(new Error('offline')) : fetch(request)),
  })
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  const session = new DocumentSession({
    ...{ client, documentId, doc, awareness, storage, baseUrl: stoa.url, random: () => 0 },
    transport: webSocketTransport((url) => {
      const socket = new WebSocket(url)
      network.sockets.add(socket)
      return socket
    }),
  })
  const goOffline = async () => {
    network.offline = true
    for (const socket of network.sockets) socket.close()
    await until('it is offline', () => session.state.connection !== 'open')
  }
  const goOnline = () => {
    network.offline = false
    session.reconnect()
  }
  onTestFinished(async () => {
    awareness.destroy()
    await session.stop()
  })
  await session.start()
  return { doc, text: doc.getText('t'), session, awareness, storage, goOffline, goOnline }
}

const saved = ({ session }: { session: DocumentSession }) =>
  until('it is saved', () => session.state.synced && !session.state.unsaved)

test('edits are told to be saved once they are durable, and others have them', async () => {
  const documentId = await newDocument()
  const [one, two] = [await page(documentId), await page(documentId, ours.member)]
  await saved(one)
  one.text.insert(0, 'Hello')
  expect(one.session.state.unsaved).toBe(true)
  await saved(one)
  const { statesync } = stoa.program.capabilities.realtime
  expect(
    (await statesync.listOperations({ tenantId: ours.tenantId, documentId })).operations.length,
  ).toBeGreaterThan(0)
  await until('two has it', () => two.text.toJSON() === 'Hello')
  one.awareness.setLocalStateField('user', { name: 'One' })
  await until('two sees one', () => two.awareness.getStates().get(one.doc.clientID))
  await one.session.stop()
  await until('one has left', () => !two.awareness.getStates().has(one.doc.clientID))
})

test('what is typed offline is unsaved, survives the page, and merges', async () => {
  const documentId = await newDocument()
  const [one, two] = [await page(documentId), await page(documentId, ours.member)]
  one.text.insert(0, '[]')
  await saved(one)
  await until('two has it', () => two.text.toJSON() === '[]')
  await one.goOffline()
  one.text.insert(1, 'offline ')
  two.text.insert(1, 'online ')
  await saved(two)
  expect(one.session.state).toMatchObject({ synced: false, unsaved: true })
  await one.session.stop()
  const again = await page(documentId, ours.owner, one.storage)
  expect(again.text.toJSON()).toBe('[offline ]')
  await saved(again)
  await until('both are the same', () => again.text.toJSON() === two.text.toJSON())
  expect([...again.text.toJSON()].sort().join('')).toBe([...'[offline online ]'].sort().join(''))
  await again.session.stop()
  expect(await one.storage.load(documentId)).toMatchObject({ unsaved: false })
})

test('a connection that breaks comes back by itself, many times, and nothing is lost or doubled', async () => {
  const documentId = await newDocument()
  const [one, two] = [await page(documentId), await page(documentId, ours.member)]
  let expected = ''
  for (let n = 0; n < 8; n++) {
    if (n % 2 === 0) await one.goOffline()
    one.text.insert(one.text.length, `${n};`)
    expected += `${n};`
    if (n % 2 === 1) one.goOnline()
  }
  one.goOnline()
  await saved(one)
  await until('two has all', () => two.text.toJSON() === expected)
})

test('a reader sees changes and is told that it is one', async () => {
  const documentId = await newDocument()
  const [owner, guest] = [await page(documentId), await page(documentId, ours.guest)]
  await until('the guest is in', () => guest.session.state.synced)
  expect(guest.session.state.mode).toBe('read')
  owner.text.insert(0, 'read me')
  await until('the guest has it', () => guest.text.toJSON() === 'read me')
})

test('a document that is gone, or is not for the caller, ends the session with the reason', async () => {
  const documentId = await newDocument()
  const theirs = await createTenant(stoa.db)
  const stranger = await page(documentId, theirs.owner)
  await until('it is refused', () => stranger.session.state.connection === 'closed')
  expect(stranger.session.state.problem).toBe('document.not_found')
  const one = await page(documentId)
  await until('it is in', () => one.session.state.synced)
  await stoa.program.capabilities.realtime.statesync.deleteDocument({ tenantId: ours.tenantId, documentId })
  await until('it is told', () => one.session.state.connection === 'closed')
  expect(one.session.state.problem).toBe('document.not_found')
})

test('many updates on the device become one', async () => {
  const documentId = await newDocument()
  const one = await page(documentId)
  await one.goOffline()
  for (let n = 0; n < 600; n++) one.text.insert(0, 'x')
  await one.session.stop()
  const stored = await one.storage.load(documentId)
  expect(stored).toMatchObject({ unsaved: true })
  expect(stored?.updates).toHaveLength(1)
})
