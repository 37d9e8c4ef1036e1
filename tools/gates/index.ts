import type { Gate } from '../lib/gate.ts'
import { budgetGate } from './budgets.ts'
import { bundleGate } from './bundle.ts'
import { generatedGates } from './generated.ts'
import { hygieneGates } from './hygiene.ts'
import { knipGate } from './knip.ts'
import { layerGate } from './layers.ts'
import { licenceGate } from './licences.ts'
import { lintGates } from './lint.ts'
import { migrationGate } from './migrations.ts'
import { sourceGate } from './source.ts'
import { typeGates } from './types.ts'
import { wireRuleGate } from './wire-rules.ts'

/** Every gate that needs no test run, the quick and telling ones first. */
export function allGates(): readonly Gate[] {
  return [
    ...typeGates,
    ...lintGates,
    layerGate,
    sourceGate,
    budgetGate,
    ...generatedGates(),
    migrationGate,
    wireRuleGate,
    knipGate,
    ...hygieneGates,
    licenceGate,
    bundleGate,
  ]
}
