import { issueHeartbeat, Membership, type MembershipChange, timestampOf } from '@stoa/membership'
import { beforeEach, describe, expect, test } from 'vitest'
import { PeerError } from '../../../platform/peers/errors.ts'
import type { PeerHost } from '../../../platform/peers/peers.ts'
import { addressOf, CLUSTER, keyOf, peerOf, SimulatedCluster } from '../testing/simulated-cluster.ts'
import { HEARTBEAT, PULL, PUSH, STATUS } from './protocols.ts'

let cluster: SimulatedCluster
/** Somebody who is connected to node0 and does what they like. */
let mallory: PeerHost

beforeEach(async () => {
  cluster = new SimulatedCluster({ seed: 3 })
  const { bytes } = cluster.issueMembers(['node0', 'node1', 'mallory'])
  await cluster.start('node0')
  await cluster.start('node1', ['node0'])
  await cluster.time.until(cluster.get('node0').node.take(bytes))
  await cluster.converge(60_000)
  mallory = cluster.network.node(peerOf('mallory'))
  await cluster.time.until(mallory.dial([addressOf('node0')]))
})

/** What it is told, as code and reason. */
async function ask(protocol: string, body: Uint8Array, who = mallory): Promise<string> {
  const answer = who.request(peerOf('node0'), protocol, body, { deadlineMs: 15_000 })
  try {
    await cluster.time.until(answer)
    return 'taken'
  } catch (error) {
    if (error instanceof PeerError) return `${error.code} ${error.reason ?? ''}`.trim()
    throw error
  }
}

const faults = () => Math.round(cluster.get('node0').node.score(peerOf('mallory'))?.faults ?? 0)
const addMallet: MembershipChange = { add: [{ peer_id: peerOf('mallet'), name: 'mallet', addresses: [] }] }
const beat = (name = 'mallory', { skewMs = 0, cluster_id = CLUSTER } = {}) =>
  issueHeartbeat(
    {
      ...{ cluster_id, state: 'healthy', services: [], snapshot_hash: null },
      sent_at: timestampOf(cluster.time.now() + skewMs),
    },
    keyOf(name),
  )

describe('a snapshot is refused with its reason, and held against whoever sent it,', () => {
  test.each([
    ['when its signature is of another key', 'membership.bad_signature', () => damaged(issued())],
    [
      'when the system key of others vouches for the issuer',
      'membership.proof_invalid',
      () => {
        const proof = { ...cluster.proof('mallory'), sig: new Uint8Array(64) }
        return forged('mallory', proof)
      },
    ],
    [
      'when an issuer shows the proof of another',
      'membership.proof_invalid',
      () => forged('mallory', cluster.proof('admin')),
    ],
    ['when the issuer has no proof', 'membership.proof_missing', () => forged('mallory', null)],
    [
      'when the proof of the issuer has ended',
      'membership.proof_expired',
      () => forged('admin', cluster.proof('admin', { from: -30, days: -1 })),
    ],
    ['when it is no snapshot', 'membership.malformed', () => new Uint8Array(300).fill(7)],
  ])('%s', async (_, reason, make) => {
    expect(await ask(PUSH, make())).toBe(`peers.refused ${reason}`)
    expect(faults()).toBeGreaterThan(0)
    expect(cluster.get('node0').membership.members.map(({ name }) => name)).not.toContain('mallet')
  })

  test('but not when it is older than the one in force: honest nodes do that, too', async () => {
    const before = cluster.admin.current!.bytes
    cluster.issue(addMallet)
    await cluster.time.until(cluster.get('node0').node.take(cluster.admin.current!.bytes))
    expect(await ask(PUSH, before)).toBe('peers.refused membership.stale')
    expect(faults()).toBe(0)
  })

  test('one issued in the future is taken when its time has come', async () => {
    const proof = cluster.proof('admin')
    const later = cluster.admin.next(
      addMallet,
      { secretKey: keyOf('admin'), proof },
      cluster.time.now() + 6 * 60_000,
    )
    expect(await ask(PUSH, later.bytes)).toBe('peers.refused membership.from_future')
    await cluster.time.advance(2 * 60_000)
    expect(await ask(PUSH, later.bytes)).toBe('taken')
  })
})

describe('a heartbeat', () => {
  test('counts once', async () => {
    const bytes = beat()
    expect(await ask(HEARTBEAT, bytes)).toBe('taken')
    expect(await ask(HEARTBEAT, bytes)).toBe('peers.refused membership.replayed')
    expect(faults()).toBe(20)
  })

  test.each([
    ['in the name of another', 'membership.wrong_sender', () => beat('node1')],
    ['of another cluster', 'membership.wrong_cluster', () => beat('mallory', { cluster_id: 'others' })],
    ['from six minutes ago', 'membership.outside_window', () => beat('mallory', { skewMs: -360_000 })],
    ['with a changed signature', 'membership.bad_signature', () => damaged(beat())],
  ])('%s is refused', async (_, reason, make) => {
    expect(await ask(HEARTBEAT, make())).toBe(`peers.refused ${reason}`)
    expect(faults()).toBeGreaterThan(0)
  })

  test('of one who was revoked is refused, and the connection ends', async () => {
    const { bytes } = cluster.issue({ revoke: [{ peer_id: peerOf('mallory'), reason: 'stolen' }] })
    await cluster.time.until(cluster.get('node0').node.take(bytes))
    expect(await ask(HEARTBEAT, beat())).toBe('peers.refused membership.revoked')
    await cluster.time.advance(5_000)
    expect(mallory.connected()).toEqual([])
    await expect(cluster.time.until(mallory.dial([addressOf('node0')]))).rejects.toMatchObject({
      code: 'peers.unreachable',
    })
  })

  test('is sent to members alone', async () => {
    const stranger = cluster.network.node(peerOf('stranger'))
    const heard: string[] = []
    const limits = { requestBytes: 16_384, answerBytes: 0, concurrentPerPeer: 4, deadlineMs: 1_000 }
    for (const [name, host] of [
      ['mallory', mallory],
      ['stranger', stranger],
    ] as const)
      host.handle(
        HEARTBEAT,
        async () => {
          heard.push(name)
          return new Uint8Array()
        },
        limits,
      )
    await cluster.time.until(stranger.dial([addressOf('node0')]))
    await cluster.time.advance(70_000)
    expect(new Set(heard)).toEqual(new Set(['mallory']))
  })
})

test('frames beyond the limit are refused, and who goes on is sent away for a while', async () => {
  for (let i = 0; i < 4; i++)
    expect(await ask(HEARTBEAT, new Uint8Array(20_000))).toMatch(/^peers\.too_large/)
  expect(faults()).toBe(80)
  expect(await ask(PUSH, new Uint8Array(1_048_577))).toMatch(/^peers\.(too_large|closed)/)
  await cluster.time.advance(1_000)
  expect(mallory.connected()).toEqual([])
  expect(cluster.get('node0').node.score(peerOf('mallory'))?.bannedUntil).toBeGreaterThan(cluster.time.now())
  await expect(cluster.time.until(mallory.dial([addressOf('node0')]))).rejects.toMatchObject({
    code: 'peers.unreachable',
  })
  await cluster.time.advance(11 * 60_000)
  await cluster.time.until(mallory.dial([addressOf('node0')]))
})

test('what is held against a peer fades', async () => {
  await ask(HEARTBEAT, new Uint8Array(20_000))
  expect(faults()).toBe(20)
  await cluster.time.advance(2 * 60_000)
  expect(faults()).toBe(10)
  await cluster.time.advance(3 * 60_000)
  expect(faults()).toBe(0)
})

test('the status is for members, the admin, and whoever is on the machine', async () => {
  const connect = async (name: string) => {
    const host = cluster.network.node(peerOf(name))
    await cluster.time.until(host.dial([addressOf('node0')]))
    return host
  }
  const [admin, stranger] = [await connect('admin'), await connect('stranger')]
  const askAll = async () => {
    const told: string[] = []
    for (const who of [mallory, admin, stranger]) told.push(await ask(STATUS, new Uint8Array(), who))
    return told
  }
  expect(await askAll()).toEqual(['taken', 'taken', 'taken'])
  expect(faults()).toBe(0)

  const near = cluster.network.connectionsOf.bind(cluster.network)
  cluster.network.connectionsOf = (peer) =>
    near(peer).map((one) => ({ ...one, address: one.address.replace('/memory/', '/ip4/203.0.113.7/') }))
  expect(await askAll()).toEqual(['taken', 'taken', 'peers.refused membership.not_member'])
})

test('a snapshot that cannot be kept is not acknowledged; the next try keeps it', async () => {
  const store = cluster.stores.get('node0')!
  store.failure = new Error('disk full')
  const { bytes } = cluster.issue(addMallet)
  expect(await ask(PUSH, bytes)).toBe('peers.refused internal')
  store.failure = undefined
  expect(await ask(PUSH, bytes)).toBe('taken')
  expect(await store.snapshot()).toEqual(bytes)
  expect(await ask(PULL, new Uint8Array())).toBe('taken')
})

test('presence is written in batches, once a change', async () => {
  const store = cluster.stores.get('node0')!
  await cluster.time.advance(60_000)
  const online = store.presence.filter(({ peer, kind }) => peer === peerOf('node1') && kind === 'online')
  expect(online).toHaveLength(1)
  cluster.kill('node1')
  await cluster.time.advance(30_000)
  expect(store.presence.at(-1)).toMatchObject({
    peer: peerOf('node1'),
    kind: 'offline',
    reason: 'disconnected',
  })
  expect(store.batches).toBeLessThanOrEqual(4)
})

const issued = () =>
  cluster.admin.next(addMallet, { secretKey: keyOf('admin'), proof: cluster.proof() }, cluster.time.now() + 1)
    .bytes

/** With one bit of its signature changed. */
function damaged(bytes: Uint8Array): Uint8Array {
  const at = Buffer.from(bytes).indexOf(Buffer.from('6373696758', 'hex')) + 10
  return bytes.with(at, bytes[at]! ^ 1)
}

/** A snapshot as one would sign it who does not ask whether it is allowed. */
function forged(issuer: string, proof: ReturnType<SimulatedCluster['proof']> | null): Uint8Array {
  const loose = new Membership({ clusterId: CLUSTER, trust: { issuers: [peerOf(issuer)] } })
  return loose.next(addMallet, { secretKey: keyOf(issuer), proof }, cluster.time.now() + 1).bytes
}
