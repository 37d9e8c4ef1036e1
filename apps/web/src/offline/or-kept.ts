import { OfflineError } from '../data/problem.ts'
import { currentPlace } from './place.ts'

/**
 * What the server says, kept on this device; what it said last where it cannot be reached. For answers that are small and
 * worth having without a network.
 * @throws what `ask` throws, when nothing is kept
 */
export async function orKept<Answer>(key: string, ask: () => Promise<Answer>): Promise<Answer> {
  const answers = currentPlace()?.database.answers
  try {
    const value = await ask()
    // A device that keeps nothing (private windows, a full disk) still shows what it was told.
    void answers?.put({ key, value }).catch(() => {})
    return value
  } catch (error) {
    if (!(error instanceof OfflineError)) throw error
    const kept = await answers?.get(key).catch(() => undefined)
    if (!kept) throw error
    return kept.value as Answer
  }
}
