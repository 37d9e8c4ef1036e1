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

/** The place of another device that is further on than here, the furthest of them. */
export function furtherPlace<P extends Placed>(
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
