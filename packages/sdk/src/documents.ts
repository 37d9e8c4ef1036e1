/** Documents that several people write at once; apart from the rest of the SDK because it brings Yjs. */
export {
  DocumentSession,
  type DocumentSessionOptions,
  type DocumentState,
} from './realtime/document-session.ts'
export {
  type DocumentStorage,
  MemoryDocumentStorage,
  type StoredDocument,
} from './realtime/document-storage.ts'
