import { useEffect } from 'react'
import { queryClient } from '../../../data/query-client.ts'
import { topics } from '../../../data/topics.ts'

/** What an event of a document makes old, by the beginning of its type. */
const STALE: readonly (readonly [prefix: string, key: string])[] = [
  ['comment_thread.', 'document-threads'],
  ['document_version.', 'document-versions'],
  ['document_text.', 'documents'],
  ['document.', 'documents'],
  ['document.members_changed', 'document-members'],
]

/** Keeps comments, versions and what is said of a document as they are, for as long as it is on screen. */
export function useDocumentEvents(documentId: string): void {
  useEffect(() => {
    const refresh = (key: string) => void queryClient.invalidateQueries({ queryKey: [key, documentId] })
    return topics.follow(`document:${documentId}`, {
      onEvent: ({ type }) => {
        for (const [prefix, key] of STALE) if (type.startsWith(prefix)) refresh(key)
      },
      onReset: () => {
        for (const [, key] of STALE) refresh(key)
      },
    })
  }, [documentId])
}
