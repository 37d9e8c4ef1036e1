import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from './bytes.ts'
import { MembershipError } from './errors.ts'
import { compareSnapshots, Membership } from './membership.ts'
import { type ReadSnapshot, readSnapshot } from './snapshot.ts'
import {
  at,
  CLUSTER,
  memberOf,
  NOW,
  peerOf,
  proofOf,
  secretOf,
  snapshotOf,
  systemTrust,
} from './testing/cluster.ts'
import { timestampOf } from './timestamp.ts'

const fresh = () => new Membership({ clusterId: CLUSTER, trust: systemTrust })
const codeOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    if (error instanceof MembershipError) return error.code.slice('membership.'.length)
    throw error
  }
  return 'taken'
}
const names = ({ members }: Membership) => members.map(({ name }) => name).sort()

describe('last writer wins', () => {
  it('LWW-1: newer replaces older, never the other way', () => {
    const membership = fresh()
    const old = snapshotOf({ issued_at: at(-10) })
    const young = snapshotOf({ members: [memberOf('alpha')] })
    expect(codeOf(() => membership.apply(old.bytes, NOW))).toBe('taken')
    expect(codeOf(() => membership.apply(young.bytes, NOW))).toBe('taken')
    expect(codeOf(() => membership.apply(old.bytes, NOW))).toBe('stale')
    expect(codeOf(() => membership.apply(young.bytes, NOW))).toBe('stale')
    expect(names(membership)).toEqual(['alpha'])
  })

  it('LWW-2: of two at the same time the greater hash stays, whichever came first', () => {
    const [one, two] = [snapshotOf(), snapshotOf({ members: [memberOf('beta')] })]
    const [low, high] = compareSnapshots(one, two) < 0 ? [one, two] : [two, one]
    const [up, down] = [fresh(), fresh()]
    expect([low, high].map(({ bytes }) => codeOf(() => up.apply(bytes, NOW)))).toEqual(['taken', 'taken'])
    expect([high, low].map(({ bytes }) => codeOf(() => down.apply(bytes, NOW)))).toEqual(['taken', 'stale'])
    expect(up.current?.hash).toEqual(down.current?.hash)
  })

  it('LWW-3: up to five minutes ahead is taken, more is not until its time comes', () => {
    const membership = fresh()
    expect(codeOf(() => membership.apply(snapshotOf({ issued_at: at(300) }).bytes, NOW))).toBe('taken')
    const { bytes } = snapshotOf({ issued_at: at(300.001) })
    expect(codeOf(() => membership.apply(bytes, NOW))).toBe('from_future')
    expect(codeOf(() => membership.apply(bytes, NOW + 1))).toBe('taken')
  })

  it('LWW-4, PROOF-3: a new epoch ends the power of the admins before', () => {
    const membership = fresh()
    const thief = { secretKey: secretOf('admin'), proof: proofOf('admin') }
    membership.apply(snapshotOf().bytes, NOW)
    const rotated = snapshotOf(
      { issued_at: at(-3600), admin_proof: proofOf('second', { epoch: 2 }) },
      'second',
    )
    expect(codeOf(() => membership.apply(rotated.bytes, NOW))).toBe('taken')
    const forged = membership.next(
      { revoke: [{ peer_id: peerOf('alpha'), reason: 'mine now' }] },
      thief,
      NOW + 1e5,
    )
    expect(codeOf(() => membership.apply(forged.bytes, NOW + 1e5))).toBe('stale')
    expect(names(membership)).toEqual(['alpha', 'beta', 'gamma'])
  })

  it('TRUST-1: without a system key only named issuers are believed', () => {
    const named = new Membership({ clusterId: CLUSTER, trust: { issuers: [peerOf('admin')] } })
    const { bytes } = snapshotOf({ admin_proof: null })
    expect(codeOf(() => named.apply(bytes, NOW))).toBe('taken')
    const nobody = new Membership({ clusterId: CLUSTER, trust: { issuers: [] } })
    expect(codeOf(() => nobody.apply(bytes, NOW))).toBe('untrusted_issuer')
  })

  it('KEEP-1: what was in force is in force after a restart, even when the clock went back', () => {
    const { bytes } = snapshotOf({ issued_at: at(86_400) })
    const membership = new Membership({ clusterId: CLUSTER, trust: systemTrust, kept: bytes })
    expect(names(membership)).toEqual(['alpha', 'beta', 'gamma'])
    expect(codeOf(() => new Membership({ clusterId: 'other', trust: systemTrust, kept: bytes }))).toBe(
      'wrong_cluster',
    )
  })
})

describe('the next snapshot', () => {
  const admin = { secretKey: secretOf('admin'), proof: proofOf('admin') }

  it('ISSUE-1: begins from nothing, adds, replaces, keeps since when', () => {
    const membership = fresh()
    const { added_at: _, ...alpha } = memberOf('alpha')
    membership.apply(membership.next({ add: [alpha] }, admin, NOW).bytes, NOW)
    membership.apply(membership.next({ add: [{ ...alpha, name: 'Alpha' }] }, admin, NOW + 5).bytes, NOW + 5)
    expect(membership.members).toEqual([{ ...alpha, name: 'Alpha', added_at: timestampOf(NOW) }])
  })

  it('ISSUE-1: its time moves on even when the clock of the admin does not', () => {
    const membership = fresh()
    membership.apply(snapshotOf({ issued_at: at(60) }).bytes, NOW)
    expect(membership.next({}, admin, NOW).snapshot.issued_at).toBe(at(60.001))
  })

  it('REVOKE-1: who was revoked is out, stays out, and comes back only after a pardon', () => {
    const membership = fresh()
    membership.apply(snapshotOf().bytes, NOW)
    const step = (change: Parameters<Membership['next']>[0], seconds: number) =>
      membership.apply(membership.next(change, admin, NOW + seconds * 1000).bytes, NOW + seconds * 1000)
    step({ revoke: [{ peer_id: peerOf('beta'), reason: 'stolen' }] }, 1)
    expect(codeOf(() => membership.requireMember(peerOf('beta')))).toBe('revoked')
    expect(codeOf(() => membership.requireMember(peerOf('nobody')))).toBe('not_member')
    expect(codeOf(() => membership.requireMember(peerOf('alpha')))).toBe('taken')
    const { added_at: _, ...beta } = memberOf('beta')
    expect(codeOf(() => step({ add: [beta] }, 2))).toBe('revoked')
    step({}, 3)
    expect(membership.isRevoked(peerOf('beta'))).toBe(true)
    step({ pardon: [beta.peer_id], add: [beta] }, 4)
    expect(membership.isMember(peerOf('beta'))).toBe(true)
  })

  it('PROOF-2: cannot be issued with a proof that is over', () => {
    const over = { secretKey: secretOf('admin'), proof: proofOf('admin', { not_after: at(-1) }) }
    expect(codeOf(() => fresh().next({}, over, NOW))).toBe('proof_expired')
  })
})

/** Honest snapshots of two epochs, forged ones among them. */
const pool: readonly ReadSnapshot[] = [
  ...[-50, -20, -20, 0, 10].map((seconds, index) =>
    snapshotOf({ issued_at: at(seconds), members: [memberOf(`node ${index}`)] }),
  ),
  ...[-500, -20, -19].map((seconds, index) =>
    snapshotOf(
      {
        issued_at: at(seconds),
        members: [memberOf(`later ${index}`)],
        admin_proof: proofOf('second', { epoch: 2 }),
      },
      'second',
    ),
  ),
  snapshotOf({ issued_at: at(20), admin_proof: proofOf('second', { epoch: 7 }) }),
  snapshotOf({ issued_at: at(30), admin_proof: proofOf('admin', { epoch: 9 }, 'alpha') }),
  snapshotOf({ issued_at: at(9000) }),
  snapshotOf({ issued_at: at(40), cluster_id: 'other' }),
]

it('any order of arrival and any partition give the same membership', () => {
  const step = fc.oneof(
    fc.record({ node: fc.nat(4), snapshot: fc.nat(pool.length - 1) }),
    fc.record({ node: fc.nat(4), from: fc.nat(4) }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.nat(), (steps, salt) => {
      const nodes = Array.from({ length: 5 }, fresh)
      const seen = new Set<number>()
      const take = (node: Membership, bytes: Uint8Array | undefined) =>
        bytes && codeOf(() => node.apply(bytes, NOW))
      for (const one of steps) {
        if ('from' in one) take(nodes[one.node]!, nodes[one.from]!.current?.bytes)
        else {
          take(nodes[one.node]!, pool[one.snapshot]!.bytes)
          seen.add(one.snapshot)
        }
      }
      // The partition heals: everyone pulls from everyone, in an order of chance.
      const pairs = nodes.flatMap((node, i) =>
        nodes.map((other, j) => ({ node, other, key: (i * 7 + j * 13 + salt) % 31 })),
      )
      for (let round = 0; round < 2; round++)
        for (const { node, other } of pairs.toSorted((a, b) => a.key - b.key))
          take(node, other.current?.bytes)
      const believed = [...seen].filter((index) => index < 8).map((index) => pool[index]!)
      const expected = believed.toSorted(compareSnapshots).at(-1)
      for (const node of nodes) expect(node.current?.hash).toEqual(expected?.hash)
    }),
    { seed: 20261122, numRuns: 25 },
  )
})

it('FORM-2: survives any bytes with a reason', () => {
  const { bytes } = pool[0]!
  const broken = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc
      .tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }))
      .map(([place, flip]) => bytes.with(place, bytes[place]! ^ flip)),
    fc.nat(bytes.length - 1).map((length) => bytes.subarray(0, length)),
  )
  fc.assert(
    fc.property(broken, (candidate) => {
      expect(codeOf(() => fresh().apply(candidate, NOW))).not.toBe('taken')
    }),
    { seed: 20261122, numRuns: 250 },
  )
})

it('FORM-2: refuses more bytes than a snapshot may have', () => {
  expect(codeOf(() => readSnapshot(new Uint8Array(1_048_577)))).toBe('too_large')
  expect(toHex(Uint8Array.of(1, 171))).toBe('01ab')
})
