import type { Place } from '../../../offline/types.ts'

/** Closer than this is the same place. */
const SAME = 0.01

type Placed = Pick<Place, 'fraction' | 'device_id' | 'device_name' | 'recorded_at' | 'locator'>

const time = ({ recorded_at }: Placed): number => Date.parse(recorded_at)

/** Where to open: the later of what this device remembers and what the server has. */
export function latestPlace<P extends Placed>(...places: readonly (P | null | undefined)[]): P | undefined {
  return places
    .filter((place): place is P => place != null)
    .reduce<P | undefined>((best, place) => (best && time(best) >= time(place) ? best : place), undefined)
}

/**
 * What to offer beside the place where the book stands: the furthest place of another device that is further on; else, where the
 * book opened at another device's place, where one was on this one. Nothing that is as old as what was decided about already.
 */
export function offeredPlace<P extends Placed>(
  { position, others }: { readonly position: P | null; readonly others: readonly P[] },
  here: { readonly device_id: string; readonly fraction: number },
  decided: string,
): P | undefined {
  const all = position ? [...others, position] : others
  const open = all.filter((place) => decided === '' || time(place) > Date.parse(decided))
  const further = furtherPlace(open, here)
  if (further || !position || position.device_id === here.device_id) return further
  // Older than the place that won, so decided about together with that.
  if (!open.includes(position)) return undefined
  return others.find(
    ({ device_id, fraction }) => device_id === here.device_id && Math.abs(fraction - here.fraction) > SAME,
  )
}

/** The place of another device that is further on than here, the furthest of them. */
function furtherPlace<P extends Placed>(
  places: readonly P[],
  here: { readonly device_id: string; readonly fraction: number },
): P | undefined {
  return places
    .filter((place) => place.device_id !== here.device_id && place.fraction > here.fraction + SAME)
    .reduce<P | undefined>(
      (best, place) => (best && best.fraction >= place.fraction ? best : place),
      undefined,
    )
}
