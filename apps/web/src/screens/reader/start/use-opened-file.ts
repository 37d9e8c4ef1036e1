import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { bookQuery } from '../../../data/books.ts'
import { ApiError, OfflineError } from '../../../data/problem.ts'
import type { OpenedFile } from '../../../offline/files.ts'
import type { Book } from '../../../offline/types.ts'
import { usePlace } from '../../../offline/use-place.ts'

/** Live events tell of progress; this is for when they do not come. */
const POLL_MS = 1500

export type Opening =
  | { readonly status: 'loading'; readonly received: number; readonly total: number }
  | { readonly status: 'processing' | 'failed'; readonly book: Book }
  | { readonly status: 'offline' }
  | { readonly status: 'error'; readonly error: unknown }
  | { readonly status: 'ready'; readonly file: OpenedFile }

type Fetched = Extract<Opening, { status: 'loading' | 'offline' | 'error' | 'ready' }>
const NOTHING: Fetched = { status: 'loading', received: 0, total: 0 }

/** The file of a book, from this device or the server, and what stands in the way of having it. */
export function useOpenedFile(bookId: string): { opening: Opening; retry: () => void } {
  const place = usePlace()
  const [attempt, setAttempt] = useState(0)
  const [fetched, setFetched] = useState<Fetched>(NOTHING)
  const failed = fetched.status === 'error'
  const book = useQuery({
    ...bookQuery(bookId),
    enabled: failed,
    refetchInterval: ({ state }) => (failed && isUnderWay(state.data) ? POLL_MS : false),
  }).data
  const becameReady = failed && book?.state === 'ACTIVE' && isNotReady(fetched.error)

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` opens again
  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    setFetched(NOTHING)
    const onProgress = (received: number, total: number) => {
      if (!signal.aborted) setFetched({ status: 'loading', received, total })
    }
    place.files.open(bookId, { signal, onProgress }).then(
      (file) => signal.aborted || setFetched({ status: 'ready', file }),
      (error: unknown) => signal.aborted || setFetched(outcomeOf(error)),
    )
    return () => controller.abort()
  }, [place, bookId, attempt])

  const retry = useCallback(() => setAttempt((count) => count + 1), [])
  useEffect(() => {
    if (becameReady) retry()
  }, [becameReady, retry])
  useEffect(() => {
    if (fetched.status !== 'offline') return
    addEventListener('online', retry)
    return () => removeEventListener('online', retry)
  }, [fetched.status, retry])

  return { opening: openingOf(fetched, book), retry }
}

function openingOf(fetched: Fetched, book: Book | undefined): Opening {
  if (fetched.status !== 'error' || !book) return fetched
  if (isUnderWay(book)) return { status: 'processing', book }
  return book.state === 'FAILED' ? { status: 'failed', book } : fetched
}

const outcomeOf = (error: unknown): Fetched =>
  error instanceof OfflineError ? { status: 'offline' } : { status: 'error', error }

const isNotReady = (error: unknown): boolean => error instanceof ApiError && error.code === 'book.not_ready'

const isUnderWay = (book: Book | undefined): boolean =>
  book !== undefined && book.state !== 'ACTIVE' && book.state !== 'FAILED'
