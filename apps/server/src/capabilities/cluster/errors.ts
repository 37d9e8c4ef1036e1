import { StoaError, type StoaErrorOptions } from '@stoa/kernel'
import { notFound } from '../../platform/http/problem.ts'

export type ClusterErrorCode =
  /** A file in `DATA/cluster` cannot be read, written or understood. */
  | 'cluster.folder_unusable'
  /** A key in `DATA/cluster` may be read by others than its owner. */
  | 'cluster.key_exposed'
  /** This installation is a node of a cluster already. */
  | 'cluster.exists'
  /** This installation is no node of a cluster yet. */
  | 'cluster.not_configured'
  /** What needs the admin's or the system key, where it is not. */
  | 'cluster.key_missing'
  /** The bundle is of an admin from before. */
  | 'cluster.bundle_ended'
  /** A text that is no invitation or bundle of a cluster, a name or peer that is not there. */
  | 'cluster.input_invalid'
  /** No node of the cluster could be reached. */
  | 'cluster.unreachable'

export class ClusterError extends StoaError {
  override readonly name = 'ClusterError'
  declare readonly code: ClusterErrorCode

  constructor(code: ClusterErrorCode, message: string, options?: StoaErrorOptions) {
    super(code, message, options)
  }
}

/** The cluster is the operator's: to everybody else it is not there. */
export const clusterNotFound = () => notFound('cluster')
