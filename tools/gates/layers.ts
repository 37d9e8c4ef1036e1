import { join } from 'node:path'
import { cruiseLayers, describeViolation } from '../layers/cruise.ts'
import { type Gate, verdictOfFaults } from '../lib/gate.ts'
import { ROOT } from '../lib/workspaces.ts'

/** Far fewer modules than this means that the files were not read: the tool says "no violations" then, too. */
const FEWEST_MODULES = 100

export const layerGate: Gate = {
  name: 'layers: who may import whom',
  run: async () => {
    const { modules, violations } = await cruiseLayers(ROOT, join(ROOT, 'tsconfig.json'))
    if (modules < FEWEST_MODULES) return { ok: false, report: `only ${modules} modules were read` }
    return verdictOfFaults(violations.map(describeViolation), `${modules} modules`)
  },
}
