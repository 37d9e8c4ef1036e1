import { CitationCard, Icon, IconButton, Progress } from '@stoa/ui'
import { formatBytes } from '@stoa/ui/messages'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { FileText, Quote, X } from 'lucide-react'
import { scriptLanguage } from '../../../text/script-language.ts'
import type { Draft } from './drafts.ts'
import type { Upload } from './use-uploads.ts'

interface DraftPartsProps {
  readonly draft: Draft
  readonly uploads: readonly Upload[]
  readonly onChange: (change: Partial<Draft>) => void
  readonly onCancel: (uploadId: string) => void
}

/** What will go with the words: passages, quotes, files. Each can be taken out. */
export function DraftParts({ draft, uploads, onChange, onCancel }: DraftPartsProps) {
  const { citations, quotes, attachments } = draft
  if (citations.length + quotes.length + attachments.length + uploads.length === 0) return null
  const out = (onClick: () => void) => (
    <IconButton icon={X} size="sm" label={t.takeOut()} className="out" onClick={onClick} />
  )
  return (
    <div className="parts">
      {quotes.map((one) => (
        <div key={one.quote.id} className="qt">
          <Icon of={Quote} size="xs" />
          <span className="clip">
            <b>{one.author}</b> {one.text}
          </span>
          {out(() => onChange({ quotes: quotes.filter((each) => each !== one) }))}
        </div>
      ))}
      {citations.map((one) => (
        <div key={one.citation.quote.exact} className="part-cite">
          <CitationCard
            title={one.title}
            author={one.authors.join(', ')}
            quote={one.citation.quote.exact}
            {...languageOf(one.citation.quote.exact)}
            {...(one.citation.chapter && { place: one.citation.chapter })}
          />
          {out(() => onChange({ citations: citations.filter((each) => each !== one) }))}
        </div>
      ))}
      {attachments.map((one) => (
        <div key={one.id} className="qt">
          {one.image ? (
            <img src={one.image.thumbnail_url} alt="" width={24} height={24} />
          ) : (
            <Icon of={FileText} size="xs" />
          )}
          <span className="clip">{one.filename}</span>
          <span className="muted">{formatBytes(one.size)}</span>
          {out(() => onChange({ attachments: attachments.filter((each) => each !== one) }))}
        </div>
      ))}
      {uploads.map((one) => (
        <div key={one.id} className="qt">
          <Icon of={FileText} size="xs" />
          <span className="clip">{one.name}</span>
          <Progress value={one.share} label={one.name} className="grow" />
          {out(() => onCancel(one.id))}
        </div>
      ))}
    </div>
  )
}

function languageOf(text: string) {
  const language = scriptLanguage(text)
  return language && { language }
}
