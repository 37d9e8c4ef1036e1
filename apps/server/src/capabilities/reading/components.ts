import type { Clock } from '@stoa/kernel'
import type { TenantContext, Tx } from '../../platform/database/database.ts'
import type { BookRow } from '../library/index.ts'

export interface ReadingComponents {
  readonly clock: Clock
  /** @throws Problem 404 `book.not_found` */
  visibleBook(tx: Tx, context: TenantContext, bookId: string): Promise<BookRow>
  /** Titles of books the caller may see, by id. */
  bookTitles(tx: Tx, context: TenantContext, bookIds: readonly string[]): Promise<ReadonlyMap<string, string>>
}
