import { ManualClock } from '@stoa/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  changedEntry,
  type Entry,
  Outbox,
  type OutboxStorage,
  type OutboxSummary,
  revisionOf,
  type SendResult,
} from './outbox.ts'

function memoryStorage(): OutboxStorage<string> {
  let seq = 0
  const entries = new Map<number, Entry<string>>()
  return {
    async add(entry) {
      const whole = { ...entry, seq: ++seq }
      entries.set(whole.seq, whole)
      return whole
    },
    async update(at, change, revision) {
      const entry = entries.get(at)
      if (!entry || (revision !== undefined && revision !== revisionOf(entry))) return false
      entries.set(at, changedEntry(entry, change))
      return true
    },
    async remove(at, revision) {
      const entry = entries.get(at)
      if (!entry || (revision !== undefined && revision !== revisionOf(entry))) return false
      return entries.delete(at)
    },
    async all() {
      return [...entries.values()].sort((a, b) => a.seq - b.seq)
    },
  }
}

function setUp(
  answer: (write: string) => SendResult<string> | Promise<SendResult<string>>,
  combine?: (first: string, second: string) => string | undefined,
  storage = memoryStorage(),
) {
  const sent: string[] = []
  const plans: { wait: number; run: () => void }[] = []
  let summary: OutboxSummary | undefined
  const outbox = new Outbox<string>({
    storage,
    clock: new ManualClock(),
    ...(combine && { combine }),
    send: async (write) => {
      sent.push(write)
      return answer(write)
    },
    onChange: (next) => {
      summary = next
    },
    after: (wait, run) => {
      plans.push({ wait, run })
      return () => plans.splice(0)
    },
  })
  return { outbox, sent, plans, storage, summary: () => summary }
}

const done = { kind: 'done' } as const

test('sends in order and forgets what the server has', async () => {
  const { outbox, sent, storage, summary } = setUp(() => done)
  for (const write of ['a', 'b', 'c']) await outbox.add(write, write)
  await outbox.flush()
  expect(sent).toEqual(['a', 'b', 'c'])
  expect(await storage.all()).toEqual([])
  expect(summary()).toEqual({ sending: false, waiting: 0, conflicts: 0, failed: 0 })
})

test('waits ever longer while the server is away, then sends everything once', async () => {
  let online = false
  const { outbox, sent, plans, summary } = setUp(() => (online ? done : { kind: 'later' }))
  await outbox.add('a', '1')
  await outbox.add('b', '2')
  await outbox.flush()
  await outbox.flush()
  const waits = plans.map((plan) => plan.wait)
  expect(waits.at(-1)).toBeGreaterThan(1000)
  expect(summary()?.waiting).toBe(2)
  online = true
  sent.length = 0
  await outbox.flush()
  expect(sent).toEqual(['1', '2'])
})

test('a conflict holds up its own target and nothing else, until a person decides', async () => {
  const { outbox, sent, storage, summary } = setUp((write) =>
    write === 'mine' ? { kind: 'conflict', problem: { theirs: 'x' } } : done,
  )
  await outbox.add('note:1', 'mine')
  await outbox.flush()
  await outbox.add('note:1', 'mine later')
  await outbox.add('note:2', 'other')
  await outbox.flush()
  expect(sent).toEqual(['mine', 'other'])
  expect(summary()).toMatchObject({ conflicts: 1, waiting: 1 })
  const [entry] = await storage.all()
  await outbox.retry(entry?.seq ?? 0, 'settled')
  await outbox.flush()
  expect(sent).toEqual(['mine', 'other', 'settled', 'mine later'])
})

test('what was merged is sent as the merge', async () => {
  const { outbox, sent } = setUp((write) => (write === 'v1' ? { kind: 'rewritten', write: 'v2' } : done))
  await outbox.add('a', 'v1')
  await outbox.flush()
  expect(sent).toEqual(['v1', 'v2'])
})

test('writes that wait are combined, one under way is not touched', async () => {
  let release: (() => void) | undefined
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  const { outbox, sent } = setUp(
    async (write) => {
      if (write === 'a') await gate
      return done
    },
    (first, second) => `${first}+${second}`,
  )
  await outbox.add('t', 'a')
  await outbox.add('t', 'b')
  await outbox.add('t', 'c')
  release?.()
  await outbox.flush()
  expect(sent).toEqual(['a', 'b+c'])
})

test('a defect while sending is a failure that is kept, not lost', async () => {
  const { outbox, storage } = setUp(() => {
    throw new Error('defect')
  })
  await outbox.add('a', '1')
  await outbox.flush()
  expect(await storage.all()).toMatchObject([{ state: 'failed', write: '1' }])
})

test('whatever the server answers, every write is either with it or still kept, and order holds within a target', async () => {
  const answers = fc.array(fc.constantFrom('done', 'later', 'failed', 'conflict'), { maxLength: 60 })
  const targets = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(targets, answers, async (list, script) => {
      const accepted: string[] = []
      const { outbox, storage } = setUp((write) => {
        const kind = script.shift() ?? 'done'
        if (kind === 'done') accepted.push(write)
        return kind === 'done'
          ? done
          : kind === 'later'
            ? { kind }
            : { kind: kind as 'failed', problem: kind }
      })
      const written = list.map((target, index) => `${target}${index}`)
      for (const [index, write] of written.entries()) await outbox.add(list[index] ?? '', write)
      for (let round = 0; round < 100; round++) {
        await outbox.flush()
        for (const entry of await storage.all()) if (entry.state !== 'waiting') await outbox.retry(entry.seq)
      }
      await outbox.flush()
      expect(accepted.toSorted()).toEqual(written.toSorted())
      for (const target of ['a', 'b', 'c']) {
        expect(accepted.filter((write) => write.startsWith(target))).toEqual(
          written.filter((write) => write.startsWith(target)),
        )
      }
    }),
    { seed: 4, numRuns: 60 },
  )
})

test.each([
  ['taken', { kind: 'done' }],
  ['merged by the server', { kind: 'rewritten', write: 'a (merged)' }],
  ['refused', { kind: 'failed', problem: 'no' }],
] as const)('what another tab merges into a write that is being sent is sent, too: %s', async (_, answer) => {
  const both = (first: string, second: string) => `${first} ${second}`
  const arrived = Promise.withResolvers<void>()
  const reply = Promise.withResolvers<SendResult<string>>()
  const one = setUp((write) => {
    if (write !== 'a') return done
    arrived.resolve()
    return reply.promise
  }, both)
  const other = setUp(() => ({ kind: 'later' }), both, one.storage)
  await one.outbox.add('note:1', 'a')
  await arrived.promise
  await other.outbox.add('note:1', 'b')
  reply.resolve(answer)
  await one.outbox.flush()
  expect(one.sent).toEqual(['a', 'a b'])
  expect(await one.storage.all()).toEqual([])
})

test('a write is kept when the entry that it would be merged into leaves meanwhile', async () => {
  const one = setUp(
    () => ({ kind: 'later' }),
    (first, second) => `${first} ${second}`,
  )
  await one.outbox.add('note:1', 'a')
  await one.outbox.flush()
  const { update } = one.storage
  one.storage.update = async (seq, change, revision) => {
    await one.storage.remove(seq)
    one.storage.update = update
    return update(seq, change, revision)
  }
  await one.outbox.add('note:1', 'b')
  expect((await one.storage.all()).map(({ write }) => write)).toEqual(['b'])
})
