import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { peerIdOfSecret } from '../peer-id.ts'
import { type AdminProofFields, issueAdminProof } from '../proof.ts'
import { issueSnapshot, type SnapshotFields } from '../snapshot.ts'
import { timestampOf } from '../timestamp.ts'

/** Keys that are the same in every run: SHA-256 of a name. */
export const secretOf = (name: string): Uint8Array =>
  sha256(new TextEncoder().encode(`p2pos test key ${name}`))
export const peerOf = (name: string): string => peerIdOfSecret(secretOf(name))
export const publicKeyOf = (name: string): Uint8Array => ed25519.getPublicKey(secretOf(name))

export const CLUSTER = 'reading-group'
/** 2026-11-22T10:00:00Z */
export const NOW = Date.parse('2026-11-22T10:00:00Z')
export const at = (seconds: number): string => timestampOf(NOW + seconds * 1000)
export const systemTrust = { systemPublicKey: publicKeyOf('system') }

export const memberOf = (name: string) => ({
  peer_id: peerOf(name),
  name,
  addresses: ['/ip4/192.0.2.7/tcp/4100'],
  added_at: at(-3600),
})

export const proofOf = (name: string, changes: Partial<AdminProofFields> = {}, system = 'system') =>
  issueAdminProof(
    {
      cluster_id: CLUSTER,
      peer_id: peerOf(name),
      epoch: 1,
      not_before: at(-86_400),
      not_after: at(30 * 86_400),
      ...changes,
    },
    secretOf(system),
  )

export const snapshotOf = (changes: Partial<SnapshotFields> = {}, admin = 'admin') =>
  issueSnapshot(
    {
      cluster_id: CLUSTER,
      issued_at: at(0),
      members: ['alpha', 'beta', 'gamma'].map(memberOf),
      revoked: [],
      admin_proof: proofOf(admin),
      ...changes,
    },
    secretOf(admin),
  )
