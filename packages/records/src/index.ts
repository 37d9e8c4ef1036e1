/** Content by its hash, signed records about it, and the board view that any set of records folds into. */
export { decodeCanonical, encodeCanonical, type Plain } from './canonical.ts'
export { cidOf, digestOfCid } from './cid.ts'
export { CHUNK_BYTES, type ContentRef, MAX_CONTENT_BYTES, type MediaRef } from './content.ts'
export { RecordError, type RecordErrorCode } from './errors.ts'
export { Fields } from './fields.ts'
export {
  BoardFold,
  type BoardStanding,
  type BoardView,
  type ItemView,
  type NameClaim,
  type Reason,
} from './fold/index.ts'
export {
  ContentHasher,
  type CreateHash,
  encodeManifest,
  MANIFEST_BYTES,
  type Manifest,
  readManifest,
  type StreamHash,
  StreamVerifier,
} from './manifest.ts'
export type {
  Hash,
  ReadRecord,
  RecordBody,
  RecordEnvelope,
  RecordKind,
  Role,
  SignedRecord,
} from './record.ts'
export {
  type Author,
  authorOf,
  checkReceipt,
  issueRecord,
  MAX_SKEW_MS,
  nextTime,
  RECORD_BYTES,
  readRecord,
  readRecordElsewhere,
} from './record-codec.ts'
export { isProperKey, type SignatureScheme } from './signature.ts'
