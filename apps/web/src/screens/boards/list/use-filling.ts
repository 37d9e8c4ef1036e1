import { type RefObject, useEffect, useRef } from 'react'

interface Pages {
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly fetchNextPage: () => unknown
}

/** Asks for the next page when the end of the list comes near: set what it gives on an element below the last item. */
export function useFilling({
  hasNextPage,
  isFetchingNextPage,
  fetchNextPage,
}: Pages): RefObject<HTMLDivElement | null> {
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!end.current || !hasNextPage || isFetchingNextPage) return
    const watch = new IntersectionObserver(
      (seen) => seen.some((one) => one.isIntersecting) && fetchNextPage(),
      {
        rootMargin: '600px',
      },
    )
    watch.observe(end.current)
    return () => watch.disconnect()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  return end
}
