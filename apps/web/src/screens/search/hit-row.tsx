import { Icon } from '@stoa/ui'
import { Cover } from '@stoa/ui/cover'
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import type { ReactNode, Ref } from 'react'
import type { SearchHit } from '../../data/search.ts'
import { kindName } from './address.ts'
import { targetOf } from './hit-target.ts'
import { KIND_ICONS, placeText } from './hit-words.ts'
import { SnippetText } from './snippet-text.tsx'

export interface HitRowProps {
  readonly hit: SearchHit
  readonly active: boolean
  readonly ref?: Ref<HTMLAnchorElement>
}

/** One thing found: cover, where it stands, the words around it. */
export function HitRow({ hit, active, ref }: HitRowProps) {
  const language = hit.language ?? undefined
  return (
    <HitLink hit={hit} className={clsx('hitrow', active && 'active')} linkRef={ref}>
      {hit.book_title === null ? (
        <span className="emblem">
          <Icon of={KIND_ICONS[hit.kind]} />
        </span>
      ) : (
        <Cover
          decorative
          title={hit.book_title}
          author={hit.book_authors.join(', ')}
          src={hit.cover?.small_url}
        />
      )}
      <span className="what">
        <span className="src">
          <b className="clip" lang={language}>
            {hit.book_title ?? hit.message?.room_name ?? hit.title}
          </b>
          <span className="clip">{placeText(hit)}</span>
        </span>
        {hit.kind !== 'tag' && (
          <span className={clsx('words', 'read', hit.color && `inked c-${hit.color}`)} lang={language}>
            {hit.kind === 'note' && hit.book_title !== null && hit.title !== hit.book_title && (
              <b>{hit.title} </b>
            )}
            <SnippetText of={hit.snippet} />
          </span>
        )}
      </span>
      <span className="kind">
        <Icon of={KIND_ICONS[hit.kind]} size="xs" />
        {kindName[hit.kind]()}
      </span>
    </HitLink>
  )
}

function HitLink({
  hit,
  className,
  linkRef,
  children,
}: {
  hit: SearchHit
  className: string
  linkRef: Ref<HTMLAnchorElement> | undefined
  children: ReactNode
}) {
  const target = targetOf(hit)
  const shape = { className, ...(linkRef && { ref: linkRef }) }
  if (target.to === 'room') {
    return (
      <Link to="/rooms/$roomId" params={{ roomId: target.roomId }} search={target.search} {...shape}>
        {children}
      </Link>
    )
  }
  if (target.to === 'post') {
    const { boardId, postId, search } = target
    return (
      <Link to="/boards/$boardId/posts/$postId" params={{ boardId, postId }} search={search} {...shape}>
        {children}
      </Link>
    )
  }
  if (target.to === 'document') {
    return (
      <Link to="/documents/$documentId" params={{ documentId: target.documentId }} {...shape}>
        {children}
      </Link>
    )
  }
  return target.to === 'notes' ? (
    <Link to="/notes" search={target.search} {...shape}>
      {children}
    </Link>
  ) : (
    <Link to="/books/$bookId" params={{ bookId: target.bookId }} search={target.search} {...shape}>
      {children}
    </Link>
  )
}
