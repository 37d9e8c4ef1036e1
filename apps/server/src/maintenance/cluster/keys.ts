import { randomBytes } from 'node:crypto'
import { systemClock } from '@stoa/kernel'
import {
  type AdminBundle,
  formatAdminBundle,
  issueAdminProof,
  parseAdminBundle,
  timestampOf,
} from '@stoa/membership'
import {
  type ClusterConfig,
  ClusterError,
  type ClusterFolder,
  peerIdOfKey,
  publicKeyOfSeed,
} from '../../capabilities/cluster/index.ts'

const DAY_MS = 86_400_000
/** Clocks of nodes may be behind this one. */
const SLACK_MS = 10 * 60_000

/** A new admin, whom the system key vouches for so many days. */
export function newAdmin(
  cluster: ClusterConfig,
  systemKey: Uint8Array,
  epoch: number,
  days: number,
): AdminBundle {
  if (Buffer.compare(publicKeyOfSeed(systemKey), cluster.systemPublicKey) !== 0)
    throw new ClusterError('cluster.key_missing', 'system.key is not the key of this cluster.')
  const adminSecretKey = new Uint8Array(randomBytes(32))
  const now = systemClock.now()
  const fields = {
    ...{ cluster_id: cluster.clusterId, peer_id: peerIdOfKey(adminSecretKey), epoch },
    ...{ not_before: timestampOf(now - SLACK_MS), not_after: timestampOf(now + days * DAY_MS) },
  }
  const adminProof = issueAdminProof(fields, systemKey)
  const { clusterId, systemPublicKey, connect } = cluster
  return { clusterId, systemPublicKey, adminSecretKey, adminProof, bootstrap: connect }
}

/** The admin of this installation. @throws ClusterError `cluster.key_missing` where the cluster was only joined */
export async function adminOf(folder: ClusterFolder): Promise<AdminBundle> {
  const text = await folder.adminBundle()
  if (text !== undefined) return parseAdminBundle(text)
  throw new ClusterError(
    'cluster.key_missing',
    `There is no admin.bundle in ${folder.path}: do this where the cluster was founded, or on the cluster page with the bundle.`,
  )
}

/** @throws ClusterError `cluster.not_configured` */
export async function configOf(folder: ClusterFolder): Promise<ClusterConfig> {
  const cluster = await folder.config()
  if (cluster) return cluster
  throw new ClusterError(
    'cluster.not_configured',
    'This installation is in no cluster: stoa cluster init, or join.',
  )
}

export async function keepAdmin(folder: ClusterFolder, bundle: AdminBundle): Promise<string> {
  const text = formatAdminBundle(bundle)
  await folder.writeAdminBundle(text)
  return text
}
