import type { Gate } from '../lib/gate.ts'
import type { SystemPart } from './parts.ts'

/** One gate for each missing part: where CI runs it is a failure, on a person's machine its tests are skipped. */
export function partsVerdict(missing: readonly SystemPart[], strict: boolean): readonly Gate[] {
  return missing.map(({ name, packages, wantedBy }) => {
    const text = `not installed (${packages.join(' ')}): no ${wantedBy}`
    return { name, run: async () => (strict ? { ok: false, report: text } : { skipped: text }) }
  })
}
