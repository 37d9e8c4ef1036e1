import type { SearchDocument } from '../../platform/search/search-engine.ts'
import { plainText } from './rules.ts'
import type { MessageRow } from './store/messages.ts'

/** What a message is found by: its text, the passages it cites, and the names of its files. */
export function messageDocument(
  row: Pick<MessageRow, 'id' | 'room_id' | 'account_id' | 'body' | 'citations' | 'attachments'>,
  workspaceId: string | null,
): SearchDocument {
  const cited = row.citations.map((citation) => citation.quote.exact)
  const files = row.attachments.map((file) => file.filename)
  return {
    kind: 'message',
    id: row.id,
    roomId: row.room_id,
    workspaceId,
    bookId: row.citations[0]?.book_id ?? null,
    accountId: row.account_id,
    visibility: 'workspace',
    title: '',
    text: [plainText(row.body), ...cited, ...files].filter((part) => part !== '').join('\n'),
  }
}
