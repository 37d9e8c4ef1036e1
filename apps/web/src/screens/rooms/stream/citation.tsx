import { CitationCard } from '@stoa/ui'
import { formatPercent } from '@stoa/ui/messages'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { useContext } from 'react'
import type { Citation } from '../../../data/rooms.ts'
import { OpenPassage } from '../../../passages/open-passage.ts'
import { scriptLanguage } from '../../../text/script-language.ts'

/** A passage somebody dropped into the conversation; opens the book at it, beside where there is room. */
export function CitedPassage({ of: cited }: { of: Citation }) {
  const open = useContext(OpenPassage)
  const { locator, quote, color, marked_by, chapter, cover } = cited
  const share = locator.fraction === undefined ? undefined : formatPercent(locator.fraction)
  const by = [marked_by && t.markedBy({ name: marked_by.display_name }), share].filter(Boolean).join(' · ')
  const language = scriptLanguage(quote.exact)
  return (
    <CitationCard
      title={cited.book_title}
      author={cited.book_authors.join(', ')}
      quote={quote.exact}
      by={by}
      onOpen={() => open(cited)}
      {...(chapter !== null && { place: chapter })}
      {...(cover && { cover: cover.small_url })}
      {...(language && { language })}
      {...(color && { ink: color })}
    />
  )
}
