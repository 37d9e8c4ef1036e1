import { StateSyncError } from './errors.ts'

/** How much a document may be and hold back. Bytes unless said. */
export interface StateSyncLimits {
  /** One operation. */
  readonly operationBytes: number
  /** Snapshot and log of one document. */
  readonly documentBytes: number
  /** Operations of one document that are not durable yet. */
  readonly pendingBytes: number
  readonly pendingOperations: number
  /** Documents in memory. */
  readonly openDocuments: number
  /** A document nobody uses leaves memory after this; milliseconds. */
  readonly idleMs: number
  /** What stays in the log below the snapshot, for those who resume. */
  readonly historyOperations: number
  readonly historyBytes: number
}

export const DEFAULT_LIMITS: StateSyncLimits = {
  operationBytes: 8 * 1024 * 1024,
  documentBytes: 64 * 1024 * 1024,
  pendingBytes: 16 * 1024 * 1024,
  pendingOperations: 100_000,
  openDocuments: 10_000,
  idleMs: 30_000,
  historyOperations: 5_000,
  historyBytes: 4 * 1024 * 1024,
}

/** Who holds a document. `token` grows with every acquisition and stays when the lock is gone. */
export interface LockState {
  readonly holder: string | undefined
  readonly token: number
  /** Unix milliseconds. */
  readonly expiresAt: number
}

export const isHeld = (lock: LockState, now: number): boolean =>
  lock.holder !== undefined && lock.expiresAt > now

/** The lock after `holder` has taken it. @throws StateSyncError `lock.held` */
export function acquire(lock: LockState, holder: string, ttlMs: number, now: number): LockState {
  const held = isHeld(lock, now)
  if (held && lock.holder !== holder)
    throw new StateSyncError('lock.held', 'Somebody else holds the lock of this document.', {
      details: { holder_id: lock.holder, expires_at: lock.expiresAt },
    })
  return { holder, token: held ? lock.token : lock.token + 1, expiresAt: now + ttlMs }
}

/** Whether a write may be applied. @throws StateSyncError `lock.held` without a token, `lock.stale` with an old one */
export function mayWrite(lock: LockState, token: number, now: number): void {
  const held = isHeld(lock, now)
  if (token === 0 && held)
    throw new StateSyncError('lock.held', 'Somebody else holds the lock of this document.')
  if (token !== 0 && !(held && token === lock.token))
    throw new StateSyncError('lock.stale', 'The lock was lost: this fencing token is not the current one.')
}

export interface LogSize {
  readonly snapshotBytes: number
  readonly logOperations: number
  readonly logBytes: number
}

/** Whether a new snapshot is worth its work: the log has grown as large as the snapshot, or is long. */
export function isWorthCompacting({ snapshotBytes, logOperations, logBytes }: LogSize): boolean {
  return (
    logBytes > Math.max(256 * 1024, snapshotBytes) || (logOperations > 2_000 && logBytes * 4 > snapshotBytes)
  )
}
