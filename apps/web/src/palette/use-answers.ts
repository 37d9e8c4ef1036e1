import { useEffect, useState } from 'react'
import type { Answer, SearchProvider } from './providers.ts'

const PAUSE_MS = 120

export type Answers =
  | { status: 'idle' }
  | { status: 'searching'; last: readonly Answer[] }
  | { status: 'done'; last: readonly Answer[]; failed: boolean }

/** Asks all providers after a pause in typing; answers to an older query are dropped. */
export function useAnswers(providers: readonly SearchProvider[], query: string, round: number): Answers {
  const [answers, setAnswers] = useState<Answers>({ status: 'idle' })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks again
  useEffect(() => {
    if (query === '' || providers.length === 0) {
      setAnswers({ status: 'idle' })
      return
    }
    const abort = new AbortController()
    setAnswers((before) => ({ status: 'searching', last: before.status === 'idle' ? [] : before.last }))
    const timer = setTimeout(async () => {
      const settled = await Promise.allSettled(
        providers.map((provider) => provider.search(query, abort.signal)),
      )
      if (abort.signal.aborted) return
      const last = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
      setAnswers({ status: 'done', last, failed: settled.some(({ status }) => status === 'rejected') })
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [providers, query, round])
  return answers
}
