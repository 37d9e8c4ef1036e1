import { liveQuery } from 'dexie'
import { useEffect, useRef, useState } from 'react'
import { useIdentity } from '../data/use-session.ts'
import { currentPlace, type OfflinePlace } from './place.ts'

/** The offline place of this account in this organisation. Only below the signed-in frame. */
export function usePlace(): OfflinePlace {
  useIdentity()
  const place = currentPlace()
  if (!place) throw new Error('usePlace is only for screens inside an organisation.')
  return place
}

/**
 * What a query over the offline store gives, now and after every change; `undefined` until the first answer. `about` names
 * what the query depends on, e.g. the book's id: when it changes, the query is asked anew.
 */
export function useLive<T>(query: (about: string) => Promise<T> | T, about: string): T | undefined {
  const [found, setFound] = useState<{ about: string; value: T }>()
  const latest = useRef(query)
  latest.current = query
  useEffect(() => {
    const watched = liveQuery(() => latest.current(about)).subscribe({
      next: (value) => setFound({ about, value }),
      error: (error) => console.error(error),
    })
    return () => watched.unsubscribe()
  }, [about])
  return found?.about === about ? found.value : undefined
}
