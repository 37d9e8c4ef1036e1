import { type DocumentMessage, decodeDocumentMessage, encodeDocumentMessage } from '@stoa/contracts/realtime'
import { seededRandom, silentLogger, systemClock, uuidv7 } from '@stoa/kernel'
import { until } from '@stoa/testkit/until'
import { expect, onTestFinished, test, vi } from 'vitest'
import * as Y from 'yjs'
import { createStateSync } from '../../../capabilities/statesync/index.ts'
import { noSignals } from '../../../platform/bus/signals.ts'
import type { Channel } from '../socket.ts'
import { DocumentConnection } from './document-connection.ts'
import { DocumentHub } from './document-hub.ts'

const tenantId = uuidv7()

/** A channel whose other side reads when it is told to. */
class FakeChannel implements Channel {
  readonly transport = 'websocket'
  readonly sent: DocumentMessage[] = []
  buffered = 0
  reading = true
  closedBy: string | undefined
  paused = false

  send(message: Uint8Array): void {
    if (!this.reading) this.buffered += message.length
    this.sent.push(decodeDocumentMessage(message))
  }

  close(reason: string): void {
    this.closedBy = reason
  }

  pause(): void {
    this.paused = true
  }

  resume(): void {
    this.paused = false
  }

  kinds(): string[] {
    return this.sent.map(({ kind }) => kind)
  }
}

async function room() {
  const statesync = createStateSync({ clock: systemClock, random: seededRandom(7), log: silentLogger })
  await statesync.service.start(new AbortController().signal)
  const made = await statesync.client.createDocument({ tenantId, userId: uuidv7() })
  const documentId = made.document?.documentId ?? ''
  const hub = new DocumentHub({
    ...{
      tenantId,
      documentId,
      statesync: statesync.client,
      signals: noSignals,
      log: silentLogger,
      onEmpty: () => {},
    },
  })
  onTestFinished(async () => {
    hub.close()
    await statesync.service.stop()
  })
  const slow: string[] = []
  const join = (mode: 'write' | 'read' = 'write') => {
    const channel = new FakeChannel()
    const context = { tenantId, accountId: uuidv7(), sessionId: uuidv7(), role: 'member' as const }
    const connection = new DocumentConnection({
      ...{ hub, channel, traceparent: undefined, log: silentLogger },
      grant: { context, documentId, mode },
      onSlow: (what) => slow.push(what),
    })
    const say = (message: DocumentMessage) => connection.receive(encodeDocumentMessage(message))
    return { channel, connection, say }
  }
  await hub.live
  return { hub, join, slow, statesync: statesync.client, documentId }
}

function typist() {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  return (text: string): Uint8Array => {
    doc.getText('t').insert(0, text)
    return updates.at(-1) ?? new Uint8Array()
  }
}

test('DOC-4: a client that says hello is told its mode, and when each update is durable', async () => {
  const { join } = await room()
  const { channel, say } = join()
  const type = typist()
  say({ kind: 'hello', version: 1 })
  expect(channel.sent).toEqual([{ kind: 'status', mode: 'write', storing: true }])
  say({ kind: 'numbered', seq: 1, update: type('a') })
  say({ kind: 'numbered', seq: 2, update: type('b') })
  await until('both are durable', () => channel.sent.find(({ kind }) => kind === 'ack'))
  expect(channel.sent.filter(({ kind }) => kind === 'ack')).toEqual([{ kind: 'ack', seq: 2 }])
})

test('DOC-3: step 1 is answered with step 2, then who may write is asked for what is missing', async () => {
  const { join } = await room()
  const [writer, reader] = [join('write'), join('read')]
  for (const { channel, say } of [writer, reader]) {
    say({ kind: 'step1', stateVector: new Uint8Array([0]) })
    await until('it is answered', () => channel.kinds().includes('step2'))
  }
  await until('the writer is asked', () => writer.channel.sent.length === 2)
  expect([writer.channel.kinds(), reader.channel.kinds()]).toEqual([['step2', 'step1'], ['step2']])
})

test('DOC-4: a client that has not said hello hears nothing but y-protocols', async () => {
  const { join, statesync, documentId } = await room()
  const [stock, reader] = [join(), join('read')]
  stock.say({ kind: 'numbered', seq: 1, update: typist()('a') })
  reader.say({ kind: 'numbered', seq: 1, update: typist()('b') })
  await until('it is stored', async () => {
    const { version } = await statesync.listOperations({ tenantId, documentId })
    return version > 0n && stock.connection.settled
  })
  stock.connection.tellStatus()
  const ours = ['status', 'ack', 'refused']
  const heard = [...stock.channel.kinds(), ...reader.channel.kinds()]
  expect(heard.filter((kind) => ours.includes(kind))).toEqual([])
  stock.say({ kind: 'hello', version: 1 })
  expect(stock.channel.sent.slice(-2)).toMatchObject([{ kind: 'status' }, { kind: 'ack', seq: 1 }])
})

test('DOC-9: what is asked while another answer is made is answered once, with what the last one lacks', async () => {
  const { join } = await room()
  const { channel, say } = join()
  const doc = new Y.Doc()
  doc.getText('t').insert(0, 'kept')
  say({ kind: 'hello', version: 1 })
  say({ kind: 'numbered', seq: 1, update: Y.encodeStateAsUpdate(doc) })
  await until('it is durable', () => channel.kinds().includes('ack'))
  const had = channel.sent.length
  for (let n = 0; n < 5; n++) say({ kind: 'step1', stateVector: new Uint8Array([0]) })
  say({ kind: 'step1', stateVector: Y.encodeStateVector(doc) })
  await until('the last is answered', () => channel.sent.length === had + 4)
  const answers = channel.sent.slice(had)
  expect(answers.map(({ kind }) => kind)).toEqual(['step2', 'step1', 'step2', 'step1'])
  const textOf = (answer: DocumentMessage | undefined) => {
    const given = new Y.Doc()
    if (answer?.kind === 'step2') Y.applyUpdate(given, answer.update)
    return given.getText('t').toJSON()
  }
  expect([textOf(answers[0]), textOf(answers[2])]).toEqual(['kept', ''])
})

test('DOC-9: who is here is told to one client every 50 ms at most', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const { join } = await room()
  const { channel, say } = join()
  say({ kind: 'awareness', update: new Uint8Array([1, 7, 1, 2, 123, 125]) })
  const asked = (times: number) => {
    const had = channel.sent.length
    for (let n = 0; n < times; n++) say({ kind: 'query-awareness' })
    return channel.kinds().slice(had)
  }
  vi.advanceTimersByTime(50)
  expect(asked(10)).toEqual(['awareness'])
  vi.advanceTimersByTime(49)
  expect(asked(10)).toEqual([])
  vi.advanceTimersByTime(1)
  expect(asked(10)).toEqual(['awareness'])
})

test('DOC-6: a reader may write nothing, and is told so', async () => {
  const { join, statesync, documentId } = await room()
  const { channel, say } = join('read')
  say({ kind: 'hello', version: 1 })
  say({ kind: 'numbered', seq: 1, update: typist()('a') })
  say({ kind: 'update', update: typist()('b') })
  expect(channel.sent.at(-1)).toMatchObject({ kind: 'refused', seq: 1, code: 'document.read_only' })
  expect(channel.closedBy).toBeUndefined()
  expect((await statesync.listOperations({ tenantId, documentId })).operations).toEqual([])
})

test('DOC-8: a client that does not read is sent nothing more, and the whole state once it has caught up', async () => {
  const { join, slow } = await room()
  const [writer, deaf] = [join(), join()]
  const type = typist()
  deaf.channel.reading = false
  writer.say({ kind: 'hello', version: 1 })
  for (let n = 0; n < 30; n++) {
    writer.say({ kind: 'numbered', seq: n + 1, update: type('x'.repeat(100_000)) })
    await until('it is durable', () =>
      writer.channel.sent.some((one) => one.kind === 'ack' && one.seq === n + 1),
    )
  }
  expect(deaf.channel.buffered).toBeLessThan(1_200_000)
  const updates = deaf.channel.kinds().filter((kind) => kind === 'update').length
  expect(updates).toBeLessThan(12)
  deaf.channel.reading = true
  deaf.channel.buffered = 0
  const step2 = await until('it is brought up to date', () =>
    deaf.channel.sent.find((one) => one.kind === 'step2'),
  )
  const doc = new Y.Doc()
  if (step2.kind === 'step2') Y.applyUpdate(doc, step2.update)
  expect(doc.getText('t').length).toBe(3_000_000)
  expect(slow).toEqual(['resynced'])
})

test('DOC-7: where somebody is reaches the others in few messages, in the newest form, and ends when they leave', async () => {
  const { join } = await room()
  const [one, two] = [join(), join()]
  const state = (clock: number, value: string) => {
    const text = new TextEncoder().encode(value)
    one.say({ kind: 'awareness', update: new Uint8Array([1, 7, clock, text.length, ...text]) })
  }
  for (let clock = 1; clock <= 100; clock++) state(clock, `{"at":${clock}}`)
  const told = () => two.channel.sent.filter(({ kind }) => kind === 'awareness')
  const [first] = await until('it is told', () => told().length > 0 && told())
  expect(told()).toHaveLength(1)
  const said = first?.kind === 'awareness' ? new TextDecoder().decode(first.update) : ''
  expect(said).toContain(`{"at":100,"account_id":"${one.connection.grant.context.accountId}"}`)
  state(100, '{"at":"old"}')
  two.say({ kind: 'awareness', update: new Uint8Array([1, 7, 101, 4, 110, 117, 108, 108]) })
  one.connection.closed()
  await until('it is told that one has left', () => told().length === 2)
  expect(new TextDecoder().decode((told()[1] as { update: Uint8Array }).update)).toContain('null')
})

test('DOC-7, CONN-3: awareness that is too much ends the connection', async () => {
  const { join } = await room()
  const { channel, say } = join()
  const large = new TextEncoder().encode(`{"a":"${'x'.repeat(9_000)}"}`)
  const head = [1, 7, 1, (large.length % 128) | 128, Math.floor(large.length / 128)]
  say({ kind: 'awareness', update: new Uint8Array([...head, ...large]) })
  expect(channel.closedBy).toBe('malformed')
})

test('reading stops while too much waits for the store, and goes on after', async () => {
  const { join } = await room()
  const { channel, say } = join()
  const type = typist()
  say({ kind: 'hello', version: 1 })
  for (let n = 1; n <= 6; n++) say({ kind: 'numbered', seq: n, update: type('x'.repeat(1_000_000)) })
  expect(channel.paused).toBe(true)
  await until('all is durable', () => channel.sent.some((one) => one.kind === 'ack' && one.seq === 6))
  expect(channel.paused).toBe(false)
})

test('who comes to a deleted document, or is in one that is deleted, is told that there is none', async () => {
  const { join, statesync, documentId } = await room()
  const { channel } = join()
  await statesync.deleteDocument({ tenantId, documentId })
  await until('it is closed', () => channel.closedBy === 'notFound')
})
