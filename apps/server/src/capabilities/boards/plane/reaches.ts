import { MAX_SKEW_MS } from '@stoa/records'
import type { RecordShelf } from './ports.ts'
import type { ReachWord } from './wire.ts'

/** Takes what others say of the reach of boards; what is dated ahead waits until it is said again (REACH-1). */
export async function learnReaches(
  records: RecordShelf,
  words: readonly ReachWord[],
  now: number,
): Promise<void> {
  const timely = words.filter(({ at }) => at <= now + MAX_SKEW_MS)
  if (timely.length > 0) await records.learnReaches(timely)
}
