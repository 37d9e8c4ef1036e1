import { uuidv7 } from '@stoa/kernel'
import { expect, test } from 'vitest'
import type { StateSyncEngine } from './engine/engine.ts'
import type { DocumentEvent, DocumentListener } from './engine/subscribers.ts'
import type { StateSyncStore } from './store/store.ts'
import { follow } from './subscription.ts'

const ids = { tenantId: uuidv7(), documentId: uuidv7() }

/** A document that says what it is told to say, and one follower of it. */
function followed() {
  const listeners = new Set<DocumentListener>()
  const document = {
    ...{ durableVersion: 7, storeFailing: false, stateVector: () => new Uint8Array([0]) },
    subscribe: (listener: DocumentListener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const leaving = new AbortController()
  const engine = { document: async () => document } as unknown as StateSyncEngine
  const stream = follow(engine, {} as StateSyncStore, ids, undefined, leaving.signal)
  const say = (event: DocumentEvent) => {
    for (const listener of listeners) listener(event)
  }
  const next = async () => (await stream.next()).value?.event
  return { leaving, listeners, stream, say, next }
}

const update = (...bytes: number[]): DocumentEvent => ({ kind: 'update', update: new Uint8Array(bytes) })

test('what happens before the follower asks for it comes in order, and what happens while it waits at once', async () => {
  const { say, next } = followed()
  expect(await next()).toMatchObject({ case: 'ready', value: { version: 7n } })
  for (let n = 0; n < 3; n++) say(update(n))
  say({ kind: 'committed', version: 10 })
  for (let n = 0; n < 3; n++) expect(await next()).toMatchObject({ value: { update: new Uint8Array([n]) } })
  expect(await next()).toMatchObject({ case: 'committed', value: { version: 10n } })
  const waiting = next()
  say(update(3))
  say(update(4))
  expect(await waiting).toMatchObject({ value: { update: new Uint8Array([3]) } })
  expect(await next()).toMatchObject({ value: { update: new Uint8Array([4]) } })
})

test('a follower that leaves is told nothing more, also while it waits', async () => {
  const { leaving, listeners, stream, say } = followed()
  await stream.next()
  const waiting = stream.next()
  leaving.abort()
  expect(await waiting).toEqual({ done: true, value: undefined })
  expect(listeners.size).toBe(0)
  say(update(1))
  expect(await stream.next()).toEqual({ done: true, value: undefined })
})

test('a stream that is given up ends its subscription', async () => {
  const { listeners, stream, say } = followed()
  for await (const { event } of stream) {
    if (event?.case === 'ready') say(update(1))
    else break
  }
  expect(listeners.size).toBe(0)
})

test('what comes before the end of a stream is said before it', async () => {
  const { say, next, listeners } = followed()
  await next()
  say(update(1))
  say({ kind: 'ended', error: new Error('moved') })
  expect(await next()).toMatchObject({ case: 'update' })
  await expect(next()).rejects.toThrow('moved')
  expect(listeners.size).toBe(0)
})

test('a follower that does not take what it is told is let go when 16 MB wait', async () => {
  const { say, next, stream } = followed()
  await next()
  const large = new Uint8Array(1024 * 1024)
  for (let n = 0; n < 16; n++) say({ kind: 'update', update: large })
  // Taking makes room.
  expect(await next()).toMatchObject({ case: 'update' })
  say({ kind: 'update', update: large })
  expect(await next()).toMatchObject({ case: 'update' })
  for (let n = 0; n < 2; n++) say({ kind: 'update', update: large })
  await expect(next()).rejects.toMatchObject({ code: 'document.busy' })
  expect(await stream.next()).toEqual({ done: true, value: undefined })
})
