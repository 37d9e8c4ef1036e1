import type { Clock, Logger, Random } from '@stoa/kernel'
import type { SignatureScheme } from '@stoa/records'
import type { BlobStore } from '../../platform/blobs/blobs.ts'
import type { Database, TenantContext, Tx } from '../../platform/database/database.ts'
import type { ImageWorker } from '../../platform/images/image-worker.ts'
import type { ContentTelemetry } from '../../platform/telemetry/content.ts'
import type { Folds } from './folds.ts'
import type { KeyKeeper } from './keys.ts'
import type { BoardNetwork, Replication, ReplicationSettings } from './replication.ts'
import type { SearchWriter } from './searchable.ts'

/** A book as a citation names it, also where the reader's organisation has it under another id. */
export interface CitableBook {
  readonly id: string
  readonly title: string
  readonly authors: readonly string[]
  /** SHA-256 of the file. */
  readonly sha256: string
}

/** What boards ask of the rest of the house. */
export interface BoardsComponents {
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  readonly database: Database
  readonly blobs: BlobStore
  readonly search: SearchWriter
  /** 32 bytes that stay the same: members' keys are sealed with them. */
  readonly secret: Uint8Array
  readonly settings: ReplicationSettings
  readonly telemetry: ContentTelemetry
  readonly boardNetwork: BoardNetwork | undefined
  people(tx: Tx, accountIds: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** @throws Problem 404 `book.not_found` */
  visibleBook(tx: Tx, context: TenantContext, bookId: string): Promise<CitableBook>
  /** Books of the caller's workspaces that show these files, by the file's SHA-256. */
  booksOfFiles(tx: Tx, sha256s: readonly string[]): Promise<ReadonlyMap<string, string>>
}

/** The same, with what operations share. */
export interface BoardParts extends BoardsComponents {
  readonly folds: Folds
  readonly keys: KeyKeeper
  readonly signatures: SignatureScheme
  readonly content: Replication
  readonly images: ImageWorker
}
