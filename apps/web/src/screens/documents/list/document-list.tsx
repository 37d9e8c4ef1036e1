import { Button, Skeleton } from '@stoa/ui'
import { documents as t } from '@stoa/ui/messages/documents'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type DocumentSummary, documentsQuery } from '../../../data/documents.ts'
import { LoadError } from '../../../frame/load-error.tsx'
import { useListKeys } from '../../../keyboard/use-list-keys.ts'
import { DocumentRow } from './document-row.tsx'
import { documentMenu } from './use-document-acts.tsx'

interface DocumentListProps {
  readonly filter: Parameters<typeof documentsQuery>[0]
  readonly empty: ReactNode
  readonly onDestroy: (info: DocumentSummary) => void
}

/** Documents that fit, page by page. */
export function DocumentList({ filter, empty, onDestroy }: DocumentListProps) {
  const found = useInfiniteQuery({ ...documentsQuery(filter), placeholderData: (before) => before })
  const navigate = useNavigate()
  const items = found.data?.pages.flatMap((page) => page.items) ?? []
  const { cursor } = useListKeys({
    count: items.length,
    onOpen: (index) => {
      const info = items[index]
      if (info) void navigate({ to: '/documents/$documentId', params: { documentId: info.id } })
    },
  })
  if (found.isError) return <LoadError error={found.error} retry={found.refetch} />
  if (found.isPending) return <GhostRows />
  if (items.length === 0) return empty
  return (
    <div className="doc-rows">
      {items.map((info, index) => (
        <DocumentRow
          key={info.id}
          info={info}
          active={index === cursor}
          items={documentMenu(info, () => onDestroy(info))}
        />
      ))}
      {found.hasNextPage && (
        <Button variant="ghost" busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t.more()}
        </Button>
      )}
    </div>
  )
}

const GhostRows = () => (
  <div className="ghost-list" role="status" aria-label={t.opening()}>
    {['44%', '62%', '38%', '56%'].map((width) => (
      <Skeleton key={width} width={width} height={16} />
    ))}
  </div>
)
