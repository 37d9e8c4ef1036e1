import { decodeCanonical, encodeCanonical } from './canonical.ts'
import { MembershipError, malformed } from './errors.ts'
import { proofFits } from './membership.ts'
import { type AdminProof, CLUSTER_ID_LENGTH, checkAdminProof, readAdminProof } from './proof.ts'

/** What an admin needs to act from a browser: one text to paste (BUNDLE-1). It holds a secret key. */
export interface AdminBundle {
  readonly clusterId: string
  readonly systemPublicKey: Uint8Array
  readonly adminSecretKey: Uint8Array
  readonly adminProof: AdminProof
  /** Domains whose `_dnsaddr` TXT records name nodes, and multiaddrs of nodes. */
  readonly bootstrap: readonly string[]
}

const SCHEME = 'p2pos-admin://'
const LONGEST = 65_536

/** The bundle as one line of text, `p2pos-admin://…` (BUNDLE-1). It holds a secret key. */
export function formatAdminBundle(bundle: AdminBundle): string {
  const json = JSON.stringify({
    v: 1,
    cluster_id: bundle.clusterId,
    system_pubkey: toBase64(bundle.systemPublicKey),
    admin_key: toBase64(bundle.adminSecretKey),
    admin_proof: toBase64(encodeCanonical(bundle.adminProof)),
    bootstrap: bundle.bootstrap,
  })
  return SCHEME + toBase64(new TextEncoder().encode(json))
}

/** Reads a pasted bundle and holds its parts against each other; whether the proof is still valid is not asked. */
export function parseAdminBundle(text: string): AdminBundle {
  const pasted = text.trim()
  if (!pasted.startsWith(SCHEME) || pasted.length > LONGEST) throw malformed('This is no admin bundle.')
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(fromBase64(pasted.slice(SCHEME.length))))
    return readBundle(isFields(json) ? json : {})
  } catch (cause) {
    throw cause instanceof MembershipError ? cause : malformed('The admin bundle is damaged.', cause)
  }
}

const isFields = (json: unknown): json is Record<string, unknown> => typeof json === 'object' && json !== null

function readBundle(json: Record<string, unknown>): AdminBundle {
  const { v, cluster_id, bootstrap } = json
  if (v !== 1) throw malformed('The admin bundle has a version that is not known.')
  if (typeof cluster_id !== 'string' || cluster_id.length > CLUSTER_ID_LENGTH)
    throw malformed('No cluster_id.')
  if (!Array.isArray(bootstrap) || !bootstrap.every((one) => typeof one === 'string'))
    throw malformed('No bootstrap.')
  const systemPublicKey = bytesOf(json, 'system_pubkey', 32)
  const adminSecretKey = bytesOf(json, 'admin_key', 32)
  const adminProof = readAdminProof(decodeCanonical(bytesOf(json, 'admin_proof'), LONGEST))
  if (!proofFits(adminProof, adminSecretKey)) throw malformed('The admin proof is for another key.')
  const expected = {
    clusterId: cluster_id,
    peerId: adminProof.peer_id,
    at: adminProof.not_before,
    systemPublicKey,
  }
  checkAdminProof(adminProof, expected)
  return { clusterId: cluster_id, systemPublicKey, adminSecretKey, adminProof, bootstrap }
}

function bytesOf(json: Record<string, unknown>, name: string, length?: number): Uint8Array {
  const text = json[name]
  const bytes = typeof text === 'string' ? fromBase64(text) : undefined
  if (!bytes || (length !== undefined && bytes.length !== length)) throw malformed(`No ${name}.`)
  return bytes
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
}
