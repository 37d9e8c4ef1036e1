import type { Figure } from '../../tools/bench/row.ts'
import type { Losses } from './cells.ts'

/** A part of the benchmark that gives figures of its own. */
export interface Part {
  name: string
  /** How long it takes, about. */
  seconds: number
  measure(): Promise<Figure[]>
}

/**
 * One part after the other; one that fails is counted, and takes no figure of the others with it.
 * @throws Error when none gave a figure
 */
export async function runParts(
  parts: readonly Part[],
  losses: Losses,
  log: (line: string) => void,
  now: () => number = () => performance.now(),
): Promise<Figure[]> {
  const figures: Figure[] = []
  const startedMs = now()
  let expected = 0
  let left = parts.reduce((sum, { seconds }) => sum + seconds, 0)
  for (const { name, seconds, measure } of parts) {
    try {
      figures.push(...(await measure()))
    } catch (error) {
      losses.failed++
      log(`FAILED ${name}: ${error instanceof Error ? error.message : error}`)
    }
    expected += seconds
    left -= seconds
    const pace = (now() - startedMs) / 1000 / expected
    log(`${name}: done; about ${Math.ceil((left * pace) / 60)} min left`)
  }
  if (figures.length === 0 && parts.length > 0) throw new Error('every part failed')
  return figures
}
