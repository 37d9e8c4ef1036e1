import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { ROOT } from '../lib/workspaces.ts'
import { scanSources } from './scan.ts'

const RULES = 'apps/server/src/capabilities/library/rules.ts'

/** rule, file that breaks it, how; then a place where the same text is allowed. */
const CASES: readonly (readonly [string, string, string, string])[] = [
  ['environment-is-read-in-config', RULES, 'process.env.HOME', 'apps/server/src/config/environment.ts'],
  ['environment-is-read-in-config', RULES, 'process["env"]', 'apps/server/src/config/environment.ts'],
  ['environment-is-read-in-config', 'packages/sdk/src/a.ts', 'const { HOME } = process.env', 'tools/a.ts'],
  ['time-is-an-argument', 'packages/locators/src/a.ts', 'Date.now()', 'packages/kernel/src/clock.ts'],
  ['time-is-an-argument', RULES, 'new Date()', 'apps/server/src/main.ts'],
  ['time-is-an-argument', 'packages/quantum/src/a.ts', 'setTimeout(send, 5)', 'packages/sdk/src/a.ts'],
  ['chance-is-an-argument', RULES, 'Math.random()', 'packages/kernel/src/random.ts'],
  ['chance-is-an-argument', 'packages/records/src/a.ts', 'crypto.randomUUID()', 'tools/a.ts'],
  ['sql-lives-in-stores', RULES, 'sql`select 1`', 'apps/server/src/capabilities/library/store.ts'],
  ['sql-lives-in-stores', RULES, 'sql<{ n: number }>`select 1`', 'apps/server/src/platform/database/a.ts'],
  ['sql-lives-in-stores', RULES, 'sql.raw(text)', 'apps/server/src/capabilities/library/store-shelves.ts'],
  [
    'requests-go-through-outbound',
    RULES,
    'await fetch(url)',
    'apps/server/src/platform/outbound/outbound.ts',
  ],
  [
    'requests-go-through-outbound',
    RULES,
    'https.request(url)',
    'apps/server/src/platform/outbound/outbound.ts',
  ],
  [
    'requests-go-through-outbound',
    RULES,
    'globalThis.fetch',
    'apps/server/src/platform/outbound/outbound.ts',
  ],
]

const roots: string[] = []

afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true })
})

/** A tree with the rules and one file. */
function plant(path: string, source: string): string {
  const root = mkdtempSync(join(tmpdir(), 'stoa-source-'))
  roots.push(root)
  cpSync(join(ROOT, 'sgconfig.yml'), join(root, 'sgconfig.yml'))
  cpSync(join(ROOT, 'tools/source-rules'), join(root, 'tools/source-rules'), {
    recursive: true,
    filter: (file) => !file.endsWith('.ts'),
  })
  mkdirSync(join(root, dirname(path)), { recursive: true })
  writeFileSync(join(root, path), `${source}\n`)
  return root
}

test.each(CASES)('%s refuses, in %s: %s', async (rule, path, source) => {
  const { faults } = await scanSources(plant(path, source))
  expect(faults.map((fault) => fault.rule)).toEqual([rule])
})

test.each(CASES)('%s allows elsewhere what it refuses in %s: %s', async (_rule, _path, source, allowed) => {
  expect(await scanSources(plant(allowed, source))).toEqual({ files: 1, faults: [] })
})

test('every rule has a case', () => {
  const files = globSync('tools/source-rules/*.yml', { cwd: ROOT })
  const ids = files.map((file) => parse(readFileSync(join(ROOT, file), 'utf8')).id as string)
  expect([...new Set(CASES.map(([rule]) => rule))].sort()).toEqual(ids.sort())
})
