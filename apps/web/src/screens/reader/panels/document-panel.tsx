import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { addressOf, type Passage } from '../../../passages/open-passage.ts'
import { useReader, useReaderState } from '../reader-store.ts'
import { useShowPassage } from './use-show-passage.ts'

/** Brings the editor: only for who writes beside a book. */
const DocumentBeside = lazy(() => import('../../documents/beside/document-beside.tsx'))

/** A document beside the book. */
export function DocumentPanel({ onClose }: { onClose: () => void }) {
  const { book, store } = useReader()
  const document = useReaderState((state) => state.document)
  const navigate = useNavigate()
  const show = useShowPassage()
  const open = (passage: Passage, documentId: string) => {
    if (passage.book_id === book.id) return void show(passage)
    const search = { ...addressOf(passage), document: documentId }
    void navigate({ to: '/books/$bookId', params: { bookId: passage.book_id }, search })
  }
  return (
    <Suspense>
      <DocumentBeside
        book={book}
        documentId={document}
        onDocument={(next) => store.setState({ document: next })}
        onOpenPassage={open}
        onClose={onClose}
      />
    </Suspense>
  )
}
