import { Icon, ListSection, toast } from '@stoa/ui'
import { documents as t } from '@stoa/ui/messages/documents'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { FileText } from 'lucide-react'
import { type DocumentSummary, documentsQuery } from '../../../data/documents.ts'
import { usePlaceKey } from '../../../offline/place-key.ts'
import type { DraftCitation } from '../../rooms/composer/drafts.ts'
import { attributesOf } from '../nodes/passage-of.ts'
import { titleOf } from '../title-of.ts'
import { quoteInDocument } from './quoted.ts'

interface DocumentTargetsProps {
  readonly passage: DraftCitation
  /** Lower case; what the title must hold. */
  readonly find: string
  readonly onDone: () => void
  /** Instead of a word with a way to the document. */
  readonly onQuoted?: (documentId: string) => void
}

const MOST = 8

/** Documents that a passage can be put into. */
export function DocumentTargets({ passage, find, onDone, onQuoted }: DocumentTargetsProps) {
  const found = useInfiniteQuery({
    ...documentsQuery(find ? { query: find } : {}),
    placeholderData: (before) => before,
  })
  const place = usePlaceKey()
  const navigate = useNavigate()
  const shown = (found.data?.pages[0]?.items ?? []).filter(({ can }) => can.write).slice(0, MOST)
  const take = (info: DocumentSummary) => {
    quoteInDocument(place, info.id, attributesOf(passage))
    onDone()
    if (onQuoted) return onQuoted(info.id)
    const run = () => navigate({ to: '/documents/$documentId', params: { documentId: info.id } })
    toast({ text: t.putInDocument({ title: titleOf(info).text }), action: { label: t.openDocument(), run } })
  }
  if (shown.length === 0) return null
  return (
    <>
      <ListSection label={t.quoteToDocument()} />
      {shown.map((info) => (
        <button key={info.id} type="button" className="li" onClick={() => take(info)}>
          <Icon of={FileText} />
          <span className="clip grow" lang={titleOf(info).language}>
            {titleOf(info).text}
          </span>
        </button>
      ))}
    </>
  )
}
