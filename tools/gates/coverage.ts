import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Gate } from '../lib/gate.ts'
import { ROOT } from '../lib/workspaces.ts'

/** SPEC C14: the share of the server's lines that the tests run, in per cent. */
const FLOOR = 85

/** Reads what the run before wrote; so it comes after Vitest. */
export const coverageGate: Gate = {
  name: `coverage of the server's lines is at least ${FLOOR} %`,
  run: async () => {
    const summary = JSON.parse(readFileSync(join(ROOT, 'coverage', 'coverage-summary.json'), 'utf8'))
    const { pct, covered, total }: { pct: number; covered: number; total: number } = summary.total.lines
    if (total === 0) return { ok: false, report: 'no line was counted' }
    const figure = `${pct} %, ${covered} of ${total} lines`
    return pct >= FLOOR ? { ok: true, note: figure } : { ok: false, report: figure }
  },
}
