import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cruise, type ICruiseResult, type IViolation } from 'dependency-cruiser'
import extractTypeScriptConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import { LAYER_RULES } from './rules.ts'

export interface LayerReport {
  modules: number
  violations: readonly IViolation[]
}

/** Folders that hold our own code. */
const FOLDERS = [
  'packages',
  'apps/server',
  'apps/web',
  'apps/cli',
  'apps/site',
  'apps/mobile',
  'bench',
  'tools',
  'conformance',
]

/** Reads every import below `root` and holds it to the rules. */
export async function cruiseLayers(root: string, tsConfigFile: string): Promise<LayerReport> {
  const folders = FOLDERS.filter((folder) => existsSync(join(root, folder)))
  const { output } = await cruise(
    folders,
    {
      baseDir: root,
      validate: true,
      ruleSet: { forbidden: [...LAYER_RULES] },
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: '(^|/)(dist|coverage|paraglide)/' },
    },
    {
      conditionNames: ['import', 'types', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
    },
    { tsConfig: extractTypeScriptConfig(tsConfigFile) },
  )
  const { summary } = output as ICruiseResult
  return { modules: summary.totalCruised, violations: summary.violations }
}

/** `rule: from → to`, with the way of a circle. */
export function describeViolation({ rule, from, to, cycle }: IViolation): string {
  const way = cycle ? cycle.map(({ name }) => name).join(' → ') : to
  return `${rule.name}: ${from} → ${way}`
}
