import { HEARTBEAT_BYTES, SNAPSHOT_BYTES, STATUS_BYTES } from '@stoa/membership'
import type { ProtocolLimits } from '../../../platform/peers/peers.ts'

/** The protocols of a cluster (contracts/wire/p2pos/SPEC.md) and what one peer may ask of them. */
export const PULL = '/p2pos/membership/1.0.0'
export const PUSH = '/p2pos/membership-push/1.0.0'
export const HEARTBEAT = '/p2pos/heartbeat/1.0.0'
export const STATUS = '/p2pos/status/1.0.0'

const HASH_BYTES = 32

export const LIMITS = {
  /** Asked with the hash of the snapshot that the asker has, or nothing; answered with the snapshot, or nothing. */
  [PULL]: { requestBytes: HASH_BYTES, answerBytes: SNAPSHOT_BYTES, concurrentPerPeer: 2, deadlineMs: 10_000 },
  [PUSH]: { requestBytes: SNAPSHOT_BYTES, answerBytes: 0, concurrentPerPeer: 2, deadlineMs: 10_000 },
  [HEARTBEAT]: { requestBytes: HEARTBEAT_BYTES, answerBytes: 0, concurrentPerPeer: 2, deadlineMs: 5_000 },
  [STATUS]: { requestBytes: 0, answerBytes: STATUS_BYTES, concurrentPerPeer: 2, deadlineMs: 10_000 },
} as const satisfies Record<string, ProtocolLimits>
