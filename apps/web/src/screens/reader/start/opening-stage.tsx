import { Button, EmptyState, IconButton, Progress, Pulse } from '@stoa/ui'
import { formatBytes } from '@stoa/ui/messages'
import { reader as t } from '@stoa/ui/messages/reader'
import { shell } from '@stoa/ui/messages/shell'
import { Link, useNavigate } from '@tanstack/react-router'
import { ChevronLeft, CloudOff, FileWarning } from 'lucide-react'
import type { ReactNode } from 'react'
import { api, ok } from '../../../data/api.ts'
import { ApiError } from '../../../data/problem.ts'
import { queryClient } from '../../../data/query-client.ts'
import { problemText } from '../../../frame/problem-text.ts'
import { failureText } from './failure-text.ts'
import type { Opening } from './use-opened-file.ts'

interface OpeningStageProps {
  readonly opening: Exclude<Opening, { status: 'ready' }>
  readonly bookId: string
  readonly retry: () => void
}

/** What stands between a person and the book: its way here, its making, or a reason. */
export function OpeningStage({ opening, bookId, retry }: OpeningStageProps) {
  return (
    <BareStage>
      <Body opening={opening} bookId={bookId} retry={retry} />
    </BareStage>
  )
}

function Body({ opening, bookId, retry }: OpeningStageProps) {
  switch (opening.status) {
    case 'loading':
      return <Fetching received={opening.received} total={opening.total} />
    case 'processing':
      return (
        <div className="waiting" role="status">
          <h1 className="clip2">{opening.book.title}</h1>
          <p>{t.processing()}</p>
          <Progress value={opening.book.progress} label={t.processing()} />
          <p className="muted">{t.processingText()}</p>
        </div>
      )
    case 'failed':
      return (
        <EmptyState
          icon={FileWarning}
          title={t.failedTitle()}
          action={opening.book.failure?.retryable && <RetryFailed bookId={bookId} retry={retry} />}
        >
          {failureText(opening.book.failure)}
        </EmptyState>
      )
    case 'offline':
      return (
        <EmptyState
          icon={CloudOff}
          title={t.offlineTitle()}
          action={<Button onClick={retry}>{shell.retry()}</Button>}
        >
          {t.offlineText()}
        </EmptyState>
      )
    case 'error':
      return <NotOpened error={opening.error} retry={retry} />
  }
}

/** A short way shows nothing; a long one how far it is. */
function Fetching({ received, total }: { received: number; total: number }) {
  const done = formatBytes(received)
  return (
    <div className="waiting late" role="status">
      <p className="row">
        <Pulse />
        {total > 0 ? t.fetching() : t.opening()}
      </p>
      {total > 0 && (
        <>
          <Progress value={received / total} label={t.fetching()} />
          <p className="muted num">{t.fetched({ done, total: formatBytes(total) })}</p>
        </>
      )}
    </div>
  )
}

function RetryFailed({ bookId, retry }: { bookId: string; retry: () => void }) {
  const again = async () => {
    await ok(api.POST('/api/v1/books/{book_id}/retry', { params: { path: { book_id: bookId } } }))
    await queryClient.invalidateQueries({ queryKey: ['books', bookId] })
    retry()
  }
  return <Button onClick={() => void again()}>{t.failedRetry()}</Button>
}

export function NotOpened({ error, retry }: { error: unknown; retry: () => void }) {
  const gone = error instanceof ApiError && error.status === 404
  return (
    <EmptyState
      icon={FileWarning}
      title={gone ? t.goneTitle() : t.openFailed()}
      action={
        gone ? (
          <Button asChild>
            <Link to="/library">{shell.toLibrary()}</Link>
          </Button>
        ) : (
          <Button onClick={retry}>{shell.retry()}</Button>
        )
      }
    >
      {gone ? t.goneText() : problemText(error)}
    </EmptyState>
  )
}

/** The reader without a book: only the way back. */
export function BareStage({ children }: { children: ReactNode }) {
  const navigate = useNavigate()
  return (
    <main className="rd bare">
      <header className="chrome">
        <div className="row">
          <IconButton
            icon={ChevronLeft}
            label={t.backToLibrary()}
            onClick={() => void navigate({ to: '/library' })}
          />
        </div>
      </header>
      <div className="bare-body">{children}</div>
    </main>
  )
}
