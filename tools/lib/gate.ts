/** What a gate found: `note` is a figure worth showing, `report` is what to mend. */
export type Verdict = { ok: true; note?: string } | { ok: false; report: string } | { skipped: string }

/** One check of the whole repository, counted as one test. */
export interface Gate {
  name: string
  run(): Promise<Verdict>
}

export interface Tally {
  passed: number
  failed: number
  skipped: number
  /** What failed, a line or a few each: where, and why. */
  faults: string[]
}

export const nothingRan = (): Tally => ({ passed: 0, failed: 0, skipped: 0, faults: [] })

export function addTallies(...tallies: readonly Tally[]): Tally {
  const sum = nothingRan()
  for (const tally of tallies) {
    sum.passed += tally.passed
    sum.failed += tally.failed
    sum.skipped += tally.skipped
    sum.faults.push(...tally.faults)
  }
  return sum
}

/** The last line is the sum; above it stands once more what failed, which else is thousands of lines away. */
export function formatTally({ passed, failed, skipped, faults }: Tally): string {
  return [
    ...faults.map((fault) => ` ✗ ${fault}`),
    `${passed} passed, ${failed} failed, ${skipped} skipped`,
  ].join('\n')
}

/** Turns a tool's exit status into a verdict. */
export function verdictOf({ code, output }: { code: number; output: string }, note?: string): Verdict {
  return code === 0
    ? { ok: true, ...(note === undefined ? {} : { note }) }
    : { ok: false, report: output.trim() }
}

/** A verdict from a list of faults, none being good. */
export function verdictOfFaults(faults: readonly string[], note?: string): Verdict {
  if (faults.length === 0) return { ok: true, ...(note === undefined ? {} : { note }) }
  return { ok: false, report: faults.join('\n') }
}
