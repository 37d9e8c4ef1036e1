import { Button, Pulse, Skeleton, toast } from '@stoa/ui'
import { boards as t } from '@stoa/ui/messages/boards'
import { cluster } from '@stoa/ui/messages/cluster'
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { useState } from 'react'
import { client } from '../../../data/api.ts'
import { type BoardImage, type PostBody, refreshBoards } from '../../../data/boards.ts'
import { useManages } from '../../../data/use-session.ts'
import { Markdown } from '../../../markdown/markdown.tsx'
import { scriptLanguage } from '../../../text/script-language.ts'
import { boardProblem } from '../moderate.ts'
import { CitedPassage } from './cited-passage.tsx'
import { Images } from './images.tsx'
import { reasonText } from './reason-text.ts'

interface BodyProps {
  readonly boardId: string
  /** The post or comment. */
  readonly itemId: string
  readonly body: PostBody
  readonly images: readonly BoardImage[]
  readonly className?: string
}

/** What somebody wrote: here, on its way from another node, or not to be had, with the reason. */
export function Body({ boardId, itemId, body, images, className }: BodyProps) {
  return (
    <>
      {body.state === 'present' && body.text !== null && (
        <div className={className} lang={scriptLanguage(body.text)}>
          <Markdown text={body.text} />
        </div>
      )}
      {body.state === 'fetching' && <Fetching />}
      {body.state === 'unavailable' && <Unavailable {...{ boardId, itemId }} reason={body.reason} />}
      {images.length > 0 && <Images of={images} />}
      {body.citations.map((cited) => (
        <CitedPassage key={`${cited.book_title} ${cited.quote.exact}`} of={cited} />
      ))}
    </>
  )
}

const Fetching = () => (
  <div className="fetch" role="status">
    <Skeleton width="92%" />
    <Skeleton width="78%" />
    <Skeleton width="46%" />
    <div className="row muted">
      <Pulse />
      {t.fetching()}
    </div>
  </div>
)

interface UnavailableProps {
  readonly boardId: string
  readonly itemId: string
  readonly reason: PostBody['reason']
}

function Unavailable({ boardId, itemId, reason }: UnavailableProps) {
  const manages = useManages()
  const [busy, setBusy] = useState(false)
  const again = async () => {
    setBusy(true)
    try {
      await client.call('fetchPost', { path: { board_id: boardId, post_id: itemId } })
      await refreshBoards(boardId)
    } catch (error) {
      toast({ text: boardProblem(error), tone: 'bad' })
    }
    setBusy(false)
  }
  return (
    <div className={clsx('fetch', 'failed')} role="status">
      <b>{t.unavailable()}</b>
      <p className="muted">{reasonText(reason)}</p>
      {reason !== 'deleted' && (
        <div className="row">
          <Button size="sm" busy={busy} onClick={() => void again()}>
            {t.fetchAgain()}
          </Button>
          {manages && (
            <Button size="sm" variant="ghost" asChild>
              <Link to="/settings/cluster">{cluster.whyNotHere()}</Link>
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
