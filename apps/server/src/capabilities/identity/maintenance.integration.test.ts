import { afterAll, beforeAll, expect, test } from 'vitest'
import { Maintenance } from './maintenance.ts'
import { type Browser, setUp } from './testing/browser.ts'
import { startProgram, type TestProgram } from './testing/program.ts'

let program: TestProgram
let browser: Browser
beforeAll(async () => {
  program = await startProgram()
  browser = (await setUp(program)).browser
})
afterAll(() => program.close())

const DAY = 86_400_000
const count = async (table: string) => (await program.db.sql(`select 1 from stoa.${table}`)).length
const maintain = async (keyRing = { maintain: async () => {} }) => {
  const { clock, log } = program
  await new Maintenance({ database: program.db.database, clock, log, keyRing }).run()
}

test('deletes what has expired and keeps what still has an effect', async () => {
  await browser.post('/api/v1/auth/refresh')
  await browser.post('/api/v1/auth/email-codes', { email: 'ada@example.org' })
  await program.identity.terminalSignInLink({ baseUrl: browser.baseUrl })
  await maintain()
  expect([
    await count('email_challenges'),
    await count('sign_in_links'),
    await count('refresh_tokens'),
  ]).toEqual([1, 1, 2])
  program.clock.advance(2 * DAY)
  await maintain()
  expect([
    await count('email_challenges'),
    await count('sign_in_links'),
    await count('refresh_tokens'),
  ]).toEqual([0, 0, 2])
  program.clock.advance(29 * DAY)
  await maintain()
  expect([await count('refresh_tokens'), await count('user_sessions')]).toEqual([0, 1])
  program.clock.advance(40 * DAY)
  await maintain()
  expect(await count('user_sessions')).toBe(0)
  expect(await count('security_events')).toBeGreaterThan(0)
})

test('a failure is logged and ends nothing', async () => {
  await maintain({
    maintain: async () => {
      throw new Error('the disk is full')
    },
  })
  expect(program.log.lines.at(-1)).toContain('identity_maintenance_failed')
})
