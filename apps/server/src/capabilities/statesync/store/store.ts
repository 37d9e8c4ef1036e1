import type { LockState } from '../rules.ts'

/** A document without its content. */
export interface DocumentRecord {
  readonly id: string
  readonly tenantId: string
  readonly title: string
  readonly workspaceId: string | undefined
  readonly createdBy: string
  readonly metadata: Readonly<Record<string, string>>
  readonly version: number
  readonly sizeBytes: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

export type NewDocument = Pick<
  DocumentRecord,
  'id' | 'tenantId' | 'title' | 'workspaceId' | 'createdBy' | 'metadata'
>

export interface DocumentChange {
  readonly title?: string
  /** `null`: only who made it. */
  readonly workspaceId?: string | null
  readonly metadata?: Readonly<Record<string, string>>
}

/** One Yjs update and who made it. */
export interface LoggedOperation {
  readonly version: number
  readonly userId: string
  readonly update: Uint8Array
  readonly appliedAt: Date
}

/** The process that serves a document. */
export interface Owner {
  readonly id: string
  /** Where others reach it; one without an address may be dispossessed at any time. */
  readonly address: string | undefined
}

export type Opened =
  | {
      readonly kind: 'opened'
      readonly record: DocumentRecord
      /** To be named by every append; grows with every opening. */
      readonly epoch: number
      readonly lock: LockState
      readonly content: Content
    }
  | { readonly kind: 'elsewhere'; readonly address: string }
  | { readonly kind: 'missing' }

/** What a document is made of: apply the snapshot, then the operations. */
export interface Content {
  readonly version: number
  readonly snapshot: Uint8Array | undefined
  readonly operations: readonly Uint8Array[]
}

/** Operations of one document, first to last version without a gap. */
export interface Append {
  readonly documentId: string
  readonly epoch: number
  readonly firstVersion: number
  readonly operations: readonly Pick<LoggedOperation, 'userId' | 'update'>[]
}

export interface History {
  readonly operations: number
  readonly bytes: number
}

/** Pages by id: `after` is the last id of the page before. */
export interface DocumentFilter {
  readonly workspaceId?: string
  readonly after?: string
  readonly limit: number
}

/** Where documents are kept. Every method is bound to one tenant; what is missing is `undefined` or `false`, never an error. */
export interface StateSyncStore {
  /** `undefined` when the id is taken. */
  create(document: NewDocument): Promise<DocumentRecord | undefined>
  read(tenantId: string, documentId: string): Promise<DocumentRecord | undefined>
  change(tenantId: string, documentId: string, change: DocumentChange): Promise<DocumentRecord | undefined>
  delete(tenantId: string, documentId: string): Promise<boolean>
  list(tenantId: string, filter: DocumentFilter): Promise<readonly DocumentRecord[]>

  /** Makes `owner` the owner, unless a living process with an address is; whoever was it before can append no more. */
  open(tenantId: string, documentId: string, owner: Owner): Promise<Opened>
  /** The content once more; `undefined` when it is gone. */
  content(tenantId: string, documentId: string): Promise<Content | undefined>
  /**
   * Appends to several documents of one tenant, durably when it resolves, all or nothing. Returns the ids of the documents
   * that took it; the others have another owner by now, or are gone. Appending the same again is no error and changes nothing.
   */
  append(tenantId: string, appends: readonly Append[]): Promise<ReadonlySet<string>>
  /** A state that holds every operation up to `version`; shortens the log to `keep`. `false`: not the owner any more. */
  snapshot(
    tenantId: string,
    documentId: string,
    epoch: number,
    snapshot: { readonly version: number; readonly state: Uint8Array },
    keep: History,
  ): Promise<boolean>
  /** The log after a version, oldest first. `truncated`: not all of it is there any more. */
  operations(
    tenantId: string,
    documentId: string,
    after: number,
    limit: number,
  ): Promise<{ readonly operations: readonly LoggedOperation[]; readonly truncated: boolean } | undefined>
  /** `false`: not the owner any more. */
  saveLock(tenantId: string, documentId: string, epoch: number, lock: LockState): Promise<boolean>

  /** `owner` lives. Called every few seconds; an owner that has not been heard of for `OWNER_TTL_MS` may be dispossessed. */
  beat(owner: Owner): Promise<void>
  /** `owner` owns nothing any more. */
  retire(owner: Owner): Promise<void>
}

export const OWNER_TTL_MS = 6_000
