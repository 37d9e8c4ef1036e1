import type { Clock, Logger } from '@stoa/kernel'
import type { BlobStore } from '../../platform/blobs/blobs.ts'
import type { Database, TenantContext, Tx } from '../../platform/database/database.ts'
import type { SearchEngine } from '../../platform/search/search-engine.ts'
import type { People } from './views.ts'

/** What the library asks of the rest of the house. Given by the composition root. */
export interface LibraryComponents {
  readonly database: Database
  readonly blobs: BlobStore
  readonly clock: Clock
  readonly log: Logger
  /** A folder for files while they are read in; emptied at start. */
  readonly temporaryFolder: string
  readonly maxFileBytes: number
  /** Workspaces the caller may see, in the order they were made. */
  workspacesOf(tx: Tx, context: TenantContext): Promise<readonly string[]>
  /** Names of accounts, by id. */
  people(tx: Tx, accountIds: readonly string[]): Promise<People>
  /** Marks the caller can see in these workspaces. */
  countAnnotations(
    tx: Tx,
    context: TenantContext,
    workspaceIds: readonly string[],
  ): Promise<{ highlights: number; notes: number }>
  /** Counts what was cleared up. */
  onSwept(what: string, count: number): void
  /** Told of every change in the transaction that makes it. */
  readonly search: Pick<
    SearchEngine,
    'indexContent' | 'prepareContent' | 'outdatedContents' | 'putDocuments' | 'removeDocuments' | 'removeBook'
  >
}
