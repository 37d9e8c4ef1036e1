import { type Gate, verdictOfFaults } from '../lib/gate.ts'
import { ROOT } from '../lib/workspaces.ts'
import { scanSources } from '../source-rules/scan.ts'

/** Fewer files than this means that the tool looked in the wrong place. */
const FEWEST_FILES = 100

export const sourceGate: Gate = {
  name: 'source rules: environment, time, chance, SQL, requests',
  run: async () => {
    const { files, faults } = await scanSources(ROOT)
    if (files < FEWEST_FILES) return { ok: false, report: `only ${files} files were read` }
    return verdictOfFaults(
      faults.map(({ text }) => text),
      `${files} files`,
    )
  },
}
