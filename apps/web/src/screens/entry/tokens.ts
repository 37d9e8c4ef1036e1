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
