import { CitationCard, Icon, IconButton, Progress } from '@stoa/ui'
import { boards as t } from '@stoa/ui/messages/boards'
import { ImageOff, X } from 'lucide-react'
import { useState } from 'react'
import { scriptLanguage } from '../../../text/script-language.ts'
import type { DraftPassage, PostDraft } from './drafts.ts'
import type { Sending } from './use-images.ts'

interface DraftPartsProps {
  readonly draft: PostDraft
  readonly sending: readonly Sending[]
  readonly onChange: (next: (draft: PostDraft) => Partial<PostDraft>) => void
  readonly onCancel: (id: string) => void
}

/** Pictures and passages that go with the words; each can be taken out. */
export function DraftParts({ draft, sending, onChange, onCancel }: DraftPartsProps) {
  const out = (onClick: () => void) => (
    <IconButton icon={X} size="sm" label={t.takeOut()} className="out" onClick={onClick} />
  )
  return (
    <>
      {draft.images.length + sending.length > 0 && (
        <div className="draft-imgs">
          {draft.images.map(({ id, image }) => (
            <div key={id} className="th">
              <Thumb url={image.thumb_url} />
              {out(() => onChange(({ images }) => ({ images: images.filter((one) => one.id !== id) })))}
            </div>
          ))}
          {sending.map(({ id, name, share }) => (
            <div key={id} className="th">
              <Progress value={share} label={name} />
              {out(() => onCancel(id))}
            </div>
          ))}
        </div>
      )}
      {draft.passages.map((passage) => (
        <div key={passage.citation.quote.exact} className="draft-cite">
          <Passage of={passage} />
          {out(() => onChange(({ passages }) => ({ passages: passages.filter((one) => one !== passage) })))}
        </div>
      ))}
    </>
  )
}

/** Its address ends after a while; a draft may be older. */
function Thumb({ url }: { url: string | null }) {
  const [broken, setBroken] = useState(url === null)
  return broken || url === null ? (
    <Icon of={ImageOff} />
  ) : (
    <img src={url} alt="" onError={() => setBroken(true)} />
  )
}

function Passage({ of: { title, authors, citation } }: { of: DraftPassage }) {
  const language = scriptLanguage(citation.quote.exact)
  return (
    <CitationCard
      title={title}
      author={authors.join(', ')}
      quote={citation.quote.exact}
      {...(language && { language })}
      {...(citation.chapter && { place: citation.chapter })}
    />
  )
}
