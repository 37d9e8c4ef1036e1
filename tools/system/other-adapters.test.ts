import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { nothingRan } from '../lib/gate.ts'
import { ROOT } from '../lib/workspaces.ts'
import { CAPABILITY_TESTS, runOnOtherAdapters } from './other-adapters.ts'
import { SYSTEM_PARTS } from './parts.ts'

test('every test that is run again is there', () => {
  expect(CAPABILITY_TESTS.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
})

test('without a server to run on, it says what is missing and runs nothing', async () => {
  const said: string[] = []
  const missing = SYSTEM_PARTS.filter(({ name }) => name === 'Redis')
  const tally = await runOnOtherAdapters(missing, (line) => said.push(line))
  expect(tally).toEqual(nothingRan())
  expect(said).toEqual([expect.stringContaining('Redis missing')])
})
