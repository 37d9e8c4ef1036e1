import { Dialog, EmptyState, Input, Skeleton } from '@stoa/ui'
import { boards as t } from '@stoa/ui/messages/boards'
import { useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { client } from '../../../data/api.ts'
import { LoadError } from '../../../frame/load-error.tsx'
import { scriptLanguage } from '../../../text/script-language.ts'
import type { DraftPassage } from './drafts.ts'

interface PassageDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly onPick: (passage: DraftPassage) => void
}

const highlightsQuery = (query: string) => ({
  queryKey: ['highlights-to-cite', query],
  queryFn: () => client.call('listHighlights', { query: { limit: 40, ...(query && { query }) } }),
})

/** Picks a passage to cite from the highlights one may read. */
export function PassageDialog({ open, onClose, onPick }: PassageDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={t.pickPassage()}
      description={t.pickPassageText()}
      width={560}
    >
      <Highlights onClose={onClose} onPick={onPick} />
    </Dialog>
  )
}

function Highlights({ onClose, onPick }: Omit<PassageDialogProps, 'open'>) {
  const [find, setFind] = useState('')
  const highlights = useQuery(highlightsQuery(find.trim()))
  const items = highlights.data?.items ?? []
  return (
    <>
      <Input
        look="quiet"
        icon={Search}
        placeholder={t.findPassage()}
        aria-label={t.findPassage()}
        value={find}
        onChange={({ target }) => setFind(target.value)}
        autoFocus
      />
      <div className="pick-passages">
        {highlights.isPending && <Skeleton width="70%" />}
        {highlights.isError && <LoadError error={highlights.error} retry={highlights.refetch} />}
        {highlights.isSuccess && items.length === 0 && <EmptyState title={t.noPassages()} />}
        {items.map(({ id, book_id, book_title, locator, quote, chapter, color }) => (
          <button
            key={id}
            type="button"
            className="passage"
            onClick={() => {
              const citation = { book_id, locator, quote, ...(chapter && { chapter }) }
              onPick({ citation, title: book_title, authors: [] })
              onClose()
            }}
          >
            <span className={`dot c-${color}`} />
            <span className="q clip2" lang={scriptLanguage(quote.exact)}>
              {quote.exact}
            </span>
            <span className="muted clip">{[book_title, chapter].filter(Boolean).join(' · ')}</span>
          </button>
        ))}
      </div>
    </>
  )
}
