import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ReadRecord, RecordBody } from '../record.ts'
import { nextTime } from '../record-codec.ts'
import { beginBoard, keyOf, NOW, personOf, textOf, Writer } from '../testing/people.ts'
import { BoardFold } from './board-fold.ts'

const PEOPLE = ['owner', 'mod', 'mod2', 'alice', 'bob', 'troll'] as const
const KINDS = [
  'post',
  'comment',
  'comment',
  'edit',
  'delete',
  'hide',
  'restore',
  'lock',
  'pin',
  'ban',
  'grant',
  'revoke',
  'rotate',
  'bind',
] as const

const act = fc.record({
  who: fc.nat(PEOPLE.length - 1),
  kind: fc.constantFrom(...KINDS),
  on: fc.boolean(),
  /** Which of the records so far, and which person. */
  target: fc.nat(999),
  subject: fc.nat(PEOPLE.length - 1),
  role: fc.constantFrom('moderator' as const, 'author' as const),
  /** How far the clock of the writer is off, in seconds; whether the writer keeps to TIME-2; how much the writer has seen. */
  skew: fc.integer({ min: -40, max: 40 }),
  honest: fc.boolean(),
  blind: fc.boolean(),
})
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

const history = fc.record({
  access: fc.constantFrom('open' as const, 'granted' as const),
  acts: fc.array(act, { minLength: 5, maxLength: 45 }),
  salt: fc.nat(),
})

/** Plays a history: everybody does everything, with right or without, dated truly or not. */
function play(access: 'open' | 'granted', acts: readonly Act[]): { boardId: string; records: ReadRecord[] } {
  const { owner, beginning } = beginBoard(access)
  const writers = PEOPLE.map((name) => (name === 'owner' ? owner : new Writer(name, beginning, NOW)))
  const grant = { kind: 'grant', subject: personOf('mod').id, role: 'moderator' } as const
  const records = [beginning, owner.write(grant)]
  const keys = new Map<Writer, number>()
  for (const [step, one] of acts.entries()) {
    const writer = writers[one.who]!
    const body = bodyOf(one, records)
    if (!body) continue
    const now = NOW + 5000 + step * 3000 + one.skew * 1000
    const causes = one.honest ? records : []
    const after = one.blind ? [] : BoardFold.of(beginning.id, records).headsOf(writer.author.id)
    const createdAt = nextTime(
      now,
      causes.filter(({ id }) => after.includes(id) || refersTo(body, id)),
    )
    if (body.kind === 'rotate') {
      const count = (keys.get(writer) ?? 1) + 1
      keys.set(writer, count)
      const name = `${PEOPLE[one.who]} ${count}`
      const before = writer.author
      writer.after = after
      writer.now = createdAt - 1000
      records.push(writer.rotate(name))
      if (!one.on) writer.author = before // goes on with the key it gave up
    } else records.push(writer.write(body, { createdAt, after }))
  }
  return { boardId: beginning.id, records }
}

const refersTo = (body: RecordBody, id: string) =>
  ('target' in body && body.target === id) || ('root' in body && (body.root === id || body.parent === id))

function bodyOf(
  { kind, on, target, subject, role }: Act,
  records: readonly ReadRecord[],
): RecordBody | undefined {
  const any = records[target % records.length]!
  const items = records.filter(({ record }) => record.kind === 'post' || record.kind === 'comment')
  const item = items[target % Math.max(1, items.length)] ?? any
  const person = personOf(PEOPLE[subject]!).id
  const written = { content: textOf(`${kind} ${target}`), media: [] }
  const board = BoardFold.of(records[0]!.id, records)
  const heads = on ? board.headsOf(person) : []
  switch (kind) {
    case 'post':
      return { kind, title: `Post ${target}`, ...written }
    case 'comment':
      return {
        kind,
        root: item.record.kind === 'comment' ? item.record.root : item.id,
        parent: item.id,
        ...written,
      }
    case 'edit':
      return { kind, target: item.id, title: `Edited ${target}`, ...written }
    case 'delete':
      return { kind, target: (target % 7 === 0 ? any : item).id }
    case 'hide':
    case 'restore':
      return { kind, target: item.id, reason: '' }
    case 'lock':
    case 'pin':
      return { kind, target: (item.record.kind === 'comment' && on ? any : item).id, on: target % 3 > 0 }
    case 'ban':
      return { kind, subject: person, on: target % 3 > 0, reason: '', heads }
    case 'grant':
      return { kind, subject: person, role }
    case 'revoke':
      return { kind, subject: person, role, heads }
    case 'rotate':
      return { kind, newKey: keyOf('unused') }
    case 'bind':
      return { kind, subject: person, member: `member ${subject}`, name: `Name ${target}` }
  }
}

function shuffled<T>(list: readonly T[], seed: number): T[] {
  let state = seed >>> 0
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return list
    .map((one) => ({ one, key: next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ one }) => one)
}

it('FOLD-1: one record after another, in any order, gives the view of all at once', () => {
  fc.assert(
    fc.property(history, ({ access, acts, salt }) => {
      const { boardId, records } = play(access, acts)
      const whole = BoardFold.of(boardId, records)
      for (const order of [
        records,
        records.toReversed(),
        shuffled(records, salt),
        shuffled(records, salt + 1),
      ]) {
        const grown = new BoardFold(boardId)
        for (const record of order) grown.apply(record)
        expect(grown.view()).toEqual(whole.view())
        for (const { id } of records) expect(grown.reasonOf(id)).toBe(whole.reasonOf(id))
      }
      expect(BoardFold.of(boardId, shuffled(records, salt)).view()).toEqual(whole.view())
    }),
    { seed: 20261122, numRuns: 60 },
  )
})

it('FOLD-1: at every step the growing view is the one of the records so far, and tells what changed', () => {
  fc.assert(
    fc.property(history, ({ access, acts, salt }) => {
      const { boardId, records } = play(access, acts)
      const grown = new BoardFold(boardId)
      const order = shuffled(records, salt)
      let before = new Map<string, string>()
      for (const [count, record] of order.entries()) {
        const changed = grown.apply(record)
        expect(grown.view()).toEqual(BoardFold.of(boardId, order.slice(0, count + 1)).view())
        const now = new Map(grown.view().items.map((item) => [item.id, JSON.stringify(item)]))
        const ids = [...new Set([...before.keys(), ...now.keys()])].filter(
          (id) => before.get(id) !== now.get(id),
        )
        expect([...changed].sort()).toEqual(ids.sort())
        before = now
      }
    }),
    { seed: 20261123, numRuns: 15 },
  )
})

it('FOLD-1: nodes that were apart agree when the partition heals', () => {
  fc.assert(
    fc.property(history, fc.integer({ min: 2, max: 5 }), ({ access, acts, salt }, count) => {
      const { boardId, records } = play(access, acts)
      const nodes = Array.from({ length: count }, () => ({
        fold: new BoardFold(boardId),
        has: new Set<ReadRecord>(),
      }))
      const give = (node: (typeof nodes)[number], record: ReadRecord) => {
        node.fold.apply(record)
        node.has.add(record)
      }
      for (const [index, record] of shuffled(records, salt).entries()) give(nodes[index % count]!, record)
      for (const [index, from] of nodes.entries())
        for (const to of nodes) for (const record of shuffled([...from.has], salt + index)) give(to, record)
      for (const { fold } of nodes) expect(fold.view()).toEqual(BoardFold.of(boardId, records).view())
    }),
    { seed: 20261124, numRuns: 25 },
  )
})
