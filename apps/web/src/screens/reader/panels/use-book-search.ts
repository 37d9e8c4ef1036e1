import { useEffect, useState } from 'react'
import type { SearchHit } from '../../../reader/engine/index.ts'
import { useReader } from '../reader-store.ts'

export const MOST_HITS = 500
const TYPING_MS = 250
/** Hits come by the hundred: the list is drawn at most this often. */
const DRAW_MS = 120

/** Searches the open book while one types; hits stream in from its beginning. Outlines are taken away at the end. */
export function useBookSearch(query: string): { hits: readonly SearchHit[]; searching: boolean } {
  const { view } = useReader()
  const [hits, setHits] = useState<readonly SearchHit[]>([])
  const [searching, setSearching] = useState(false)
  useEffect(() => {
    const words = query.trim()
    setHits([])
    view.setMarks([])
    setSearching(words !== '')
    if (words === '') return
    const controller = new AbortController()
    const { signal } = controller
    const search = async () => {
      const found: SearchHit[] = []
      let drawn = 0
      for await (const hit of view.search(words, { signal, limit: MOST_HITS })) {
        found.push(hit)
        if (performance.now() - drawn < DRAW_MS) continue
        drawn = performance.now()
        setHits([...found])
      }
      if (signal.aborted) return
      setHits(found)
      setSearching(false)
    }
    const timer = setTimeout(() => search().catch(() => setSearching(false)), TYPING_MS)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [view, query])
  useEffect(() => () => view.setMarks([]), [view])
  return { hits, searching }
}

export interface HitGroup {
  readonly label: string | undefined
  /** Place of the first hit in the whole list. */
  readonly from: number
  readonly hits: readonly SearchHit[]
}

/** Neighbouring hits of one chapter together. */
export function groupHits(hits: readonly SearchHit[]): HitGroup[] {
  const groups: { label: string | undefined; from: number; hits: SearchHit[] }[] = []
  for (const [index, hit] of hits.entries()) {
    const last = groups.at(-1)
    if (last && last.label === hit.tocLabel) last.hits.push(hit)
    else groups.push({ label: hit.tocLabel, from: index, hits: [hit] })
  }
  return groups
}
