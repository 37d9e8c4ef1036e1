import { ed25519 } from '@noble/curves/ed25519.js'
import { describe, expect, it } from 'vitest'
import proofs from '../../../contracts/vectors/p2pos/admin-proofs.json' with { type: 'json' }
import invalid from '../../../contracts/vectors/p2pos/invalid-messages.json' with { type: 'json' }
import keys from '../../../contracts/vectors/p2pos/keys.json' with { type: 'json' }
import valid from '../../../contracts/vectors/p2pos/valid-messages.json' with { type: 'json' }
import { toHex } from './bytes.ts'
import { decodeCanonical, encodeCanonical, type Plain } from './canonical.ts'
import { MembershipError } from './errors.ts'
import { readHeartbeat, takeHeartbeat } from './heartbeat.ts'
import { Membership } from './membership.ts'
import { peerIdKey, peerIdOfSecret } from './peer-id.ts'
import { checkAdminProof, readAdminProof } from './proof.ts'
import { ReplayWindow } from './replay-window.ts'
import { isSealedBy, signedBytes } from './sealed.ts'
import { readSnapshot } from './snapshot.ts'
import { readStatus, takeStatus } from './status.ts'
import { CLUSTER, NOW, peerOf, snapshotOf, systemTrust } from './testing/cluster.ts'

const bytesOf = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))

/** The JSON of a vector as what it stands for. */
function fromJson(value: unknown): Plain {
  if (Array.isArray(value)) return value.map(fromJson)
  if (typeof value !== 'object' || value === null) return value as Plain
  const { hex } = value as { hex?: string }
  if (hex !== undefined) return bytesOf(hex)
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, fromJson(one)]))
}

const READERS = {
  snapshot: (bytes: Uint8Array) => readSnapshot(bytes).snapshot,
  heartbeat: readHeartbeat,
  status: readStatus,
}
type Kind = keyof typeof READERS

describe('valid messages', () => {
  it.each(valid.cases)('FORM-1, SIG-1: $name', ({ kind, bytes, value, hash }) => {
    const read = READERS[kind as Kind](bytesOf(bytes))
    expect(read).toEqual(fromJson(value))
    expect(toHex(encodeCanonical(fromJson(value)))).toBe(bytes)
    if (hash) expect(toHex(readSnapshot(bytesOf(bytes)).hash)).toBe(hash)
  })

  it('KEY-1: peer ids hold their keys', () => {
    for (const { secret, public: key, peer_id } of Object.values(keys.keys)) {
      expect(peerIdOfSecret(bytesOf(secret))).toBe(peer_id)
      expect(toHex(peerIdKey(peer_id))).toBe(key)
    }
  })

  it('SIG-2: what ZIP 215 takes and RFC 8032 does not is no signature', () => {
    const identity = Uint8Array.of(1, ...new Uint8Array(31))
    const notCanonical = Uint8Array.of(0xee, ...new Uint8Array(30).fill(0xff), 0x7f)
    const { snapshot } = snapshotOf()
    for (const key of [identity, notCanonical]) {
      const sig = Uint8Array.of(...identity, ...new Uint8Array(32))
      const signed = signedBytes('snapshot', snapshot)
      expect(ed25519.verify(sig, signed, key, { zip215: true })).toBe(true)
      expect(isSealedBy('snapshot', { ...snapshot, sig }, key)).toBe(false)
    }
  })

  it('SIG-1: a signature holds for one kind and one key', () => {
    const { snapshot } = snapshotOf()
    const key = peerIdKey(snapshot.issuer_peer_id)
    expect(isSealedBy('snapshot', snapshot, key)).toBe(true)
    expect(isSealedBy('status', snapshot, key)).toBe(false)
    expect(isSealedBy('snapshot', snapshot, new Uint8Array(32).fill(255))).toBe(false)
  })
})

describe('invalid messages', () => {
  it.each(invalid.cases)('refuses: $name', ({ kind, bytes, code, ...rest }) => {
    const from = 'from' in rest ? peerOf(String(rest.from)) : ''
    const membership = new Membership({ clusterId: CLUSTER, trust: systemTrust })
    if (kind !== 'snapshot') membership.apply(snapshotOf().bytes, NOW)
    const replays = new ReplayWindow()
    const take = () => {
      if (kind === 'snapshot') membership.apply(bytesOf(bytes), NOW)
      else if (kind === 'heartbeat') takeHeartbeat(bytesOf(bytes), { from, membership, replays, now: NOW })
      else takeStatus(bytesOf(bytes), { from, clusterId: CLUSTER })
    }
    expect(take).toThrow(MembershipError)
    expect(take).toThrow(expect.objectContaining({ code }))
    expect(membership.current === undefined).toBe(kind === 'snapshot')
  })
})

describe('admin proofs', () => {
  const show = ({ bytes, peer_id, at }: { bytes: string; peer_id: string; at: string }) => {
    const proof = readAdminProof(decodeCanonical(bytesOf(bytes), 1024))
    const systemPublicKey = bytesOf(keys.keys.system.public)
    checkAdminProof(proof, { clusterId: CLUSTER, peerId: peer_id, at, systemPublicKey })
    return proof
  }

  it.each(proofs.valid)('holds: $name', ({ value, ...shown }) => {
    expect(show(shown)).toEqual(fromJson(value))
    expect(toHex(encodeCanonical(fromJson(value)))).toBe(shown.bytes)
  })

  it.each(proofs.invalid)('refuses: $name', ({ code, ...shown }) => {
    expect(() => show(shown)).toThrow(MembershipError)
    expect(() => show(shown)).toThrow(expect.objectContaining({ code }))
  })
})
