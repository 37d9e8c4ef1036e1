import { useState } from 'react'

/**
 * The one-time token of a link, from `?token=` or after `#`, which browsers never send to a server. It is taken out of the
 * address so that it does not stay in the history or on a shared screen.
 */
export function takeToken(place: Location, replace: (path: string) => void): string | undefined {
  const token = new URLSearchParams(place.search).get('token') ?? place.hash.slice(1).replace(/^token=/, '')
  if (token === '') return undefined
  replace(place.pathname)
  return decodeURIComponent(token)
}

/** The token of this page's link, taken once. */
export function useToken(): string | undefined {
  const [token] = useState(() =>
    takeToken(location, (path) =>
      history.replaceState(history.state, '', path + withoutToken(location.search)),
    ),
  )
  return token
}

function withoutToken(search: string): string {
  const rest = new URLSearchParams(search)
  rest.delete('token')
  return rest.size === 0 ? '' : `?${rest}`
}
