import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decideLinking, FRESH_MS, isFresh, type LinkingFacts, mayRemoveWay } from './linking.ts'

const account = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined })
const facts = fc.record<LinkingFacts>({
  identityOwner: account,
  linkTo: account,
  addressOwner: account,
  allowSignUp: fc.boolean(),
})
const seed = { seed: 3, numRuns: 1000 }

describe('an identity of a provider', () => {
  test('never opens or joins an account by its address alone', () => {
    fc.assert(
      fc.property(facts, (one) => {
        const decision = decideLinking(one)
        if (decision.kind === 'sign_in') expect(decision.accountId).toBe(one.identityOwner)
        if (decision.kind === 'link') expect(decision.accountId).toBe(one.linkTo)
      }),
      seed,
    )
  })

  test('never moves from one account to another', () => {
    fc.assert(
      fc.property(facts, (one) => {
        const decision = decideLinking(one)
        if (one.identityOwner === undefined || decision.kind === 'refuse') return
        expect(decision.kind === 'sign_up' || decision.accountId === one.identityOwner).toBe(true)
        expect(decision.kind).not.toBe('sign_up')
      }),
      seed,
    )
  })

  test('makes an account only where sign-up is open and the address is nobody’s', () => {
    fc.assert(
      fc.property(facts, (one) => {
        if (decideLinking(one).kind !== 'sign_up') return
        expect(one).toMatchObject({ allowSignUp: true, addressOwner: undefined, linkTo: undefined })
      }),
      seed,
    )
  })

  const nobody = { identityOwner: undefined, linkTo: undefined, addressOwner: undefined, allowSignUp: false }
  test.each([
    [
      { ...nobody, identityOwner: 'a', addressOwner: 'b' },
      { kind: 'sign_in', accountId: 'a' },
    ],
    [
      { ...nobody, addressOwner: 'a', allowSignUp: true },
      { kind: 'prove', accountId: 'a' },
    ],
    [
      { ...nobody, linkTo: 'a', addressOwner: 'b' },
      { kind: 'link', accountId: 'a' },
    ],
    [
      { ...nobody, linkTo: 'a', identityOwner: 'b' },
      { kind: 'refuse', code: 'identity.taken' },
    ],
    [nobody, { kind: 'refuse', code: 'sign_up.closed' }],
  ])('%o → %o', (one, decision) => {
    expect(decideLinking(one)).toEqual(decision)
  })
})

test('a proof is fresh for five minutes', () => {
  expect(isFresh(new Date(0), FRESH_MS)).toBe(true)
  expect(isFresh(new Date(0), FRESH_MS + 1)).toBe(false)
})

test('the last way that works stays', () => {
  const ways = [
    { id: 'mail', works: true },
    { id: 'claimed', works: false },
    { id: 'school', works: true },
  ]
  expect(mayRemoveWay(ways, 'mail')).toBe(true)
  expect(mayRemoveWay(ways.slice(0, 2), 'mail')).toBe(false)
  expect(mayRemoveWay(ways.slice(0, 2), 'claimed')).toBe(true)
})
