import { timestampFromDate, timestampFromMs } from '@bufbuild/protobuf/wkt'
import type { LockState } from './rules.ts'
import type { DocumentRecord, LoggedOperation } from './store/store.ts'

/** How records look in `aetherflow.statesync.v1`. */

export const documentView = (record: DocumentRecord, version = record.version) => ({
  documentId: record.id,
  tenantId: record.tenantId,
  title: record.title,
  workspaceId: record.workspaceId ?? '',
  createdBy: record.createdBy,
  createdAt: timestampFromDate(record.createdAt),
  updatedAt: timestampFromDate(record.updatedAt),
  version: BigInt(version),
  sizeBytes: BigInt(record.sizeBytes),
  metadata: { ...record.metadata },
})

export const operationView = ({ version, userId, update, appliedAt }: LoggedOperation) => ({
  version: BigInt(version),
  userId,
  update,
  appliedAt: timestampFromDate(appliedAt),
})

export const lockView = ({ holder = '', token, expiresAt }: LockState) => ({
  holderId: holder,
  fencingToken: BigInt(token),
  expiresAt: timestampFromMs(expiresAt),
})
