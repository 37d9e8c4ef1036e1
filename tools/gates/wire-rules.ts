import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type Gate, verdictOfFaults } from '../lib/gate.ts'
import { ROOT } from '../lib/workspaces.ts'

/**
 * Where the rules of a SPEC are proven, besides its vectors. Ids such as FORM-1 stand in several SPECs: a test of one package
 * proves nothing of another one's wire.
 */
const HOMES: Readonly<Record<string, readonly string[]>> = {
  aegis: ['packages/records/', 'apps/server/src/capabilities/boards/'],
  locators: ['packages/locators/', 'apps/web/src/reader/'],
  p2pos: ['packages/membership/', 'apps/server/src/platform/peers/'],
  quantum: ['packages/quantum/'],
  realtime: [
    'packages/contracts/src/realtime/',
    'packages/sdk/src/realtime/',
    'apps/cli/src/live/',
    'apps/server/src/capabilities/realtime/',
    'apps/server/src/capabilities/statesync/',
    'apps/server/src/platform/bus/',
    'apps/server/src/roles/gateway/',
    'apps/server/tests/',
  ],
  reconcile: ['packages/reconcile/', 'apps/server/src/capabilities/boards/'],
}

const SPECS = 'contracts/wire/*/SPEC.md'
const TESTS = ['{apps,packages}/*/{src,tests}/**/*.{test,acceptance}.{ts,tsx}', 'contracts/vectors/**/*.json']

const RULE = /^- \*\*([A-Z]+-\d+)\*\*/gm
const ID = /\b[A-Z]+-\d+\b/g
/** `test('…'`, `it.each(…)('…'` and the like, not what is skipped; group 2 is the title. */
const TITLE = /(?:\b(?:test|it|describe)(?:\.(?!skip\b|todo\b)\w+)*|\))\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g
const CASE = /"name":\s*"((?:\\.|[^"\\])*)"/g
const COMMENT = /^\s*(?:\/\/|\/?\*).*$/gm

export interface WireRules {
  /** Text of each SPEC by the name of its folder. */
  readonly specs: ReadonlyMap<string, string>
  /** Text of tests and vectors by their path. */
  readonly tests: ReadonlyMap<string, string>
  readonly homes: Readonly<Record<string, readonly string[]>>
}

/** Rules that no title of a test or name of a vector says, and names of rules that are none. */
export function wireRuleFaults({ specs, tests, homes }: WireRules): readonly string[] {
  const said = [...tests].map(([path, text]) => ({ path, ids: idsIn(path, text) }))
  const numbered = [...specs].map(([spec, text]) => {
    const folders = [`contracts/vectors/${spec}/`, ...(homes[spec] ?? [])]
    const isHome = (path: string) => folders.some((folder) => path.startsWith(folder))
    return { spec, folders, isHome, rules: rulesOf(text), isKnown: homes[spec] !== undefined }
  })
  const faults = numbered.flatMap(({ spec, folders, isHome, rules, isKnown }) => {
    const named = new Set(said.flatMap(({ path, ids }) => (isHome(path) ? [...ids] : [])))
    const ofRules = rules.flatMap((id, at) => {
      if (rules.indexOf(id) < at) return [`${spec} ${id}: numbered twice`]
      return named.has(id) ? [] : [`${spec} ${id}: no test names it, in ${folders.join(', ')}`]
    })
    if (rules.length === 0) ofRules.push(`${spec}: no numbered rule`)
    return isKnown ? ofRules : [`${spec}: the gate does not know where its rules are tested`, ...ofRules]
  })
  const strays = said.flatMap(({ path, ids }) => {
    const rules = new Set(numbered.flatMap((one) => (one.isHome(path) ? one.rules : [])))
    const prefixes = new Set([...rules].map(prefixOf))
    const wrong = [...ids].filter((id) => !rules.has(id) && prefixes.has(prefixOf(id)))
    return wrong.map((id) => `${path}: names ${id}, which is no rule`)
  })
  return [...faults, ...strays]
}

const rulesOf = (text: string) => [...text.matchAll(RULE)].map(([, id = '']) => id)

const prefixOf = (id: string) => id.replace(/-\d+$/, '')

function idsIn(path: string, text: string): ReadonlySet<string> {
  const titles = path.endsWith('.json')
    ? [...text.matchAll(CASE)].map(([, name = '']) => name)
    : [...text.replace(COMMENT, '').matchAll(TITLE)].map(([, , title = '']) => title)
  return new Set(titles.flatMap((title) => title.match(ID) ?? []))
}

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

export const wireRuleGate: Gate = {
  name: 'every rule of the wire SPECs is named by a test',
  run: async () => {
    const specs = new Map(globSync(SPECS, { cwd: ROOT }).map((path) => [basename(dirname(path)), read(path)]))
    const tests = new Map(globSync(TESTS, { cwd: ROOT }).map((path) => [path, read(path)]))
    if (specs.size < Object.keys(HOMES).length) return { ok: false, report: `only ${specs.size} of ${SPECS}` }
    const rules = [...specs.values()].reduce((sum, text) => sum + rulesOf(text).length, 0)
    return verdictOfFaults(wireRuleFaults({ specs, tests, homes: HOMES }), `${rules} rules`)
  },
}
