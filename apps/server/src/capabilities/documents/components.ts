import type { components } from '@stoa/contracts'
import type { Clock, Logger } from '@stoa/kernel'
import type { BlobStore } from '../../platform/blobs/blobs.ts'
import type { Database, TenantContext, Tx } from '../../platform/database/database.ts'
import type { Thumbnail } from '../../platform/images/thumbnail.ts'
import type { SearchEngine } from '../../platform/search/search-engine.ts'
import type { StateSync } from '../statesync/index.ts'

type Schemas = components['schemas']

/** An EPUB for the library. */
export interface NewBookFile {
  readonly bookId: string
  readonly workspaceId: string
  readonly shelfIds: readonly string[]
  readonly filename: string
  readonly bytes: Uint8Array
}

/** What documents ask of the rest of the house. */
export interface DocumentsComponents {
  readonly clock: Clock
  readonly database: Database
  readonly blobs: BlobStore
  readonly log: Logger
  readonly statesync: StateSync
  readonly search: Pick<SearchEngine, 'putDocuments' | 'removeDocuments'>
  /** Counts what daily jobs cleared up. */
  readonly onSwept: (what: string, count: number) => void
  /** @throws Problem 404 `workspace.not_found` */
  requireWorkspace(tx: Tx, workspaceId: string): Promise<void>
  /** Those of these accounts who see this workspace. */
  membersAmong(
    tx: Tx,
    accountIds: readonly string[],
    workspaceId: string | null,
  ): Promise<ReadonlySet<string>>
  people(tx: Tx, accountIds: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Titles of books of one workspace, by id. */
  booksOf(tx: Tx, workspaceId: string, bookIds: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** How titles are put in order, Chinese by pinyin. */
  sortKey(title: string): string
  /** Looks at a picture and makes a small one; `undefined` when it is none that a browser shows. */
  thumbnailOf(read: () => Promise<Uint8Array>): Promise<Thumbnail | undefined>
  /** Puts a file into the library. @throws Problem 403, 404, 409 as `createBook` */
  addBook(
    context: TenantContext,
    file: NewBookFile,
  ): Promise<{ readonly created: boolean; readonly book: Schemas['Book'] }>
}
