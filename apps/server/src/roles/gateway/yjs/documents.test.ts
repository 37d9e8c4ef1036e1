import { type CloseReason, encodeDocumentMessage } from '@stoa/contracts/realtime'
import { seededRandom, silentLogger, systemClock, uuidv7 } from '@stoa/kernel'
import { until } from '@stoa/testkit/until'
import { expect, onTestFinished, test } from 'vitest'
import * as Y from 'yjs'
import type { DocumentMode } from '../../../capabilities/realtime/index.ts'
import { createStateSync, type StateSync } from '../../../capabilities/statesync/index.ts'
import { noSignals } from '../../../platform/bus/signals.ts'
import { SessionWatch } from '../session-watch.ts'
import type { Channel } from '../socket.ts'
import { Documents } from './documents.ts'

const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
const tenantId = uuidv7()

/** The documents of a gateway, one of which the ticket `good` opens, until its session or its rights end. */
async function gateway() {
  const inner = createStateSync({ clock: systemClock, random: seededRandom(7), log: silentLogger })
  await inner.service.start(new AbortController().signal)
  const traced: (string | undefined)[] = []
  const statesync: StateSync = {
    ...inner.client,
    getDocument: (request, options) => {
      traced.push(options?.traceparent)
      return inner.client.getDocument(request, options)
    },
    applyOperations: (request, options) => {
      traced.push(options?.traceparent)
      return inner.client.applyOperations(request, options)
    },
  }
  const context = { tenantId, accountId: uuidv7(), sessionId: uuidv7(), role: 'member' as const }
  const { document } = await inner.client.createDocument({ tenantId, userId: context.accountId })
  const documentId = document?.documentId ?? ''
  const may: { mode: DocumentMode | undefined; session: boolean } = { mode: 'write', session: true }
  const watch = new SessionWatch({
    ...{ log: silentLogger, sweepMs: 5 },
    events: { subscribe: () => () => {} },
  })
  const documents = new Documents({
    ...{ statesync, watch, signals: noSignals, log: silentLogger, onSlow: () => {} },
    tickets: {
      redeem: async (ticket, wanted) =>
        ticket === 'good' && wanted === documentId ? { context, documentId, mode: 'write' } : undefined,
    },
    access: { modeFor: async () => may.mode },
    identity: { isCurrent: async () => may.session },
  })
  onTestFinished(async () => {
    watch.stop()
    documents.close()
    await inner.service.stop()
  })
  const channelOf = () => {
    const closedBy: CloseReason[] = []
    const channel: Channel = {
      ...{ transport: 'websocket', buffered: 0, send: () => {}, pause: () => {}, resume: () => {} },
      close: (reason) => void closedBy.push(reason),
    }
    return { channel, closedBy }
  }
  return { documents, documentId, may, traced, channelOf }
}

const update = () => {
  const doc = new Y.Doc()
  doc.getText('t').insert(0, 'text')
  return Y.encodeStateAsUpdate(doc)
}

test('CONN-4: a connection ends when its session does, and when its rights change', async () => {
  for (const [end, expected] of [
    [{ session: false }, 'unauthenticated'],
    [{ mode: 'read' }, 'forbidden'],
    [{ mode: undefined }, 'forbidden'],
  ] as const) {
    const { documents, documentId, may, channelOf } = await gateway()
    const { channel, closedBy } = channelOf()
    await documents.open(channel, { documentId, ticket: 'good', traceparent: undefined }, () => true)
    expect(closedBy).toEqual([])
    Object.assign(may, end)
    await until('it is ended', () => closedBy.length > 0)
    expect(closedBy).toEqual([expected])
  }
})

test.each([
  ['of an upgrade request', false],
  ['of the message that opens a document', true],
])('CONN-5: the traceparent %s goes with every call to the service', async (_, byMessage) => {
  const { documents, documentId, traced, channelOf } = await gateway()
  const { channel } = channelOf()
  const first = encodeDocumentMessage({
    ...{ kind: 'open', document: documentId, ticket: 'good', traceparent: TRACE },
  })
  const receiver = byMessage
    ? await documents.openBy(first, channel, () => true)
    : await documents.open(channel, { documentId, ticket: 'good', traceparent: TRACE }, () => true)
  receiver?.receive(encodeDocumentMessage({ kind: 'step1', stateVector: new Uint8Array([0]) }))
  receiver?.receive(encodeDocumentMessage({ kind: 'update', update: update() }))
  await until('both were called', () => traced.length === 2)
  expect(traced).toEqual([TRACE, TRACE])
})

test('DOC-1: without its own ticket a document does not open', async () => {
  const { documents, documentId, channelOf } = await gateway()
  for (const [wanted, ticket] of [
    [documentId, undefined],
    [documentId, 'bad'],
    [uuidv7(), 'good'],
    ['no-uuid', 'good'],
  ] as const) {
    const { channel, closedBy } = channelOf()
    const request = { documentId: wanted, ticket, traceparent: undefined }
    expect(await documents.open(channel, request, () => true)).toBeUndefined()
    expect(closedBy).toEqual(['unauthenticated'])
  }
})

test('UDP-5: the first message over Quantum is `open`, with the ticket', async () => {
  const { documents, documentId, channelOf } = await gateway()
  const opened = async (first: Uint8Array) => {
    const { channel, closedBy } = channelOf()
    return (await documents.openBy(first, channel, () => true)) ? 'open' : closedBy[0]
  }
  const opening = (ticket: string) =>
    encodeDocumentMessage({ kind: 'open', document: documentId, ticket, traceparent: '' })
  expect(await opened(opening('good'))).toBe('open')
  expect(await opened(opening('bad'))).toBe('unauthenticated')
  expect(await opened(encodeDocumentMessage({ kind: 'hello', version: 1 }))).toBe('malformed')
  expect(await opened(Uint8Array.of(99))).toBe('malformed')
})
