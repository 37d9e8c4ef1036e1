import { Button, Icon, Progress } from '@stoa/ui'
import { library as t } from '@stoa/ui/messages/library'
import { useQuery } from '@tanstack/react-query'
import { FolderInput, TriangleAlert } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { type Book, booksQuery } from '../../data/books.ts'
import { cancelUploads, clearUploads, type FileUpload, retryUpload, useUploads } from '../../data/uploads.ts'
import { problemText } from '../../frame/problem-text.ts'
import { failureText } from './failure.ts'
import type { BookActs } from './use-book-acts.ts'

const SHOWN_FAILURES = 5

/** What is being added and what went wrong, in the flow above the books: rows between two lines. */
export function ImportRows({ acts, canChange }: { acts: BookActs; canChange: boolean }) {
  const { uploads } = useUploads()
  const reading = useQuery({
    ...booksQuery({ state: ['ANALYZING', 'PROCESSING'] }, 0),
    // Events may be missed while the device sleeps; then this catches up.
    refetchInterval: (query) => (query.state.data?.total ? 3000 : false),
  })
  const failed = useQuery(booksQuery({ state: ['FAILED'] }, 0))
  const working = uploads.filter(({ state }) => state === 'waiting' || state === 'sending')
  const busy = reading.data?.total ?? 0
  const broken = uploads.filter(({ state }) => state === 'failed')
  const refused = canChange ? (failed.data?.items ?? []) : []
  useEffect(() => {
    if (working.length === 0 && busy === 0)
      clearUploads(({ state }) => state === 'sent' || state === 'cancelled')
  }, [working.length, busy])
  if (working.length + busy + broken.length + refused.length === 0) return null
  return (
    <section className="imp" aria-live="polite">
      {working.length + busy > 0 && (
        <Working uploads={uploads} reading={reading.data?.items ?? []} busy={busy} />
      )}
      {broken.slice(0, SHOWN_FAILURES).map((upload) => (
        <Broken key={upload.id} upload={upload} />
      ))}
      {refused.slice(0, SHOWN_FAILURES).map((book) => (
        <Refused key={book.id} book={book} acts={acts} />
      ))}
    </section>
  )
}

function Working({
  uploads,
  reading,
  busy,
}: {
  uploads: readonly FileUpload[]
  reading: readonly Book[]
  busy: number
}) {
  const sending = uploads.filter(({ state }) => state === 'waiting' || state === 'sending')
  const left = sending.length + busy
  // The most that was under way at once since the last quiet moment: what is done is what is missing from it.
  const most = useRef(0)
  most.current = Math.max(most.current, left)
  const total = most.current
  const share = (upload: FileUpload) => (upload.size === 0 ? 0 : upload.sent / upload.size) / 2
  const partly =
    sending.reduce((sum, upload) => sum + share(upload), 0) +
    reading.reduce((sum, book) => sum + 0.5 + book.progress / 2, 0)
  const done = total - left
  const now = sending.find(({ state }) => state === 'sending')?.name ?? reading[0]?.title
  return (
    <div className="r">
      <Icon of={FolderInput} />
      <span className="what">{t.importing({ count: total })}</span>
      <Progress value={total === 0 ? 0 : (done + partly) / total} label={t.importing({ count: total })} />
      <span className="num muted">{t.importProgress({ done, total })}</span>
      {now && (
        <span className="muted clip grow no-m">
          {sending.length > 0 ? t.importNow({ name: now }) : t.readingIn({ name: now })}
        </span>
      )}
      <span className="grow only-m" />
      {sending.length > 0 && (
        <Button variant="ghost" size="sm" onClick={cancelUploads}>
          {t.cancel()}
        </Button>
      )}
    </div>
  )
}

function Broken({ upload }: { upload: FileUpload }) {
  return (
    <div className="r">
      <Icon of={TriangleAlert} className="bad" />
      <span className="clip name">{upload.name}</span>
      <span className="bad">{t.uploadFailed()}</span>
      <span className="muted clip grow no-m">{problemText(upload.error)}</span>
      <span className="grow only-m" />
      <Button size="sm" onClick={() => retryUpload(upload.id)}>
        {t.retry()}
      </Button>
      <Button variant="ghost" size="sm" onClick={() => clearUploads(({ id }) => id === upload.id)}>
        {t.leaveOut()}
      </Button>
    </div>
  )
}

function Refused({ book, acts }: { book: Book; acts: BookActs }) {
  return (
    <div className="r">
      <Icon of={TriangleAlert} className="bad" />
      <span className="clip name">{book.filename}</span>
      <span className="bad">{failureText(book.failure?.code ?? '')}</span>
      <span className="muted clip grow no-m">{t.keptNothing()}</span>
      <span className="grow only-m" />
      {book.failure?.retryable && (
        <Button size="sm" onClick={() => void acts.retry(book)}>
          {t.retry()}
        </Button>
      )}
      <Button variant="ghost" size="sm" onClick={() => void acts.trash([book])}>
        {t.leaveOut()}
      </Button>
    </div>
  )
}
