import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  advanced,
  isEmoji,
  mayAssign,
  mentionsIn,
  pairOf,
  plainText,
  rightsIn,
  type Standing,
} from './rules.ts'

const ROLES = ['owner', 'admin', 'member', 'guest'] as const
const standings = fc.record<Standing>({
  kind: fc.constantFrom('room', 'direct'),
  visibility: fc.constantFrom('open', 'private'),
  posting: fc.constantFrom('everyone', 'moderators'),
  archived: fc.boolean(),
  roomRole: fc.constantFrom('owner', 'moderator', 'member', null),
  role: fc.constantFrom(...ROLES),
})
const SEED = { seed: 20261122 }

describe('rights in a room', () => {
  test('only members write, never in an archive', () => {
    fc.assert(
      fc.property(standings, (standing) => {
        if (rightsIn(standing).post) expect([standing.archived, standing.roomRole]).not.toContain(null)
        if (standing.archived) expect(rightsIn(standing).post).toBe(false)
      }),
      SEED,
    )
  })

  test('the organisation has no reach into private rooms and conversations of two', () => {
    fc.assert(
      fc.property(standings, fc.constantFrom(...ROLES), (standing, other) => {
        if (standing.kind === 'room' && standing.visibility === 'open') return
        expect(rightsIn({ ...standing, role: other })).toEqual(rightsIn(standing))
      }),
      SEED,
    )
  })

  test('moderators never touch owners, members touch nobody', () => {
    const roles = fc.constantFrom('owner', 'moderator', 'member', null)
    fc.assert(
      fc.property(standings, roles, roles, (standing, before, after) => {
        const allowed = mayAssign({ ...standing, visibility: 'private' }, before, after)
        if (standing.roomRole === 'member' || standing.roomRole === null) expect(allowed).toBe(false)
        if (standing.roomRole === 'moderator' && (before === 'owner' || after === 'owner'))
          expect(allowed).toBe(false)
      }),
      SEED,
    )
  })
})

test('markers end at the same place in whatever order they arrive', () => {
  const moves = fc.array(fc.nat(50), { maxLength: 12 })
  fc.assert(
    fc.property(moves, fc.nat(40), (wanted, last) => {
      const run = (order: readonly number[]) => order.reduce((marker, to) => advanced(marker, to, last), 0)
      expect(run([...wanted].reverse())).toBe(run(wanted))
      expect(run([...wanted, ...wanted])).toBe(run(wanted))
      expect(run(wanted)).toBeLessThanOrEqual(last)
    }),
    SEED,
  )
})

test('a pair is the same from both sides', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), (a, b) => {
      expect(pairOf(a, b)).toEqual(pairOf(b, a))
    }),
    SEED,
  )
})

describe('mentions', () => {
  const id = '0197a000-0000-7000-8000-0000000000aa'
  test('are links of our own scheme', () => {
    const text = `[@Maya](stoa:account/${id.toUpperCase()}) and [@everyone](stoa:everyone), not [@x](stoa:account/1)`
    expect(mentionsIn(text)).toEqual({ accounts: [id], everyone: true })
    expect(mentionsIn(`@Maya <@${id}> [Maya](stoa:account/${id})`)).toEqual({ accounts: [], everyone: false })
  })

  test('are bounded, and hostile text is read in no time', () => {
    const many = Array.from(
      { length: 80 },
      (_, n) => `[@x](stoa:account/0197a000-0000-7000-8000-${String(n).padStart(12, '0')})`,
    )
    expect(mentionsIn(many.join(' ')).accounts).toHaveLength(50)
    const started = performance.now()
    for (const hostile of ['[@'.repeat(16_000), `[@${'x'.repeat(32_000)}`, '[@a]('.repeat(6000)]) {
      mentionsIn(hostile)
      plainText(hostile)
    }
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})

test('one emoji is a reaction, anything else is not', () => {
  for (const good of ['👍', '❤️', '👩‍🚀', '🇩🇪', '🏳️‍🌈', '1️⃣'])
    expect([good, isEmoji(good)]).toEqual([good, true])
  for (const bad of ['', 'a', '👍👍', '👍 ', ':+1:', '<b>', '1'])
    expect([bad, isEmoji(bad)]).toEqual([bad, false])
})

test('plain text keeps the words and drops the marks', () => {
  expect(plainText('# Title\n\nSome **bold** [link](https://x.example) `code`\n> quote')).toBe(
    'Title Some bold link code quote',
  )
  expect(plainText('好'.repeat(10), 5)).toBe('好好好好…')
  expect(plainText('a😀b', 3)).toBe('a…')
})
