import { ClusterError } from '../errors.ts'
import type { ClusterConfig } from './cluster-folder.ts'

/** What a newcomer is told of a cluster. Nothing in it is secret: only the admin lets members in. */
const SCHEME = 'p2pos-join://'
const LONGEST = 16_384

export function formatInvitation({ clusterId, systemPublicKey, connect }: ClusterConfig): string {
  const system_pubkey = Buffer.from(systemPublicKey).toString('base64')
  const json = JSON.stringify({ v: 1, cluster_id: clusterId, system_pubkey, bootstrap: connect })
  return SCHEME + Buffer.from(json).toString('base64url')
}

export const isInvitation = (text: string): boolean => text.trim().startsWith(SCHEME)

/** @throws ClusterError `cluster.input_invalid` */
export function parseInvitation(text: string): ClusterConfig {
  const given = text.trim()
  try {
    if (!given.startsWith(SCHEME) || given.length > LONGEST) throw new Error('another scheme, or too long')
    const json: unknown = JSON.parse(Buffer.from(given.slice(SCHEME.length), 'base64url').toString('utf8'))
    const { v, cluster_id, system_pubkey, bootstrap } = json as Record<string, unknown>
    const systemPublicKey = new Uint8Array(Buffer.from(String(system_pubkey), 'base64'))
    if (v !== 1 || typeof cluster_id !== 'string' || systemPublicKey.length !== 32)
      throw new Error('fields are wrong')
    if (!Array.isArray(bootstrap) || !bootstrap.every((one) => typeof one === 'string'))
      throw new Error('no bootstrap')
    return { clusterId: cluster_id, systemPublicKey, connect: bootstrap }
  } catch (cause) {
    throw new ClusterError(
      'cluster.input_invalid',
      `This is no ${SCHEME}… text, or a part of it is missing.`,
      { cause },
    )
  }
}
