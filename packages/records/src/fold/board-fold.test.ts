import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { RecordError } from '../errors.ts'
import type { ReadRecord } from '../record.ts'
import { readRecord } from '../record-codec.ts'
import { beginBoard, hashOf, NOW, personOf, textOf, Writer } from '../testing/people.ts'
import { BoardFold } from './board-fold.ts'

const LATER = NOW + 100_000

function start(access: 'open' | 'granted' = 'open') {
  const { owner, beginning } = beginBoard(access)
  const write = (name: string, now = LATER) => new Writer(name, beginning, now)
  const fold = (...records: readonly ReadRecord[]) => BoardFold.of(beginning.id, [beginning, ...records])
  return { owner, beginning, write, fold }
}
const id = (name: string) => personOf(name).id

describe('posts and comments', () => {
  it('VIEW-1: edits and deletes are those of the author, the last edit counts', () => {
    const { write, fold } = start()
    const [alice, bob] = [write('alice'), write('bob', LATER + 10_000)]
    const post = alice.post('One')
    const edit = (writer: Writer, title: string) =>
      writer.write({ kind: 'edit', target: post.id, title, content: textOf(title), media: [] })
    const [first, second] = [edit(alice, 'Two'), edit(alice, 'Three')]
    const foreign = edit(bob, 'Mine')
    const comment = bob.comment(post, post, 'Nice')
    const gone = bob.write({ kind: 'delete', target: comment.id })
    const board = fold(second, first, foreign, post, gone, comment)
    expect(board.item(post.id)).toMatchObject({
      title: 'Three',
      editedAt: second.record.createdAt,
      deleted: false,
    })
    expect(board.item(comment.id)).toMatchObject({ parent: post.id, root: post.id, deleted: true, title: '' })
    expect(board.reasonOf(foreign.id)).toBe('not_author')
    expect(board.view()).toMatchObject({
      title: 'Reading group',
      owner: id('owner'),
      accepted: 6,
      keptOut: { not_author: 1 },
    })
  })

  it('FOLD-3: the last word counts, by time, then by id, in whatever order words arrive', () => {
    const { owner, write, fold } = start()
    owner.now = LATER
    const post = write('alice').post('One')
    const at = post.record.createdAt + 1000
    const alice = write('alice')
    const words = ['a', 'b', 'c', 'd'].map((title) => ({
      edit: alice.write(
        { kind: 'edit', target: post.id, title, content: textOf(title), media: [] },
        { createdAt: title === 'a' ? at - 1 : at, after: [] },
      ),
      lock: owner.write(
        { kind: 'lock', target: post.id, on: title === 'b' || title === 'd' },
        { createdAt: title === 'a' ? at - 1 : at, after: [] },
      ),
    }))
    const last = (records: readonly ReadRecord[]) =>
      records.slice(1).reduce((one, other) => (one.id > other.id ? one : other)).record
    const [edits, locks] = [words.map(({ edit }) => edit), words.map(({ lock }) => lock)]
    const [edit, lock] = [last(edits), last(locks)]
    for (const order of [
      [...edits, ...locks],
      [...locks.toReversed(), ...edits.toReversed()],
    ])
      expect(fold(post, ...order).item(post.id)).toMatchObject({
        title: edit.kind === 'edit' && edit.title,
        locked: lock.kind === 'lock' && lock.on,
      })
  })

  it('FOLD-2: waits for what is not here yet', () => {
    const { write, beginning } = start()
    const alice = write('alice')
    const post = alice.post('One')
    const comment = alice.comment(post, post, 'And')
    const answer = write('bob', LATER + 10_000).comment(post, comment, 'Yes')
    const board = new BoardFold(beginning.id)
    for (const record of [answer, comment, post]) expect(board.apply(record)).toEqual(new Set())
    expect(board.view()).toMatchObject({ owner: null, title: null, keptOut: { pending: 3 }, items: [] })
    expect(board.apply(beginning)).toEqual(new Set([answer.id, comment.id, post.id]))
    expect(board.view().keptOut).toEqual({})
    expect(board.apply(post)).toEqual(new Set())
  })

  it('TIME-2: nothing counts that is not later than what it refers to', () => {
    const { write, fold } = start()
    const alice = write('alice')
    const post = alice.post('One')
    const early = write('bob', LATER - 50_000).comment(post, post, 'I knew it')
    const own = alice.write({ kind: 'delete', target: post.id }, { createdAt: post.record.createdAt })
    const board = fold(post, early, own)
    expect([early, own].map((one) => board.reasonOf(one.id))).toEqual(['before_cause', 'before_cause'])
    expect(fold(early).reasonOf(early.id)).toBe('pending')
  })

  it('FOLD-2: things that do not belong together are kept out', () => {
    const { write, fold, beginning } = start()
    const alice = write('alice')
    const [one, two] = [alice.post('One'), alice.post('Two')]
    const inOne = alice.comment(one, one, 'a')
    const wrong = [
      alice.comment(two, inOne, 'answers a comment of another post'),
      alice.comment(inOne, inOne, 'a comment is no root'),
      alice.write({ kind: 'delete', target: hashOf('never sent') }),
    ]
    const board = fold(one, two, inOne, ...wrong)
    expect(board.reasonOf(wrong[0]!.id)).toBe('wrong_target')
    expect(board.reasonOf(wrong[1]!.id)).toBe('wrong_target')
    expect(board.reasonOf(wrong[2]!.id)).toBe('pending')
    const other = new Writer('alice', one, LATER).post('on another board')
    expect(board.apply(other)).toEqual(new Set())
    expect(board.counts(beginning.id)).toBe(true)
  })
})

describe('rights', () => {
  it('RIGHT-2: on a granted board only those who were made author write', () => {
    const { owner, write, fold } = start('granted')
    const [alice, bob] = [write('alice').post('A'), write('bob').post('B')]
    const grant = owner.write({ kind: 'grant', subject: id('alice'), role: 'author' })
    const board = fold(alice, bob, grant)
    expect(board.counts(alice.id)).toBe(true)
    expect(board.reasonOf(bob.id)).toBe('no_right')
  })

  it('RIGHT-1, RIGHT-3: moderators hide, restore, lock, pin, make authors and ban, but not each other', () => {
    const { owner, write, fold } = start('granted')
    const mod = owner.write({ kind: 'grant', subject: id('mod'), role: 'moderator' })
    const mod2 = owner.write({ kind: 'grant', subject: id('mod2'), role: 'moderator' })
    const [m, alice] = [write('mod', LATER + 50_000), write('alice', LATER + 60_000)]
    const grant = m.write({ kind: 'grant', subject: id('alice'), role: 'author' })
    const post = alice.post('A')
    const later = write('mod', LATER + 90_000)
    const hide = later.write({ kind: 'hide', target: post.id, reason: 'rude' })
    const pin = later.write({ kind: 'pin', target: post.id, on: true })
    const lock = later.write({ kind: 'lock', target: post.id, on: true })
    const forbidden = [
      later.write({ kind: 'grant', subject: id('bob'), role: 'moderator' }),
      later.write({ kind: 'revoke', subject: id('mod2'), role: 'moderator', heads: [] }),
      later.write({ kind: 'ban', subject: id('mod2'), on: true, reason: '', heads: [] }),
      later.write({ kind: 'ban', subject: id('owner'), on: true, reason: '', heads: [] }),
      alice.write({ kind: 'hide', target: post.id, reason: '' }, { createdAt: LATER + 200_000 }),
      alice.write(
        { kind: 'ban', subject: id('mod'), on: true, reason: '', heads: [] },
        { createdAt: LATER + 210_000 },
      ),
    ]
    const self = owner.write({ kind: 'ban', subject: id('owner'), on: true, reason: '', heads: [] })
    const board = fold(...forbidden, self, lock, pin, hide, post, grant, mod, mod2)
    expect(board.item(post.id)).toMatchObject({
      hidden: { by: id('mod'), reason: 'rude' },
      pinned: true,
      locked: true,
    })
    expect(forbidden.map((one) => board.reasonOf(one.id))).toEqual(Array(6).fill('no_right'))
    expect(board.reasonOf(self.id)).toBe('wrong_target')
    expect(board.view().moderators).toEqual([id('mod'), id('mod2')].sort())
    const restore = later.write({ kind: 'restore', target: post.id, reason: '' })
    const unpin = later.write({ kind: 'pin', target: post.id, on: false })
    expect(board.apply(restore)).toEqual(new Set([post.id]))
    board.apply(unpin)
    expect(board.item(post.id)).toMatchObject({ hidden: null, pinned: false })
    const onPost = later.write({ kind: 'lock', target: hide.id, on: true })
    expect(fold(mod, hide, post, grant, onPost).reasonOf(onPost.id)).toBe('wrong_target')
  })

  it('RIGHT-4: after a lock only moderators comment, until it is opened', () => {
    const { owner, write, fold } = start()
    const post = write('alice').post('A')
    owner.now = LATER + 10_000
    const lock = owner.write({ kind: 'lock', target: post.id, on: true })
    const open = owner.write({ kind: 'lock', target: post.id, on: false }, { createdAt: LATER + 30_000 })
    const at = (name: string, seconds: number) =>
      write(name, LATER + seconds * 1000).comment(post, post, `${seconds}`)
    const [before, during, byOwner, after] = [at('bob', 5), at('bob', 20), at('owner', 21), at('bob', 40)]
    const board = fold(after, byOwner, during, before, post, lock, open)
    expect([before, during, byOwner, after].map((one) => board.reasonOf(one.id))).toEqual([
      undefined,
      'locked',
      undefined,
      undefined,
    ])
    const growing = fold(after, byOwner, during, before, post)
    expect(growing.reasonOf(during.id)).toBeUndefined()
    expect(growing.apply(lock)).toEqual(new Set([post.id, during.id, after.id]))
    expect(growing.apply(open)).toEqual(new Set([post.id, after.id]))
  })

  it('FOLD-4: a ban leaves what was there before, whatever date the banned put on the rest; lifted, it is gone', () => {
    const { owner, write, fold } = start()
    const troll = write('troll', LATER - 10_000)
    const good = troll.post('good')
    const unseen = troll.post('not seen')
    owner.now = LATER + 30_000
    const ban = owner.write({ kind: 'ban', subject: id('troll'), on: true, reason: 'spam', heads: [good.id] })
    const backdated = write('troll', NOW + 2000).post('backdated')
    const board = fold(good, unseen, ban, backdated)
    expect([good, unseen, backdated].map((one) => board.reasonOf(one.id))).toEqual([
      undefined,
      'banned',
      'banned',
    ])
    expect(board.view().banned).toEqual([id('troll')])
    const lift = owner.write({ kind: 'ban', subject: id('troll'), on: false, reason: '', heads: [] })
    expect(board.apply(lift)).toEqual(new Set([unseen.id, backdated.id]))
    expect(board.view().banned).toEqual([])
  })

  it('FOLD-4: a revoked moderator keeps what the revocation had seen, and loses what it had not', () => {
    const { owner, write, fold } = start()
    const post = write('alice', NOW + 3000).post('A')
    const grant = owner.write({ kind: 'grant', subject: id('mod'), role: 'moderator' })
    const mod = write('mod', LATER)
    const pin = mod.write({ kind: 'pin', target: post.id, on: true })
    const before = fold(post, grant, pin)
    owner.now = LATER + 60_000
    const revoke = owner.write({
      kind: 'revoke',
      subject: id('mod'),
      role: 'moderator',
      heads: before.headsOf(id('mod')),
    })
    const hide = mod.write({ kind: 'hide', target: post.id, reason: 'revenge' })
    const board = fold(post, grant, hide, revoke)
    expect(board.item(post.id)).toMatchObject({ pinned: false, hidden: null })
    expect(board.apply(pin)).toEqual(new Set([post.id]))
    expect(board.item(post.id)).toMatchObject({ pinned: true, hidden: null })
    expect(board.reasonOf(hide.id)).toBe('no_right')
    expect(board.view().moderators).toEqual([])
  })
})

describe('keys', () => {
  it('KEY-1: an author is the hash of their first key; who takes the name with another key is not heard', () => {
    const { write, fold } = start()
    const alice = write('alice')
    const mine = alice.post('mine')
    const { author, key } = mine.record
    expect(author).toBe(createHash('sha256').update(Buffer.from(key, 'hex')).digest('hex'))
    const thief = write('thief')
    thief.author = personOf('thief', author)
    const stolen = thief.post('in the name of alice')
    const board = fold(mine, stolen)
    expect(board.counts(mine.id)).toBe(true)
    expect(board.reasonOf(stolen.id)).toBe('unknown_key')
  })

  it('KEY-2: posts stay after a rotation, the author stays the same, the old key is of no use', () => {
    const { write, fold } = start()
    const alice = write('alice')
    const old = alice.post('old key')
    const thief = write('alice', LATER + 90_000)
    const rotate = alice.rotate('alice 2')
    const fresh = alice.post('new key')
    const again = alice.rotate('alice 3')
    const third = alice.post('third key')
    const stolen = [thief.post('stolen'), write('alice', NOW + 5000).post('stolen and backdated')]
    const board = fold(third, again, stolen[0]!, fresh, rotate, stolen[1]!, old)
    expect([old, fresh, third].map((one) => board.item(one.id)?.author)).toEqual(Array(3).fill(id('alice')))
    expect(stolen.map((one) => board.reasonOf(one.id))).toEqual(['retired_key', 'retired_key'])
    expect(fold(third, fresh).reasonOf(third.id)).toBe('unknown_key')
  })

  it('KEY-3: of two rotations of one key the earlier counts', () => {
    const { write, fold } = start()
    const alice = write('alice')
    const rotate = alice.rotate('alice 2')
    const thief = write('alice', LATER + 70_000)
    const second = thief.rotate('thief')
    const board = fold(second, thief.post('mine'), rotate, alice.post('still me'))
    expect(board.reasonOf(second.id)).toBe('superseded')
    expect(board.view().items.map(({ title }) => title)).toEqual(['still me'])
  })

  it('NAME-1: nodes say who authors are; the last word of each counts', () => {
    const { write, fold } = start()
    const [node, other] = [write('node'), write('other node')]
    const bind = (by: Writer, name: string) =>
      by.write({ kind: 'bind', subject: id('alice'), member: 'member-1', name })
    const board = fold(bind(node, 'Al'), bind(node, 'Alice'), bind(other, 'Alicia'))
    expect(board.view().names[id('alice')]).toHaveLength(2)
    expect(board.view().names[id('alice')]).toContainEqual({
      by: id('node'),
      member: 'member-1',
      name: 'Alice',
    })
  })

  it('TIME-3: an author goes on from what nobody of the same author follows, in any order of arrival', () => {
    const { write, beginning } = start()
    const alice = write('alice')
    const [one, two] = [alice.post('1'), alice.post('2')]
    const fork = alice.write({ kind: 'delete', target: one.id }, { after: [one.id] })
    const board = new BoardFold(beginning.id)
    for (const record of [two, fork, one]) board.apply(record)
    expect(board.headsOf(id('alice'))).toEqual([two.id, fork.id])
    expect(board.headsOf(id('nobody'))).toEqual([])
  })

  it('TIME-3: from eight at most, the latest', () => {
    const { write, beginning } = start()
    const alice = write('alice')
    const forks = Array.from({ length: 10 }, (_, n) =>
      alice.write({ kind: 'delete', target: hashOf(`${n}`) }, { after: [] }),
    )
    const board = BoardFold.of(beginning.id, [beginning, ...forks.toReversed()])
    expect(board.headsOf(id('alice'))).toEqual(forks.slice(2).map((one) => one.id))
    const next = (count: number) =>
      alice.write(
        { kind: 'delete', target: hashOf('x') },
        { after: forks.slice(0, count).map((one) => one.id) },
      )
    expect(readRecord(next(8).bytes).record.after).toHaveLength(8)
    expect(() => readRecord(next(9).bytes)).toThrow(RecordError)
  })
})
