import { useSyncExternalStore } from 'react'

/** Under 700 px: a phone. */
export const PHONE = '(max-width: 699px)'
/** Under 1100 px: one column beside the rail. */
export const NARROW = '(max-width: 1099px)'

/** Whether a media query holds now. Prefer CSS; this is for what CSS cannot decide, such as where a menu opens. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = matchMedia(query)
      media.addEventListener('change', changed)
      return () => media.removeEventListener('change', changed)
    },
    () => matchMedia(query).matches,
  )
}
