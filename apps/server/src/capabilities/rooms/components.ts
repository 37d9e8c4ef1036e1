import type { components } from '@stoa/contracts'
import type { Clock } from '@stoa/kernel'
import type { BlobStore } from '../../platform/blobs/blobs.ts'
import type { Database, TenantContext, Tx } from '../../platform/database/database.ts'
import type { SearchEngine } from '../../platform/search/search-engine.ts'

type Schemas = components['schemas']

/** A book as it is cited. */
export interface CitedBook {
  readonly id: string
  readonly title: string
  readonly authors: readonly string[]
  readonly cover: Schemas['Cover'] | null
}

/** A note or highlight as it is quoted. */
export interface QuotableMark {
  readonly id: string
  readonly account_id: string
  readonly book_id: string | null
  readonly text: string
  readonly locator: Schemas['Locator'] | null
  readonly quote: Schemas['TextQuote'] | null
  readonly color: Schemas['HighlightColor'] | null
  readonly created_at: Date
}

/** What rooms ask of the rest of the house. */
export interface RoomsComponents {
  readonly clock: Clock
  readonly database: Database
  readonly blobs: BlobStore
  readonly search: Pick<SearchEngine, 'putDocuments' | 'removeDocuments'>
  /** @throws Problem 404 `workspace.not_found` */
  requireWorkspace(tx: Tx, workspaceId: string): Promise<void>
  /** Those of these accounts who see this workspace; without a workspace: who belong to the organisation. */
  membersAmong(
    tx: Tx,
    accountIds: readonly string[],
    workspaceId: string | null,
  ): Promise<ReadonlySet<string>>
  people(tx: Tx, accountIds: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** @throws Problem 404 `book.not_found` */
  visibleBook(tx: Tx, context: TenantContext, bookId: string): Promise<Omit<CitedBook, 'cover'>>
  /** Books of one workspace, by id. */
  booksOf(tx: Tx, workspaceId: string, bookIds: readonly string[]): Promise<ReadonlyMap<string, CitedBook>>
  /** A note or highlight that the caller can see. */
  quotable(
    tx: Tx,
    context: TenantContext,
    kind: 'note' | 'highlight',
    id: string,
  ): Promise<QuotableMark | undefined>
}
