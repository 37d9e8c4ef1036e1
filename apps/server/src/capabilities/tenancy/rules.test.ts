import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Role } from '../../platform/database/database.ts'
import { isOpen, judgeRemoval, judgeRoleChange, type MemberAct, mayMakeLink } from './rules.ts'

const ROLES = ['owner', 'admin', 'member', 'guest'] as const satisfies Role[]
const role = fc.constantFrom(...ROLES)
/** Acts that can be: oneself has one role, an owner among the owners is counted. */
const act = fc
  .record({ actor: role, target: role, self: fc.boolean(), more: fc.integer({ min: 0, max: 3 }) })
  .map(({ actor, target, self, more }): MemberAct => {
    const aimedAt = self ? actor : target
    const owners = new Set([actor === 'owner' && 'actor', aimedAt === 'owner' && (self ? 'actor' : 'target')])
    owners.delete(false)
    return { actor, target: aimedAt, self, owners: Math.max(1, owners.size + more) }
  })
const seed = { seed: 20261121, numRuns: 2000 }

describe('role changes', () => {
  test('an organisation never loses its last owner', () => {
    fc.assert(
      fc.property(act, role, (one, to) => {
        const loses = one.target === 'owner' && to !== 'owner' && one.owners === 1
        if (loses) expect(judgeRoleChange(one, to)).not.toBe('allowed')
        if (one.target === 'owner' && one.owners === 1) expect(judgeRemoval(one)).not.toBe('allowed')
      }),
      seed,
    )
  })

  test('nobody but an owner makes an owner or touches another one', () => {
    fc.assert(
      fc.property(act, role, (one, to) => {
        if (one.actor === 'owner') return
        if (to === 'owner') expect(judgeRoleChange(one, to)).toBe('forbidden')
        if (one.target === 'owner') {
          expect(judgeRoleChange(one, to)).toBe('forbidden')
          expect(judgeRemoval(one)).toBe('forbidden')
        }
      }),
      seed,
    )
  })

  test('nobody raises themselves', () => {
    fc.assert(
      fc.property(act, role, (one, to) => {
        const raises = ROLES.indexOf(to) < ROLES.indexOf(one.actor)
        if (one.self && raises) expect(judgeRoleChange(one, to)).toBe('forbidden')
      }),
      seed,
    )
  })

  test.each([
    ['admin', 'member', 'admin', 'allowed'],
    ['admin', 'guest', 'member', 'allowed'],
    ['admin', 'admin', 'member', 'forbidden'],
    ['owner', 'admin', 'owner', 'allowed'],
    ['owner', 'owner', 'member', 'allowed'],
    ['member', 'guest', 'guest', 'forbidden'],
  ] as const)('%s: %s → %s is %s', (actor, target, to, verdict) => {
    expect(judgeRoleChange({ actor, target, self: false, owners: 2 }, to)).toBe(verdict)
  })
})

test('everybody may leave but the last owner; admins remove members and guests', () => {
  for (const actor of ROLES) {
    expect(judgeRemoval({ actor, target: actor, self: true, owners: 2 })).toBe('allowed')
    for (const target of ROLES) {
      const expected = actor === 'owner' || (actor === 'admin' && (target === 'member' || target === 'guest'))
      const verdict = judgeRemoval({ actor, target, self: false, owners: 2 })
      expect([actor, target, verdict]).toEqual([actor, target, expected ? 'allowed' : 'forbidden'])
    }
  }
  expect(judgeRemoval({ actor: 'owner', target: 'owner', self: true, owners: 1 })).toBe('last_owner')
})

test('links: owners for anybody, others for themselves', () => {
  for (const actor of ROLES) {
    expect(mayMakeLink(actor, true)).toBe(true)
    expect(mayMakeLink(actor, false)).toBe(actor === 'owner')
  }
})

test('an invitation is open until it is used up, expired or withdrawn', () => {
  const open = { uses: 0, maxUses: 1, expiresAt: new Date(1000), revokedAt: null }
  expect(isOpen(open, 999)).toBe(true)
  expect(isOpen(open, 1000)).toBe(false)
  expect(isOpen({ ...open, uses: 1 }, 0)).toBe(false)
  expect(isOpen({ ...open, revokedAt: new Date(0) }, 0)).toBe(false)
})
