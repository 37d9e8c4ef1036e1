/** How much of what a device says counts as reading. Times in Unix milliseconds. */

/** A beat further ahead than this comes from a wrong clock. */
const TOLERATED_AHEAD_MS = 5 * 60_000
/** A page looked at for longer without a sign of life was left lying open. */
export const MAX_BEAT_SECONDS = 900

export interface Beat {
  readonly sequence: number
  readonly at: number
  readonly activeSeconds: number
}

export interface SessionState {
  readonly lastBeatAt: number
  readonly lastSequence: number
  readonly ended: boolean
}

export type BeatVerdict =
  | { readonly kind: 'counted'; readonly seconds: number; readonly at: number }
  /** It was counted before: the answer to a repeated request. */
  | { readonly kind: 'repeated' }
  | { readonly kind: 'refused'; readonly reason: 'ended' | 'in_future' }

/** Active time never exceeds the time that passed since the beat before, whatever the device claims. */
export function judgeBeat(session: SessionState, beat: Beat, now: number): BeatVerdict {
  if (beat.sequence <= session.lastSequence) return { kind: 'repeated' }
  if (session.ended) return { kind: 'refused', reason: 'ended' }
  if (beat.at > now + TOLERATED_AHEAD_MS) return { kind: 'refused', reason: 'in_future' }
  const passed = Math.max(0, (beat.at - session.lastBeatAt) / 1000)
  const seconds = Math.min(beat.activeSeconds, passed, MAX_BEAT_SECONDS)
  return { kind: 'counted', seconds, at: Math.max(beat.at, session.lastBeatAt) }
}

/** When a place was taken: never later than now, or a device with a fast clock would win for ever. */
export function recordedAt(claimed: number, now: number): number {
  return Math.min(claimed, now)
}
