/** Range-based set reconciliation: two sides find out what the other lacks with bytes that grow with the difference. */
export { BlockStorage } from './block-storage.ts'
export { ReconcileError, type ReconcileErrorCode } from './errors.ts'
export { type Bound, isBefore, MAX_TIMESTAMP, type Range } from './item.ts'
export type { ReconcileLimits } from './limits.ts'
export { type BlockChanges, type BlockStore, StorageKeeper, type StoredBlock } from './persistence.ts'
export { Initiator, type Progress, Responder, type SessionTally } from './session.ts'
export type { ReconcileStorage } from './storage.ts'
