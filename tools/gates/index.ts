import type { Gate } from '../lib/gate.ts'
import { generatedGates } from './generated.ts'
import { layerGate } from './layers.ts'
import { lintGates } from './lint.ts'
import { sourceGate } from './source.ts'
import { typeGates } from './types.ts'

/** Every gate, the quick and telling ones first. */
export function allGates(): readonly Gate[] {
  return [...typeGates, ...lintGates, layerGate, sourceGate, ...generatedGates()]
}
