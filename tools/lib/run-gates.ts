import { type Gate, nothingRan, type Tally, type Verdict } from './gate.ts'

const SHOWN_LINES = 60

/** Runs gates, `width` at a time, in order; prints one line for each, and what to mend below those that failed. */
export async function runGates(
  gates: readonly Gate[],
  print: (line: string) => void,
  width = 2,
): Promise<Tally> {
  const tally = nothingRan()
  const waiting = [...gates]
  const worker = async () => {
    for (let gate = waiting.shift(); gate; gate = waiting.shift()) {
      const started = performance.now()
      const verdict = await gate
        .run()
        .catch((error: unknown): Verdict => ({ ok: false, report: describe(error) }))
      count(tally, gate.name, verdict)
      print(lineOf(gate.name, verdict, performance.now() - started))
    }
  }
  await Promise.all(Array.from({ length: width }, worker))
  return tally
}

function count(tally: Tally, name: string, verdict: Verdict): void {
  if ('skipped' in verdict) tally.skipped++
  else if (verdict.ok) tally.passed++
  else {
    tally.failed++
    tally.faults.push(name)
  }
}

function lineOf(name: string, verdict: Verdict, milliseconds: number): string {
  const time = `${(milliseconds / 1000).toFixed(1)} s`
  if ('skipped' in verdict) return ` ↓ ${name}: ${verdict.skipped}`
  if (verdict.ok) return ` ✓ ${name}${verdict.note ? ` (${verdict.note})` : ''} ${time}`
  return ` ✗ ${name} ${time}\n${indent(verdict.report)}`
}

function indent(report: string): string {
  const lines = report.split('\n')
  const shown = lines.slice(0, SHOWN_LINES)
  if (lines.length > SHOWN_LINES) shown.push(`… and ${lines.length - SHOWN_LINES} lines more`)
  return shown.map((line) => `     ${line}`).join('\n')
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
