import type { SearchDocument } from '../../platform/search/search-engine.ts'
import type { ProjectionRow } from './store/projection.ts'

const MOST_TEXT = 200_000

/** What a document is found by: its title and its text. */
export function searchDocumentOf(
  row: Pick<ProjectionRow, 'id' | 'workspace_id' | 'book_id' | 'created_by' | 'title'>,
  lines: readonly string[],
): SearchDocument {
  return {
    kind: 'document',
    id: row.id,
    roomId: row.id,
    workspaceId: row.workspace_id,
    bookId: row.book_id,
    accountId: row.created_by,
    visibility: 'workspace',
    title: row.title,
    text: lines.join('\n').slice(0, MOST_TEXT).toWellFormed(),
  }
}
