import { uuidv7 } from '@stoa/kernel'
import { describe, expect, test } from 'vitest'
import type { Append, NewDocument, Opened, Owner, StateSyncStore } from './store.ts'

export interface StoreUnderTest {
  readonly store: StateSyncStore
  readonly tenantId: string
  readonly otherTenantId: string
  /** Moves the clock that ownership goes by, or waits, until an owner that does not beat counts as dead. */
  readonly letOwnersDie: () => Promise<void>
}

const USER = uuidv7()
const KEEP = { operations: 1_000, bytes: 1_000_000 }
const bytes = (text: string) => new TextEncoder().encode(text)
const text = (list: readonly { update: Uint8Array }[]) =>
  list.map(({ update }) => new TextDecoder().decode(update))
const owner = (address?: string): Owner => ({ id: uuidv7(), address })

/** What every adapter of {@link StateSyncStore} keeps. `subject` is asked for anew in every test. */
export function stateSyncStoreAcceptance(name: string, subject: () => StoreUnderTest): void {
  const add = async (more: Partial<NewDocument> = {}) => {
    const { store, tenantId } = subject()
    const document = {
      id: uuidv7(),
      tenantId,
      title: 'A',
      workspaceId: undefined,
      createdBy: USER,
      metadata: {},
      ...more,
    }
    const record = await store.create(document)
    if (!record) throw new Error('not created')
    return record
  }
  const open = async (documentId: string, by = owner()): Promise<Extract<Opened, { kind: 'opened' }>> => {
    const opened = await subject().store.open(subject().tenantId, documentId, by)
    if (opened.kind !== 'opened') throw new Error(opened.kind)
    return opened
  }
  const append = (documentId: string, epoch: number, firstVersion: number, ...updates: string[]) => {
    const operations = updates.map((update) => ({ userId: USER, update: bytes(update) }))
    const one: Append = { documentId, epoch, firstVersion, operations }
    return subject().store.append(subject().tenantId, [one])
  }

  describe(`documents in ${name}`, () => {
    test('are made once, read, changed, deleted', async () => {
      const { store, tenantId } = subject()
      const made = await add({ metadata: { kind: 'notes' } })
      expect(made).toMatchObject({
        title: 'A',
        version: 0,
        sizeBytes: 0,
        metadata: { kind: 'notes' },
        workspaceId: undefined,
      })
      expect(await store.create({ ...made })).toBeUndefined()
      const workspaceId = uuidv7()
      await store.change(tenantId, made.id, { title: 'B', workspaceId })
      expect(await store.read(tenantId, made.id)).toMatchObject({
        title: 'B',
        workspaceId,
        metadata: { kind: 'notes' },
      })
      await store.change(tenantId, made.id, { workspaceId: null, metadata: {} })
      expect(await store.read(tenantId, made.id)).toMatchObject({
        title: 'B',
        workspaceId: undefined,
        metadata: {},
      })
      expect(await store.delete(tenantId, made.id)).toBe(true)
      expect(await store.delete(tenantId, made.id)).toBe(false)
      expect(await store.read(tenantId, made.id)).toBeUndefined()
      expect(await store.change(tenantId, made.id, { title: 'C' })).toBeUndefined()
      expect(await store.open(tenantId, made.id, owner())).toEqual({ kind: 'missing' })
      expect(await store.operations(tenantId, made.id, 0, 10)).toBeUndefined()
    })

    test('are listed in pages, by workspace', async () => {
      const { store, tenantId } = subject()
      const workspaceId = uuidv7()
      const ids: string[] = []
      for (let n = 0; n < 5; n++) ids.push((await add({ workspaceId })).id)
      ids.sort()
      const first = await store.list(tenantId, { workspaceId, limit: 3 })
      const rest = await store.list(tenantId, { workspaceId, limit: 3, after: first.at(-1)?.id ?? '' })
      expect([...first, ...rest].map(({ id }) => id)).toEqual(ids)
      expect(await store.list(tenantId, { workspaceId: uuidv7(), limit: 3 })).toEqual([])
    })

    test('of another organisation do not exist', async () => {
      const { store, otherTenantId } = subject()
      const { id } = await add()
      const { epoch } = await open(id)
      const one = {
        documentId: id,
        epoch,
        firstVersion: 1,
        operations: [{ userId: USER, update: bytes('x') }],
      }
      expect(await store.read(otherTenantId, id)).toBeUndefined()
      expect(await store.change(otherTenantId, id, { title: 'stolen' })).toBeUndefined()
      expect(await store.delete(otherTenantId, id)).toBe(false)
      expect(await store.open(otherTenantId, id, owner())).toEqual({ kind: 'missing' })
      expect(await store.content(otherTenantId, id)).toBeUndefined()
      expect(await store.append(otherTenantId, [one])).toEqual(new Set())
      expect(await store.snapshot(otherTenantId, id, epoch, { version: 0, state: bytes('') }, KEEP)).toBe(
        false,
      )
      expect(await store.operations(otherTenantId, id, 0, 10)).toBeUndefined()
      expect(await store.saveLock(otherTenantId, id, epoch, { holder: 'h', token: 1, expiresAt: 1 })).toBe(
        false,
      )
      expect((await store.list(otherTenantId, { limit: 100 })).map((record) => record.id)).not.toContain(id)
    })

    test('grow by appends in order; the same append again changes nothing', async () => {
      const { store, tenantId } = subject()
      const { id } = await add()
      const { epoch } = await open(id)
      expect(await append(id, epoch, 1, 'a', 'b')).toEqual(new Set([id]))
      expect(await append(id, epoch, 3, 'c')).toEqual(new Set([id]))
      expect(await append(id, epoch, 3, 'c')).toEqual(new Set([id]))
      const logged = await store.operations(tenantId, id, 1, 10)
      expect(logged?.operations.map(({ version, userId }) => [version, userId])).toEqual([
        [2, USER],
        [3, USER],
      ])
      expect(text(logged?.operations ?? [])).toEqual(['b', 'c'])
      expect(logged?.truncated).toBe(false)
      const { content, record } = await open(id)
      expect(content).toMatchObject({ version: 3, snapshot: undefined })
      expect(text(content.operations.map((update) => ({ update })))).toEqual(['a', 'b', 'c'])
      expect(record.sizeBytes).toBe(3)
    })

    test('take appends to several at once, from each owner only its own', async () => {
      const { store, tenantId } = subject()
      const [a, b, c] = [await add(), await add(), await add()]
      const [atA, atB] = [await open(a.id), await open(b.id)]
      await open(b.id)
      const of = (documentId: string, epoch: number): Append => ({
        ...{ documentId, epoch, firstVersion: 1 },
        operations: [{ userId: USER, update: bytes('x') }],
      })
      const taken = await store.append(tenantId, [of(a.id, atA.epoch), of(b.id, atB.epoch), of(c.id, 7)])
      expect(taken).toEqual(new Set([a.id]))
      expect((await store.read(tenantId, b.id))?.version).toBe(0)
    })

    test('refuse everything from an owner of before', async () => {
      const { store, tenantId } = subject()
      const { id } = await add()
      const old = await open(id)
      const now = await open(id)
      expect(now.epoch).toBeGreaterThan(old.epoch)
      expect(await append(id, old.epoch, 1, 'late')).toEqual(new Set())
      expect(await store.snapshot(tenantId, id, old.epoch, { version: 0, state: bytes('') }, KEEP)).toBe(
        false,
      )
      expect(await store.saveLock(tenantId, id, old.epoch, { holder: 'h', token: 1, expiresAt: 1 })).toBe(
        false,
      )
      expect(await append(id, now.epoch, 1, 'mine')).toEqual(new Set([id]))
    })

    test('belong to a living owner that can be reached, and to nobody else', async () => {
      const { store, tenantId, letOwnersDie } = subject()
      const { id } = await add()
      const [first, second] = [owner('10.0.0.1:9000'), owner('10.0.0.2:9000')]
      await store.beat(first)
      await open(id, first)
      expect(await store.open(tenantId, id, second)).toEqual({ kind: 'elsewhere', address: '10.0.0.1:9000' })
      await open(id, first)
      await open(id, owner('10.0.0.1:9000'))
      await store.beat(first)
      await open(id, first)
      await letOwnersDie()
      await open(id, second)
      await store.beat(second)
      await store.retire(second)
      await open(id, first)
    })

    test('without an address are anybody’s', async () => {
      const { store } = subject()
      const { id } = await add()
      const first = owner()
      await store.beat(first)
      await open(id, first)
      await open(id, owner('10.0.0.9:1'))
    })

    test('are shortened by a snapshot; what history keeps can still be read', async () => {
      const { store, tenantId } = subject()
      const { id } = await add()
      const { epoch } = await open(id)
      for (let version = 1; version <= 10; version++) await append(id, epoch, version, `v${version}`)
      expect(
        await store.snapshot(
          tenantId,
          id,
          epoch,
          { version: 8, state: bytes('state') },
          { operations: 3, bytes: 1_000_000 },
        ),
      ).toBe(true)
      const content = await store.content(tenantId, id)
      expect(content?.snapshot && new TextDecoder().decode(content.snapshot)).toBe('state')
      expect(text((content?.operations ?? []).map((update) => ({ update })))).toEqual(['v9', 'v10'])
      expect(await store.operations(tenantId, id, 0, 10)).toMatchObject({ truncated: true })
      const recent = await store.operations(tenantId, id, 5, 10)
      expect(recent?.truncated).toBe(false)
      expect(text(recent?.operations ?? [])).toEqual(['v6', 'v7', 'v8', 'v9', 'v10'])
      expect(await append(id, epoch, 11, 'v11')).toEqual(new Set([id]))
    })

    test('keep their lock from owner to owner', async () => {
      const { store, tenantId } = subject()
      const { id } = await add()
      const { epoch, lock } = await open(id)
      expect(lock).toEqual({ holder: undefined, token: 0, expiresAt: 0 })
      await store.saveLock(tenantId, id, epoch, { holder: 'h', token: 4, expiresAt: 1_800_000_000_000 })
      expect((await open(id)).lock).toEqual({ holder: 'h', token: 4, expiresAt: 1_800_000_000_000 })
    })

    test('keep what is large as it is', async () => {
      const { id } = await add()
      const { epoch } = await open(id)
      const large = new Uint8Array(1_000_000).map((_, i) => i % 251)
      await subject().store.append(subject().tenantId, [
        { documentId: id, epoch, firstVersion: 1, operations: [{ userId: USER, update: large }] },
      ])
      const { content } = await open(id)
      expect(Buffer.from(content.operations[0] ?? []).equals(large)).toBe(true)
    })
  })
}
