import clsx from 'clsx'
import { PanelRightOpen } from 'lucide-react'
import type { ReactNode } from 'react'
import { Cover } from '../cover/cover.tsx'
import { primitives as t } from '../messages/primitives.ts'
import { Icon } from './icon.tsx'
import type { Ink } from './inks.ts'

export interface CitationCardProps {
  title: string
  author?: string
  cover?: string
  /** Chapter, page or percent. */
  place?: string
  /** The passage; two lines of it show. */
  quote: string
  /** BCP 47 language of the passage: decides fonts and punctuation. */
  language?: string
  ink?: Ink
  /** Who marked it, or anything said about it. */
  by?: ReactNode
  /** Its number in an answer. */
  number?: number
  /** Its passage is on screen: a clay tick. */
  live?: boolean
  onOpen?: () => void
}

/** A passage somebody cites. One look in a room, a document, a post, an answer. */
export function CitationCard(props: CitationCardProps) {
  const { title, author, cover, place, quote, language, ink, by, number, live, onOpen } = props
  const content = (
    <>
      <Cover title={title} author={author} src={cover} decorative />
      <span className="src">
        {number !== undefined && <span className="no">{number}</span>}
        <b className="clip">{title}</b>
        {place && <span className="clip">{place}</span>}
      </span>
      <span className="q" lang={language}>
        {quote}
      </span>
      <span className="by">
        {ink && <span className={`dot c-${ink}`} />}
        {by && <span className="clip">{by}</span>}
        {onOpen && (
          <span className="open">
            <Icon of={PanelRightOpen} size="xs" />
            {t.openBeside()}
          </span>
        )}
      </span>
    </>
  )
  const classes = clsx('cite', live && 'live')
  return onOpen ? (
    <button type="button" className={classes} onClick={onOpen}>
      {content}
    </button>
  ) : (
    <div className={classes}>{content}</div>
  )
}
