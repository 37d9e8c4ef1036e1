import { type DocumentMessage, decodeDocumentMessage, encodeDocumentMessage } from '@stoa/contracts/realtime'
import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { DocumentSession } from './document-session.ts'
import type { LinkEvents, Transport } from './transport.ts'

/** A server with one document, at the other end of a link that never fails. */
class OneDocument {
  readonly doc = new Y.Doc()
  readonly heard: DocumentMessage['kind'][] = []
  #client: LinkEvents | undefined
  readonly transport: Transport = (_, events) => {
    this.#client = events
    return { send: (bytes) => this.#hear(decodeDocumentMessage(bytes)), close: () => {} }
  }

  open(): void {
    this.#client?.onOpen('memory')
    this.#say({ kind: 'step1', stateVector: Y.encodeStateVector(this.doc) })
  }

  #hear(message: DocumentMessage): void {
    this.heard.push(message.kind)
    if (message.kind === 'step1')
      queueMicrotask(() =>
        this.#say({ kind: 'step2', update: Y.encodeStateAsUpdate(this.doc, message.stateVector) }),
      )
    if (message.kind !== 'numbered') return
    Y.applyUpdate(this.doc, message.update)
    this.#say({ kind: 'ack', seq: message.seq })
  }

  #say(message: DocumentMessage): void {
    this.#client?.onMessage(encodeDocumentMessage(message))
  }
}

const sessions: DocumentSession[] = []
afterEach(() => Promise.all(sessions.splice(0).map((session) => session.stop())))

async function opened(beforeMerge?: () => Promise<unknown>) {
  const server = new OneDocument()
  const doc = new Y.Doc()
  const called = Promise.withResolvers<void>()
  const session = new DocumentSession({
    ...{ documentId: 'd', doc, baseUrl: 'http://stoa.example' },
    client: { call: async () => ({ ticket: 't', path: '/yjs/d', mode: 'write' }) as never },
    transport: (to, events) => {
      called.resolve()
      return server.transport(to, events)
    },
    ...(beforeMerge && { beforeMerge }),
  })
  sessions.push(session)
  await session.start()
  await called.promise
  return { server, doc, session }
}

const settled = async (session: DocumentSession) => {
  await expect.poll(() => session.state.synced && !session.state.unsaved).toBe(true)
}

test('what was written without the server goes to it, and what came is taken', async () => {
  const { server, doc, session } = await opened()
  doc.getText('t').insert(0, 'mine')
  server.doc.getText('t').insert(0, 'theirs')
  server.open()
  await settled(session)
  expect(doc.getText('t').toJSON()).toBe(server.doc.getText('t').toJSON())
  expect(doc.getText('t').toJSON()).toContain('mine')
})

test('before a merge the server can be asked to keep what it says', async () => {
  const keeping = Promise.withResolvers<void>()
  const seen: string[] = []
  const { server, doc, session } = await opened(() => {
    seen.push(server.doc.getText('t').toJSON())
    return keeping.promise
  })
  doc.getText('t').insert(0, 'mine')
  server.doc.getText('t').insert(0, 'theirs')
  server.open()
  await expect.poll(() => seen).toEqual(['theirs'])
  expect(session.state.synced).toBe(true)
  // Not given away while the server keeps; what is written meanwhile goes with it.
  doc.getText('t').insert(0, 'more ')
  expect(server.heard).not.toContain('numbered')
  expect(server.doc.getText('t').toJSON()).toBe('theirs')
  keeping.resolve()
  await settled(session)
  expect(server.doc.getText('t').toJSON()).toContain('more ')
})

test('where keeping fails, or nothing came, nothing waits', async () => {
  const failing = await opened(() => Promise.reject(new Error('no')))
  failing.doc.getText('t').insert(0, 'mine')
  failing.server.doc.getText('t').insert(0, 'theirs')
  failing.server.open()
  await settled(failing.session)

  let asked = 0
  const alone = await opened(async () => {
    asked += 1
  })
  alone.doc.getText('t').insert(0, 'mine')
  alone.server.open()
  await settled(alone.session)
  expect(asked).toBe(0)
})
