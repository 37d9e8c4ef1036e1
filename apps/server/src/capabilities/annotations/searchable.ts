import type { SearchDocument } from '../../platform/search/search-engine.ts'
import type { HighlightRow, NewHighlight } from './store/highlights.ts'
import type { NewNote, NoteRow } from './store/notes.ts'

/** What a highlight or note is found by. */

export function highlightDocument(row: HighlightRow | NewHighlight): SearchDocument {
  return {
    kind: 'highlight',
    id: row.id,
    workspaceId: row.workspace_id,
    bookId: row.book_id,
    accountId: row.account_id,
    visibility: row.visibility,
    title: '',
    text: [row.quote.exact, row.note ?? '', row.tags.join(' ')].filter((part) => part !== '').join('\n'),
  }
}

export function noteDocument(row: NoteRow | NewNote): SearchDocument {
  return {
    kind: 'note',
    id: row.id,
    workspaceId: row.workspace_id,
    bookId: row.book_id,
    accountId: row.account_id,
    visibility: row.visibility,
    title: row.title ?? '',
    text: [row.body, row.quote?.exact ?? '', row.tags.join(' ')].filter((part) => part !== '').join('\n'),
  }
}
