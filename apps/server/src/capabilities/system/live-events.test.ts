import type { ServerSentEvent } from '@stoa/contracts'
import { expect, test } from 'vitest'
import type { TenantContext } from '../../platform/database/database.ts'
import type { EventSource, OutboxEvent } from './components.ts'
import { liveEvents } from './live-events.ts'

const context: TenantContext = { tenantId: 't', accountId: 'me', sessionId: 's', role: 'member' }

/** An outbox in memory; `oldest` is the first event that has not been deleted. */
class FakeSource implements EventSource {
  readonly stored: OutboxEvent[] = []
  readonly listeners = new Set<(event: OutboxEvent) => void>()
  oldest = 0
  pageSize = 2

  add(type: string, to: { accountId?: string; workspaceId?: string; topic?: string } = {}): void {
    const event = { id: this.stored.length + 1, type, payload: { n: 1 }, createdAt: new Date(0), ...to }
    this.stored.push(event)
    for (const listener of this.listeners) listener(event)
  }

  async since(_: string, lastId: number) {
    const later = this.stored.filter((event) => event.id > lastId)
    const events = later.slice(0, this.pageSize)
    return { events, more: later.length > events.length, reset: lastId + 1 < this.oldest }
  }

  async head() {
    return this.stored.length
  }

  async follow(_: string, lastId: number, listener: (event: OutboxEvent) => void) {
    this.listeners.add(listener)
    for (const event of this.stored) if (event.id > lastId) listener(event)
    return { reset: false, close: () => this.listeners.delete(listener) }
  }
}

interface Options {
  readonly lastEventId?: string
  readonly audience?: () => ReadonlySet<string> | undefined
}

function open(events: FakeSource, { lastEventId, audience = () => new Set(['w1']) }: Options = {}) {
  const ending = new AbortController()
  const components = { events, audience: async () => audience() }
  const stream = liveEvents(components, context, lastEventId, ending.signal)
  const next = async () => {
    const { value, done } = await stream.next()
    return done ? 'end' : `${(value as ServerSentEvent).event}#${(value as ServerSentEvent).id}`
  }
  return { next, stop: () => ending.abort() }
}

test('without a last id it begins with what happens from now on', async () => {
  const source = new FakeSource()
  source.add('book.old')
  const { next, stop } = open(source)
  expect(await next()).toBe('ready#1')
  source.add('book.new')
  expect(await next()).toBe('book.new#2')
  stop()
  expect(await next()).toBe('end')
  expect(source.listeners.size).toBe(0)
})

test('with a last id it gives what was missed, over several pages, then goes live without gap or repetition', async () => {
  const source = new FakeSource()
  for (let n = 1; n <= 5; n++) source.add(`book.e${n}`)
  const { next, stop } = open(source, { lastEventId: '1' })
  const got = [await next(), await next(), await next(), await next(), await next()]
  expect(got).toEqual(['book.e2#2', 'book.e3#3', 'book.e4#4', 'book.e5#5', 'ready#5'])
  source.add('book.e6')
  expect(await next()).toBe('book.e6#6')
  stop()
})

test('a last id that is too old says reset and goes on from the newest', async () => {
  const source = new FakeSource()
  for (let n = 1; n <= 5; n++) source.add(`book.e${n}`)
  source.oldest = 4
  const { next, stop } = open(source, { lastEventId: '1' })
  expect([await next(), await next()]).toEqual(['reset#5', 'ready#5'])
  stop()
})

test("another account's events and other workspaces' events are not seen", async () => {
  const source = new FakeSource()
  const { next, stop } = open(source)
  await next()
  source.add('a.theirs', { accountId: 'you' })
  source.add('a.mine', { accountId: 'me' })
  source.add('a.elsewhere', { workspaceId: 'w2' })
  source.add('a.here', { workspaceId: 'w1' })
  source.add('a.all')
  expect([await next(), await next(), await next()]).toEqual(['a.mine#2', 'a.here#4', 'a.all#5'])
  stop()
})

test('joining a workspace opens its events at once', async () => {
  const source = new FakeSource()
  let seen = new Set<string>()
  const { next, stop } = open(source, { audience: () => seen })
  await next()
  source.add('a.before', { workspaceId: 'w1' })
  seen = new Set(['w1'])
  source.add('workspace.member_added')
  source.add('a.after', { workspaceId: 'w1' })
  expect([await next(), await next()]).toEqual(['workspace.member_added#2', 'a.after#3'])
  stop()
})

test('who may not listen any more is sent nothing and the stream ends', async () => {
  const source = new FakeSource()
  let allowed: Set<string> | undefined = new Set(['w1'])
  const { next } = open(source, { audience: () => allowed })
  await next()
  allowed = undefined
  source.add('session.revoked', { accountId: 'me' })
  source.add('a.secret')
  expect(await next()).toBe('end')
  const second = open(source, { audience: () => undefined })
  expect(await second.next()).toBe('end')
})

test('a reader that falls too far behind gets an unbroken beginning, then the end', async () => {
  const source = new FakeSource()
  const { next } = open(source)
  await next()
  for (let n = 1; n <= 1500; n++) source.add('a.e')
  for (let n = 1; n <= 1000; n++) expect(await next()).toBe(`a.e#${n}`)
  expect(await next()).toBe('end')
  expect(source.listeners.size).toBe(0)
})
