import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api, ok } from '../../../data/api.ts'
import type { OfflinePlace } from '../../../offline/place.ts'
import type { Place } from '../../../offline/types.ts'
import { useLive } from '../../../offline/use-place.ts'
import type { Location } from '../../../reader/engine/index.ts'
import { useReader } from '../reader-store.ts'
import { thisDevice } from './device.ts'
import { latestPlace, offeredPlace } from './start-place.ts'
import { toWire } from './wire-locator.ts'

/** So long a place is kept before it is written: leafing writes once. */
const SETTLE_MS = 1200
/** The book does not wait longer for what other devices say. */
const PATIENCE_MS = 1500

const askServer = (bookId: string, signal?: AbortSignal) =>
  ok(
    api.GET('/api/v1/books/{book_id}/position', {
      params: { path: { book_id: bookId } },
      ...(signal && { signal }),
    }),
  )

/** The later of the place on this device and the one the server has; without the server, the one here. */
export async function placeToStart(place: OfflinePlace, bookId: string): Promise<Place | undefined> {
  const server = askServer(bookId, AbortSignal.timeout(PATIENCE_MS)).catch(() => undefined)
  const [kept, state] = await Promise.all([place.position(bookId), server])
  return latestPlace(kept, state?.position as Place | null | undefined)
}

/** Writes down where one is, a moment after every move and at once when the page is left. */
export function useKeepPosition(): void {
  const { view, place, book, store } = useReader()
  useEffect(() => {
    let waiting: Place | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const keep = () => {
      clearTimeout(timer)
      if (!waiting) return
      const kept = waiting
      waiting = undefined
      void place.keepPosition(book.id, kept)
    }
    const off = view.on('relocate', (location) => {
      if (location.reason === 'layout') return
      // A link shows a passage; the place where one stopped stays until one reads on from there.
      if (location.reason === 'jump' && store.getState().visiting) return
      store.setState({ visiting: false })
      waiting = placeOf(location)
      clearTimeout(timer)
      timer = setTimeout(keep, SETTLE_MS)
    })
    const hidden = () => document.visibilityState === 'hidden' && keep()
    addEventListener('pagehide', keep)
    document.addEventListener('visibilitychange', hidden)
    return () => {
      off()
      keep()
      removeEventListener('pagehide', keep)
      document.removeEventListener('visibilitychange', hidden)
    }
  }, [view, place, store, book.id])
}

function placeOf(location: Location): Place {
  const label = location.tocItem?.label.trim().slice(0, 200)
  return {
    locator: toWire(location.locator),
    fraction: Math.min(1, location.fraction),
    ...(label && { label }),
    ...thisDevice(),
    recorded_at: new Date().toISOString(),
  }
}

export interface Offer {
  readonly place: Place
  /** On which device somebody is, or was when that was the last. */
  readonly device: string
  /** Of this device: the book stands at the later place of another one. */
  readonly own: boolean
  /** It was taken or not: neither it nor what is as old is offered again. */
  decide(): void
}

/** Another place than where the book stands, told by the server now and whenever that changes. */
export function useOffer(fraction: number | undefined): Offer | undefined {
  const { book, place } = useReader()
  const decided = useLive((bookId) => place.decided(bookId), book.id)
  const { data } = useQuery({
    queryKey: ['books', book.id, 'position'],
    queryFn: ({ signal }) => askServer(book.id, signal),
  })
  if (!data || fraction === undefined || decided === undefined) return undefined
  const { device_id } = thisDevice()
  const position = data.position as Place | null
  const others = data.others as Place[]
  const offered = offeredPlace({ position, others }, { device_id, fraction }, decided)
  if (!offered) return undefined
  const own = offered.device_id === device_id
  const latest = latestPlace(position, ...others)
  return {
    place: offered,
    device: (own && position ? position : offered).device_name,
    own,
    decide: () => void (latest && place.decide(book.id, latest.recorded_at)),
  }
}
