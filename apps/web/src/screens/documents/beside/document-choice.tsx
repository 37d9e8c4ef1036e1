import { Button, Input, ListRow, ListSection, Skeleton } from '@stoa/ui'
import { documents as t } from '@stoa/ui/messages/documents'
import { useInfiniteQuery } from '@tanstack/react-query'
import { FileText, Lock, Plus, Search } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { type DocumentSummary, documentsQuery } from '../../../data/documents.ts'
import { LoadError } from '../../../frame/load-error.tsx'
import { makeDocument, useNewDocument } from '../list/use-new-document.ts'
import { titleOf } from '../title-of.ts'

interface DocumentChoiceProps {
  readonly book?: { readonly id: string; readonly title: string; readonly workspace_id: string }
  readonly onPick: (documentId: string) => void
}

/** Documents about the book first, then all others one may write in; or a new one. */
export function DocumentChoice({ book, onPick }: DocumentChoiceProps) {
  const [find, setFind] = useState('')
  const query = useDeferredValue(find.trim())
  const about = useInfiniteQuery({
    ...documentsQuery({ book_id: book?.id ?? '' }),
    enabled: book !== undefined,
  })
  const all = useInfiniteQuery({
    ...documentsQuery(query ? { query } : {}),
    placeholderData: (before) => before,
  })
  const { may } = useNewDocument()
  const first = about.data?.pages[0]?.items ?? []
  const ids = new Set(first.map(({ id }) => id))
  const others = (all.data?.pages[0]?.items ?? []).filter(({ id, can }) => can.write && !ids.has(id))
  const make = async () => {
    const place = book?.workspace_id ?? others[0]?.workspace_id ?? first[0]?.workspace_id
    const made = place && (await makeDocument(place, { template: 'reading-notes', ...(book && { book }) }))
    if (made) onPick(made.id)
  }
  const row = (info: DocumentSummary) => (
    <ListRow
      key={info.id}
      icon={info.visibility === 'private' ? Lock : FileText}
      label={<span lang={titleOf(info).language}>{titleOf(info).text}</span>}
      onClick={() => onPick(info.id)}
    />
  )
  return (
    <div className="document-choice">
      <Input
        look="quiet"
        icon={Search}
        placeholder={t.findDocument()}
        aria-label={t.findDocument()}
        value={find}
        onChange={({ target }) => setFind(target.value)}
      />
      {all.isError && <LoadError error={all.error} retry={all.refetch} />}
      {all.isPending && <Skeleton height={34} />}
      {!query && first.length > 0 && <ListSection label={t.aboutBook()} />}
      {!query && first.map(row)}
      {may && book && (
        <Button icon={Plus} onClick={() => void make()}>
          {t.newForBook()}
        </Button>
      )}
      {others.length > 0 && <ListSection label={t.otherDocuments()} />}
      {others.map(row)}
    </div>
  )
}
