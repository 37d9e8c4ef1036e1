import type { components } from '@stoa/contracts'
import { currentPlace } from './place.ts'

type DocumentInfo = components['schemas']['Document']
type DocumentSummary = components['schemas']['DocumentSummary']

/** Keeps what is known of a document, for when the server is away. */
export async function keepInfo(info: DocumentInfo): Promise<void> {
  await currentPlace()?.database.documentInfos.put(info)
}

export async function keptInfo(documentId: string): Promise<DocumentInfo | undefined> {
  return currentPlace()?.database.documentInfos.get(documentId)
}

/** What this device knows of, last edited first, narrowed as the server would. */
export async function keptInfos(filter: {
  workspace_id?: string
  query?: string
  starred?: boolean
  book_id?: string
}): Promise<DocumentSummary[]> {
  const all = (await currentPlace()?.database.documentInfos.toArray()) ?? []
  const words = (filter.query ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  return all
    .filter(
      ({ workspace_id, title, starred, book }) =>
        (!filter.workspace_id || workspace_id === filter.workspace_id) &&
        (!filter.starred || starred) &&
        (!filter.book_id || book?.id === filter.book_id) &&
        words.every((word) => title.toLowerCase().includes(word)),
    )
    .sort((a, b) => b.edited_at.localeCompare(a.edited_at))
}

export async function forgetDocument(documentId: string): Promise<void> {
  await currentPlace()?.database.documentInfos.delete(documentId)
}
