import type { Clock } from '@stoa/kernel'
import type { Database, TenantContext, Tx } from '../../platform/database/database.ts'
import type { SearchEngine } from '../../platform/search/search-engine.ts'
import type { BookRow } from '../library/index.ts'

export interface AnnotationComponents {
  readonly database: Database
  readonly clock: Clock
  /** Counts what was cleared up. */
  onSwept(what: string, count: number): void
  /** Told of every change in the transaction that makes it. */
  readonly search: Pick<SearchEngine, 'putDocuments' | 'removeDocuments'>
  /** Where this installation is reached, for links in exports: `https://read.example`. */
  publicUrl(): string
  /** @throws Problem 404 `book.not_found` */
  visibleBook(tx: Tx, context: TenantContext, bookId: string): Promise<BookRow>
  workspacesOf(tx: Tx, context: TenantContext): Promise<readonly string[]>
  people(tx: Tx, accountIds: readonly string[]): Promise<ReadonlyMap<string, string>>
  bookTitles(tx: Tx, context: TenantContext, bookIds: readonly string[]): Promise<ReadonlyMap<string, string>>
}
