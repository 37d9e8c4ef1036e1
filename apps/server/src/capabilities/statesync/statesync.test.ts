import { setImmediate as nextTurn } from 'node:timers/promises'
import { StateSyncService } from '@stoa/contracts/statesync'
import { ManualClock, seededRandom, silentLogger, uuidv7 } from '@stoa/kernel'
import { until } from '@stoa/testkit/until'
import { expect, onTestFinished, test, vi } from 'vitest'
import * as Y from 'yjs'
import { localClient } from '../../platform/rpc/local-client.ts'
import { StateSyncEngine } from './engine/engine.ts'
import type { StateSyncLimits } from './rules.ts'
import { stateSyncHandlers } from './service.ts'
import { MemoryStateSyncStore } from './store/memory.ts'
import type { Append, Owner } from './store/store.ts'

const tenantId = uuidv7()
const userId = uuidv7()

/** A store that can be told to fail, or to wait. */
class MoodyStore extends MemoryStateSyncStore {
  failing = false
  commits = 0
  gate: Promise<void> | undefined

  override async append(tenant: string, appends: readonly Append[]) {
    await this.gate
    if (this.failing) throw new Error('the disk is on fire')
    this.commits += 1
    return super.append(tenant, appends)
  }
}

async function service(limits: Partial<StateSyncLimits> = {}, store?: MoodyStore) {
  const clock = new ManualClock(1_700_000_000_000)
  const kept = store ?? new MoodyStore(clock)
  const random = seededRandom(1)
  const engine = new StateSyncEngine({ store: kept, clock, random, log: silentLogger, limits })
  const client = localClient(StateSyncService, stateSyncHandlers({ store: kept, clock, random, engine }))
  await engine.start()
  onTestFinished(() => engine.stop())
  const create = async () => (await client.createDocument({ tenantId, userId })).document?.documentId ?? ''
  const apply = (documentId: string, updates: readonly Uint8Array[], fencingToken = 0n) =>
    client.applyOperations({
      tenantId,
      documentId,
      fencingToken,
      operations: updates.map((update) => ({ userId, update })),
    })
  const text = async (documentId: string) => {
    const { state } = await client.getDocument({ tenantId, documentId, stateVector: new Uint8Array() })
    const doc = new Y.Doc()
    Y.applyUpdate(doc, state)
    return doc.getText('t').toJSON()
  }
  return { clock, store: kept, engine, client, create, apply, text }
}

/** A person typing: each call gives the update of one edit. */
function editor() {
  const doc = new Y.Doc()
  let last = new Uint8Array()
  doc.on('update', (update: Uint8Array) => {
    last = new Uint8Array(update)
  })
  const type = (text: string): Uint8Array => {
    doc.getText('t').insert(doc.getText('t').length, text)
    return last
  }
  return { doc, type }
}

test('what is applied can be read, from the beginning and from a state vector', async () => {
  const { create, apply, text, client } = await service()
  const documentId = await create()
  const { type, doc } = editor()
  await apply(documentId, [type('Hello')])
  const stateVector = Y.encodeStateVector(doc)
  expect((await apply(documentId, [type(' '), type('world')])).version).toBe(3n)
  expect(await text(documentId)).toBe('Hello world')
  const { state } = await client.getDocument({ tenantId, documentId, stateVector })
  const part = new Y.Doc()
  Y.applyUpdate(part, state)
  expect(part.store.pendingStructs).not.toBeNull()
})

test('an operation applied twice changes nothing, and is acknowledged only when the first is durable', async () => {
  const { create, apply, store } = await service()
  const documentId = await create()
  const update = editor().type('once')
  let open = () => {}
  store.gate = new Promise((resolve) => {
    open = resolve
  })
  const answers: string[] = []
  const first = apply(documentId, [update]).then(() => answers.push('first'))
  const second = apply(documentId, [update]).then(() => answers.push('second'))
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(answers).toEqual([])
  open()
  await Promise.all([first, second])
  expect((await apply(documentId, [update])).version).toBe((await apply(documentId, [update])).version)
  expect(store.commits).toBe(1)
})

test('many operations share few commits', async () => {
  const { create, apply, store, text } = await service()
  const documentId = await create()
  const { type } = editor()
  await Promise.all(Array.from({ length: 2_000 }, () => apply(documentId, [type('x')])))
  expect(store.commits).toBeLessThan(20)
  expect(await text(documentId)).toHaveLength(2_000)
})

test('DOC-5: others have an update before it is durable', async () => {
  const { create, apply, store, engine } = await service()
  const documentId = await create()
  const { type } = editor()
  const document = await engine.document(tenantId, documentId)
  const said: string[] = []
  document.subscribe(({ kind }) => void said.push(kind))
  const gate = Promise.withResolvers<void>()
  store.gate = gate.promise
  const applied = apply(documentId, [type('x')]).then(() => said.push('acknowledged'))
  await until('it is relayed', () => said.length > 0)
  expect([said, store.commits]).toEqual([['update'], 0])
  gate.resolve()
  await applied
  expect(said).toContain('acknowledged')
  expect(store.commits).toBe(1)
})

const RELAY_MS = 2

test('DOC-5: who writes alone is relayed at once; what many write one after the other shares relays and commits', async () => {
  const { create, apply, store, engine, text } = await service()
  const documentId = await create()
  const { type } = editor()
  let relays = 0
  const document = await engine.document(tenantId, documentId)
  document.subscribe(({ kind }) => {
    if (kind !== 'update') return
    relays += 1
    // As if it were sent to some hundreds.
    for (const began = performance.now(); performance.now() - began < RELAY_MS; );
  })
  const first = apply(documentId, [type('x')])
  // The call takes a turn of the event loop to arrive, and what came in one turn is relayed in the next.
  for (let turn = 0; turn < 3; turn++) await nextTurn()
  expect(relays).toBe(1)
  await first
  const commits = store.commits
  const began = performance.now()
  const edits: Promise<unknown>[] = []
  while (performance.now() - began < 200) {
    edits.push(apply(documentId, [type('x')]))
    await nextTurn()
  }
  await Promise.all(edits)
  const milliseconds = performance.now() - began
  // A third of the time at most.
  expect(relays - 1).toBeLessThanOrEqual(milliseconds / (3 * RELAY_MS) + 2)
  // The first two of a burst begin sooner.
  expect(store.commits - commits).toBeLessThanOrEqual(milliseconds / 20 + 3)
  expect(await text(documentId)).toBe('x'.repeat(edits.length + 1))
})

test('bytes that are no update are refused; what came with them in the same moment is kept', async () => {
  const { create, apply, text, client } = await service()
  const documentId = await create()
  const { type } = editor()
  await apply(documentId, [type('a')])
  const good = editor().type('b')
  const cut = type('c').slice(0, -1)
  const results = await Promise.allSettled([
    apply(documentId, [new Uint8Array([9, 9, 9])]),
    apply(documentId, [good]),
    apply(documentId, [cut]),
    apply(documentId, [new Uint8Array()]),
  ])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'rejected'])
  await expect(apply(documentId, [new Uint8Array([1])])).rejects.toMatchObject({ code: 'update.invalid' })
  expect([...(await text(documentId))].sort().join('')).toBe('ab')
  expect((await client.listOperations({ tenantId, documentId })).operations).toHaveLength(2)
})

test('when a document cannot be made anew, everybody who waits is told', async () => {
  const { create, apply, store, text } = await service()
  const documentId = await create()
  await apply(documentId, [editor().type('a')])
  const broken = vi.spyOn(store, 'content').mockRejectedValueOnce(new Error('the disk is on fire'))
  const good = editor().type('b')
  const results = await Promise.allSettled([
    apply(documentId, [new Uint8Array([9, 9, 9])]),
    apply(documentId, [good]),
  ])
  expect(broken).toHaveBeenCalledTimes(1)
  for (const result of results) expect(result).toMatchObject({ reason: { code: 'store.failing' } })
  // Opened once more; what was refused is sent again.
  await apply(documentId, [good])
  expect([...(await text(documentId))].sort().join('')).toBe('ab')
})

test('a failing store acknowledges nothing and says so; when it is well again nothing was lost', async () => {
  const { create, apply, store, client, text } = await service()
  const documentId = await create()
  const { type } = editor()
  await apply(documentId, [type('a')])
  const leaving = new AbortController()
  const said: string[] = []
  const following = (async () => {
    for await (const { event } of client.subscribeDocument(
      { tenantId, documentId },
      { signal: leaving.signal },
    ))
      said.push(event.case === 'health' ? `failing=${event.value.storeFailing}` : `${event.case}`)
  })()
  await until('it follows', () => said.includes('ready'))
  store.failing = true
  const update = type('b')
  await expect(apply(documentId, [update])).rejects.toMatchObject({ code: 'store.failing' })
  expect((await client.getStats({})).storeFailing).toBe(true)
  store.failing = false
  await apply(documentId, [update])
  expect(await text(documentId)).toBe('ab')
  expect((await client.listOperations({ tenantId, documentId })).operations).toHaveLength(2)
  await until('it is told', () => said.includes('committed'))
  expect(said).toEqual(['ready', 'update', 'failing=true', 'failing=false', 'committed'])
  leaving.abort()
  await following
})

test('a backlog is bounded: what does not fit is refused, not dropped', async () => {
  const { create, apply, store } = await service({ pendingOperations: 10, operationBytes: 100 })
  const documentId = await create()
  let open = () => {}
  store.gate = new Promise((resolve) => {
    open = resolve
  })
  const { type } = editor()
  const waiting = Array.from({ length: 10 }, () => apply(documentId, [type('x')]))
  await expect(apply(documentId, [type('y')])).rejects.toMatchObject({ code: 'document.busy' })
  await expect(apply(documentId, [new Uint8Array(101)])).rejects.toMatchObject({ code: 'update.too_large' })
  open()
  await Promise.all(waiting)
  await apply(documentId, [type('z')])
})

test('a lock shuts out everybody else; a stale token writes nothing', async () => {
  const { create, apply, client, clock } = await service()
  const documentId = await create()
  const { type } = editor()
  const lock = (holderId: string) => client.acquireLock({ tenantId, documentId, holderId, ttlSeconds: 10 })
  const first = (await lock('one')).lock?.fencingToken ?? 0n
  await expect(lock('two')).rejects.toMatchObject({ code: 'lock.held' })
  await expect(apply(documentId, [type('a')])).rejects.toMatchObject({ code: 'lock.held' })
  await apply(documentId, [type('b')], first)
  expect((await lock('one')).lock?.fencingToken).toBe(first)
  clock.advance(10_001)
  expect((await client.getLock({ tenantId, documentId })).lock).toBeUndefined()
  const second = (await lock('two')).lock?.fencingToken ?? 0n
  expect(second).toBeGreaterThan(first)
  await expect(apply(documentId, [type('c')], first)).rejects.toMatchObject({ code: 'lock.stale' })
  expect(await client.releaseLock({ tenantId, documentId, fencingToken: first })).toMatchObject({
    released: false,
  })
  expect(await client.releaseLock({ tenantId, documentId, fencingToken: second })).toMatchObject({
    released: true,
  })
  await expect(apply(documentId, [type('d')], second)).rejects.toMatchObject({ code: 'lock.stale' })
  await apply(documentId, [type('e')])
})

test('a subscription resumes after a version with what was missed, or with the state where history is gone', async () => {
  const { create, apply, client, engine, store } = await service({ historyOperations: 2 })
  const documentId = await create()
  const { type, doc } = editor()
  for (const word of ['a', 'b', 'c', 'd', 'e', 'f']) await apply(documentId, [type(word)])
  const replay = async (afterVersion: bigint) => {
    const got = new Y.Doc()
    const kinds: string[] = []
    for await (const { event } of client.subscribeDocument({ tenantId, documentId, afterVersion })) {
      kinds.push(event.case ?? '')
      if (event.case === 'update') Y.applyUpdate(got, event.value.update)
      if (event.case === 'state') Y.applyUpdate(got, event.value.state)
      if (event.case === 'ready') break
    }
    return { kinds, text: got.getText('t').toJSON() }
  }
  expect(await replay(3n)).toMatchObject({ kinds: ['update', 'update', 'update', 'ready'] })
  await (await engine.document(tenantId, documentId)).compact()
  expect(await store.operations(tenantId, documentId, 0, 10)).toMatchObject({ truncated: true })
  expect(await replay(1n)).toEqual({ kinds: ['state', 'ready'], text: doc.getText('t').toJSON() })
  expect(await replay(99n)).toMatchObject({ kinds: ['state', 'ready'] })
})

test('a document that nobody uses leaves memory and comes back whole', async () => {
  const { create, apply, engine, clock, text } = await service({ idleMs: 1_000 })
  const documentId = await create()
  await apply(documentId, [editor().type('kept')])
  expect(engine.stats.openDocuments).toBe(1)
  clock.advance(1_001)
  await until('it has left', () => engine.stats.openDocuments === 0)
  expect(await text(documentId)).toBe('kept')
})

test('a process that has lost a document tells everybody and writes no more', async () => {
  const clock = new ManualClock(1_700_000_000_000)
  const store = new MoodyStore(clock)
  const one = await service({}, store)
  const two = await service({}, store)
  const documentId = await one.create()
  const { type } = editor()
  await one.apply(documentId, [type('a')])
  const ended = (async () => {
    for await (const _ of one.client.subscribeDocument({ tenantId, documentId }));
  })()
  await until('it follows', () => one.engine.stats.subscribers === 1)
  await two.apply(documentId, [type('b')])
  const update = type('c')
  await expect(one.apply(documentId, [update])).rejects.toMatchObject({ code: 'document.moved' })
  await expect(ended).rejects.toMatchObject({ code: 'document.moved' })
  await one.apply(documentId, [update])
  expect(await one.text(documentId)).toBe('abc')
})

test('a deleted document ends its streams and is gone', async () => {
  const { create, apply, client, engine } = await service()
  const documentId = await create()
  await apply(documentId, [editor().type('a')])
  const events: unknown[] = []
  const following = (async () => {
    for await (const { event } of client.subscribeDocument({ tenantId, documentId })) events.push(event.case)
  })()
  await until('it follows', () => engine.stats.subscribers === 1 && events.length > 0)
  expect(await client.deleteDocument({ tenantId, documentId })).toMatchObject({ deleted: true })
  await following
  expect(events).toEqual(['ready', 'deleted'])
  await expect(apply(documentId, [editor().type('b')])).rejects.toMatchObject({ code: 'document.not_found' })
})

test('a stop writes what waits', async () => {
  const { create, apply, engine, store } = await service()
  const documentId = await create()
  const { type } = editor()
  const all = Array.from({ length: 50 }, () => apply(documentId, [type('x')]))
  await new Promise((resolve) => setImmediate(resolve))
  await engine.stop()
  await Promise.all(all)
  expect((await store.content(tenantId, documentId))?.version).toBe(50)
})

test('calls with fields that make no sense are refused', async () => {
  const { client, create } = await service()
  const documentId = await create()
  const wrong = [
    client.getDocument({ tenantId: 'x', documentId }),
    client.createDocument({ tenantId, userId: 'nobody' }),
    client.createDocument({ tenantId, userId, title: 'x'.repeat(501) }),
    client.listDocuments({ tenantId, pageSize: 501 }),
    client.listDocuments({ tenantId, pageToken: "'; drop" }),
    client.acquireLock({ tenantId, documentId, holderId: '', ttlSeconds: 5 }),
    client.acquireLock({ tenantId, documentId, holderId: 'h', ttlSeconds: 0 }),
    client.getDocument({ tenantId, documentId, stateVector: new Uint8Array([200, 200]) }),
  ]
  for (const call of wrong) await expect(call).rejects.toMatchObject({ code: 'document.invalid' })
  await expect(client.createDocument({ tenantId, userId, documentId })).rejects.toMatchObject({
    code: 'document.exists',
  })
})

test('others are told where a process is before it owns a document', async () => {
  const clock = new ManualClock(1_700_000_000_000)
  const said: string[] = []
  class ListeningStore extends MemoryStateSyncStore {
    override beat(owner: Owner) {
      said.push(`at ${owner.address}`)
      return super.beat(owner)
    }
    override open(tenant: string, documentId: string, owner: Owner) {
      said.push('opens')
      return super.open(tenant, documentId, owner)
    }
  }
  const store = new ListeningStore(clock)
  let address: string | undefined
  const random = seededRandom(1)
  const engine = new StateSyncEngine({ store, clock, random, log: silentLogger, address: () => address })
  const client = localClient(StateSyncService, stateSyncHandlers({ store, clock, random, engine }))
  await engine.start()
  onTestFinished(() => engine.stop())
  for (const where of [undefined, '127.0.0.1:8001', '127.0.0.1:8001']) {
    address = where
    const documentId = (await client.createDocument({ tenantId, userId })).document?.documentId ?? ''
    await client.getDocument({ tenantId, documentId, stateVector: new Uint8Array() })
  }
  expect(said).toEqual(['at undefined', 'opens', 'at 127.0.0.1:8001', 'opens', 'opens'])
})
