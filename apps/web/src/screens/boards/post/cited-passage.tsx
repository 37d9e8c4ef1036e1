import { CitationCard } from '@stoa/ui'
import { formatPercent } from '@stoa/ui/messages'
import { useNavigate } from '@tanstack/react-router'
import type { BoardCitation } from '../../../data/boards.ts'
import { addressOf } from '../../../passages/open-passage.ts'
import { scriptLanguage } from '../../../text/script-language.ts'

/** A passage that a post cites; opens the book at it where this organisation has the book. */
export function CitedPassage({ of: cited }: { of: BoardCitation }) {
  const navigate = useNavigate()
  const { book_id, locator, quote, chapter } = cited
  const share = locator.fraction === undefined ? undefined : formatPercent(locator.fraction)
  const language = scriptLanguage(quote.exact)
  const open =
    book_id === null
      ? undefined
      : () =>
          void navigate({
            to: '/books/$bookId',
            params: { bookId: book_id },
            search: addressOf({ book_id, locator, quote }),
          })
  return (
    <CitationCard
      title={cited.book_title}
      author={cited.book_authors.join(', ')}
      quote={quote.exact}
      by={share}
      {...(open && { onOpen: open })}
      {...(chapter !== null && { place: chapter })}
      {...(language && { language })}
    />
  )
}
