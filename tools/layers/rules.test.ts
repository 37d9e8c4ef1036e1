import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { cruiseLayers } from './cruise.ts'
import { LAYER_RULES } from './rules.ts'

const SERVER = 'apps/server/src'

/** For each rule a file that breaks it: path → what it imports. */
const PLANTED: Readonly<Record<string, readonly [string, string]>> = {
  'kernel-stands-alone': ['packages/kernel/src/bad.ts', 'packages/contracts/src/good.ts'],
  'kernel-has-no-dependencies': ['packages/kernel/src/bad.ts', 'undici'],
  'contracts-need-the-kernel-only': ['packages/contracts/src/bad.ts', 'packages/sdk/src/good.ts'],
  'engines-need-the-core-only': ['packages/locators/src/bad.ts', 'packages/records/src/good.ts'],
  'engines-are-portable': ['packages/sdk/src/bad.ts', 'node:fs'],
  'sdk-needs-core-and-engines': ['packages/sdk/src/bad.ts', 'packages/testkit/src/good.ts'],
  'libraries-know-no-app': ['packages/locators/src/bad.ts', `${SERVER}/platform/mail/mail.ts`],
  'testkit-is-for-tests': [`${SERVER}/bad.ts`, 'packages/testkit/src/good.ts'],
  'platform-looks-down': [`${SERVER}/platform/mail/bad.ts`, `${SERVER}/capabilities/library/index.ts`],
  'server-uses-core-and-engines': [`${SERVER}/bad.ts`, 'packages/sdk/src/good.ts'],
  'capabilities-meet-at-the-door': [
    `${SERVER}/capabilities/reading/bad.ts`,
    `${SERVER}/capabilities/library/rules.ts`,
  ],
  'capabilities-use-ports': [`${SERVER}/capabilities/reading/bad.ts`, `${SERVER}/platform/mail/smtp/smtp.ts`],
  'capabilities-look-down': [`${SERVER}/capabilities/reading/bad.ts`, `${SERVER}/config/config.ts`],
  'roles-do-not-meet': [`${SERVER}/roles/api/bad.ts`, `${SERVER}/roles/worker/worker.ts`],
  'outside-requests-have-one-door': [`${SERVER}/capabilities/identity/store.ts`, 'undici'],
  'sql-lives-in-stores': [`${SERVER}/capabilities/reading/rules.ts`, 'pg'],
  'clients-know-no-server': ['apps/web/src/bad.ts', `${SERVER}/platform/mail/mail.ts`],
  'apps-do-not-meet': ['apps/cli/src/bad.ts', 'apps/web/src/good.ts'],
  'no-circle': [`${SERVER}/roles/api/one.ts`, `${SERVER}/roles/api/two.ts`],
  'imports-resolve': ['apps/cli/src/bad.ts', './nowhere.ts'],
  'dependencies-are-declared': ['apps/cli/src/bad.ts', 'left-pad'],
  'development-stays-home': ['apps/cli/src/bad.ts', 'vitest'],
}

/** What the faults point at; nothing here breaks a rule, though some of it comes close. */
const SOUND: Readonly<Record<string, readonly string[]>> = {
  'packages/kernel/src/good.ts': [],
  'packages/contracts/src/good.ts': ['packages/kernel/src/good.ts'],
  'packages/records/src/good.ts': ['packages/contracts/src/good.ts'],
  'packages/locators/src/good.ts': ['packages/kernel/src/good.ts'],
  'packages/locators/src/good.test.ts': ['node:fs', 'packages/testkit/src/good.ts'],
  'packages/quantum/src/node/socket.ts': ['node:dgram'],
  'packages/sdk/src/good.ts': ['packages/records/src/good.ts'],
  'packages/testkit/src/good.ts': ['node:fs', `${SERVER}/roles/worker/worker.ts`],
  [`${SERVER}/config/config.ts`]: ['node:path'],
  [`${SERVER}/platform/mail/mail.ts`]: [],
  [`${SERVER}/platform/mail/smtp/smtp.ts`]: [`${SERVER}/platform/mail/mail.ts`],
  [`${SERVER}/platform/outbound/outbound.ts`]: ['undici'],
  [`${SERVER}/capabilities/library/rules.ts`]: [],
  [`${SERVER}/capabilities/library/store.ts`]: ['pg', `${SERVER}/platform/mail/mail.ts`],
  [`${SERVER}/capabilities/library/index.ts`]: [
    `${SERVER}/capabilities/library/rules.ts`,
    `${SERVER}/capabilities/library/store.ts`,
  ],
  [`${SERVER}/capabilities/search/good.ts`]: [`${SERVER}/capabilities/library/index.ts`],
  [`${SERVER}/roles/worker/worker.ts`]: [`${SERVER}/capabilities/library/index.ts`],
  [`${SERVER}/roles/api/two.ts`]: [`${SERVER}/roles/api/one.ts`],
  [`${SERVER}/roles/api/one.ts`]: [],
  'apps/web/src/good.ts': ['packages/sdk/src/good.ts'],
}

const roots: string[] = []

afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true })
})

function write(root: string, path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}

function source(imports: readonly string[], path: string): string {
  const up = '../'.repeat(path.split('/').length - 1)
  const lines = imports.map((name, i) => {
    const specifier = /^(apps|packages)\//.test(name) ? `${up}${name}` : name
    return `import * as part${i} from '${specifier}'\nconsole.log(part${i})`
  })
  return [...lines, 'export const here = true', ''].join('\n')
}

function plant(faults: Readonly<Record<string, readonly string[]>>): string {
  const root = mkdtempSync(join(tmpdir(), 'stoa-layers-'))
  roots.push(root)
  const manifest = { dependencies: { undici: '*', pg: '*' }, devDependencies: { vitest: '*' } }
  write(root, 'package.json', JSON.stringify(manifest))
  write(
    root,
    'tsconfig.json',
    '{ "compilerOptions": { "module": "nodenext", "allowImportingTsExtensions": true } }',
  )
  for (const name of ['undici', 'pg', 'vitest', 'left-pad']) {
    write(root, `node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }))
    write(root, `node_modules/${name}/index.js`, 'module.exports = {}\n')
  }
  for (const [path, imports] of Object.entries({ ...SOUND, ...faults }))
    write(root, path, source(imports, path))
  return root
}

async function brokenRules(root: string): Promise<Set<string>> {
  const { violations } = await cruiseLayers(root, join(root, 'tsconfig.json'))
  return new Set(violations.map(({ rule }) => rule.name))
}

test('a sound tree breaks no rule, and all of it is read', async () => {
  const root = plant({})
  const { modules, violations } = await cruiseLayers(root, join(root, 'tsconfig.json'))
  expect(violations).toEqual([])
  expect(modules).toBeGreaterThan(Object.keys(SOUND).length)
})

test('every rule has a planted fault', () => {
  expect(Object.keys(PLANTED).sort()).toEqual(LAYER_RULES.map(({ name }) => name).sort())
})

test.each(Object.entries(PLANTED))('%s can fail', async (rule, [path, imported]) => {
  expect(await brokenRules(plant({ [path]: [imported] }))).toContain(rule)
})
