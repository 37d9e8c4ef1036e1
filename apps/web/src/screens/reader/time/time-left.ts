/** Characters a minute before anything is known of a reader: about 230 English words, 420 Han characters. */
export const USUAL_SPEED = { latin: 1300, han: 420 } as const
export type Script = keyof typeof USUAL_SPEED

/** A page looked at for less was leafed through, for longer left lying. Milliseconds. */
const READ_MS = { least: 4000, most: 240_000 } as const
/** Nobody reads faster or slower than this; what is beyond was something else. */
const RANGE = { latin: [300, 4500], han: [100, 1600] } as const
/** How much one page counts for the speed. */
const WEIGHT = 0.15

export const scriptOf = (language: string | null | undefined): Script =>
  /^(?:zh|ja|ko|yue|lzh)\b/i.test(language ?? '') ? 'han' : 'latin'

/** Seconds to read a share of a book. `length` in characters; undefined when the length is not known. */
export function secondsFor(share: number, length: number, speed: number): number | undefined {
  if (!(length > 0) || !(speed > 0) || share < 0) return undefined
  return ((share * length) / speed) * 60
}

/** The speed after one more page: `characters` read in `milliseconds`. Leafing and pauses change nothing. */
export function learnSpeed(speed: number, script: Script, characters: number, milliseconds: number): number {
  if (milliseconds < READ_MS.least || milliseconds > READ_MS.most || characters <= 0) return speed
  const seen = (characters / milliseconds) * 60_000
  const [least, most] = RANGE[script]
  if (seen < least || seen > most) return speed
  return speed + WEIGHT * (seen - speed)
}
