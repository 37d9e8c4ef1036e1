/** Who belongs to a cluster and who lives: snapshots, admin proofs, heartbeats, status, node state. */
export { type AdminBundle, formatAdminBundle, parseAdminBundle } from './admin-bundle.ts'
export { MembershipError, type MembershipErrorCode } from './errors.ts'
export {
  HEARTBEAT_BYTES,
  type Heartbeat,
  type HeartbeatFields,
  issueHeartbeat,
  type Service,
  takeHeartbeat,
} from './heartbeat.ts'
export {
  compareSnapshots,
  MAX_SKEW_MS,
  Membership,
  type MembershipChange,
  type MembershipOptions,
  type Trust,
} from './membership.ts'
export { type NodeState, type NodeStateName, nextNodeState, nodeStateOf } from './node-state.ts'
export { peerIdKey, peerIdOf, peerIdOfSecret } from './peer-id.ts'
export { type AdminProof, type AdminProofFields, checkAdminProof, issueAdminProof } from './proof.ts'
export { REPLAY_WINDOW_MS, ReplayWindow } from './replay-window.ts'
export type { SignatureScheme } from './signature.ts'
export {
  type Member,
  type ReadSnapshot,
  type Revocation,
  readSnapshot,
  SNAPSHOT_BYTES,
  type Snapshot,
} from './snapshot.ts'
export {
  type Connection,
  issueStatus,
  type MemberStatus,
  STATUS_BYTES,
  type Status,
  type StatusFields,
  takeStatus,
} from './status.ts'
export { compareTimestamps, millisOf, timestampOf } from './timestamp.ts'
