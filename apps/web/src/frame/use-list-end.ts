import { type RefObject, useEffect, useRef } from 'react'

/** How far below the window the end of a list is when more is asked for. */
const AHEAD = '600px'

/** Calls `reach` when the end of a list comes near, as long as more is wanted. Set what it gives on an element below the last item. */
export function useListEnd(wanted: boolean, reach: () => unknown): RefObject<HTMLDivElement | null> {
  const end = useRef<HTMLDivElement>(null)
  const latest = useRef(reach)
  latest.current = reach
  useEffect(() => {
    if (!end.current || !wanted) return
    const watch = new IntersectionObserver(
      (seen) => seen.some((one) => one.isIntersecting) && latest.current(),
      {
        rootMargin: AHEAD,
      },
    )
    watch.observe(end.current)
    return () => watch.disconnect()
  }, [wanted])
  return end
}
