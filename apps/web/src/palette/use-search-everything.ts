import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useOpenHit } from '../screens/search/use-open-hit.ts'
import { registerSearchProvider } from './providers.ts'
import { searchEverything } from './search-everything.tsx'

/** Plugs the server's search into the palette. Once, beside it. */
export function useSearchEverything(): void {
  const navigate = useNavigate()
  const open = useOpenHit()
  const latest = useRef(open)
  latest.current = open
  useEffect(
    () =>
      registerSearchProvider(
        searchEverything({
          onOpen: (hit) => latest.current(hit),
          onAll: (q) => void navigate({ to: '/search', search: { q } }),
        }),
      ),
    [navigate],
  )
}
