import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser } from './testing/browser.ts'
import { startGithub, type TestGithub } from './testing/github.ts'
import { localOutbound } from './testing/oidc-issuer.ts'
import { startProgram, type TestProgram } from './testing/program.ts'

let github: TestGithub
let program: TestProgram
const outbound = localOutbound()
beforeAll(async () => {
  github = await startGithub()
  const settings = { providers: [github.settings], allowSignUp: true }
  program = await startProgram({ settings, outbound })
})
afterAll(async () => {
  await program.close()
  await github.close()
  await outbound.stop()
})

async function travel(tamper: (url: URL) => void = () => {}) {
  const browser = new Browser(program.app)
  const started = await browser.get('/api/v1/auth/providers/github/start')
  const back = github.authorize(String(started.headers.location))
  tamper(back)
  const answer = await browser.get(`${back.pathname}${back.search}`)
  return { browser, to: String(answer.headers.location) }
}
const account = async (browser: Browser) => (await browser.post('/api/v1/auth/refresh')).body.account

test('the primary verified address counts, and no other', async () => {
  github.user = {
    ...{ id: 101, login: 'grace', name: 'Grace' },
    emails: [
      { email: 'old@example.org', primary: false, verified: true },
      { email: 'Grace@Example.org', primary: true, verified: true },
    ],
  }
  const { browser, to } = await travel()
  expect(to).toBe('/')
  expect(await account(browser)).toMatchObject({ display_name: 'Grace', email: 'grace@example.org' })
  github.user = {
    id: 102,
    login: 'heidi',
    name: null,
    emails: [{ email: 'h@example.org', primary: true, verified: false }],
  }
  expect(await account((await travel()).browser)).toMatchObject({ display_name: 'heidi', email: null })
})

test('the number is the person: a login that changes hands opens nothing', async () => {
  github.user = { id: 201, login: 'ivan', name: null, emails: [] }
  const first = await account((await travel()).browser)
  github.user = { id: 202, login: 'ivan', name: null, emails: [] }
  expect((await account((await travel()).browser)).id).not.toBe(first.id)
  github.user = { id: 201, login: 'ivan-renamed', name: null, emails: [] }
  const { browser } = await travel()
  expect((await account(browser)).id).toBe(first.id)
})

test('an error in an answer with status 200 is an error, and the log says which', async () => {
  const { to } = await travel((url) => url.searchParams.set('code', 'forged'))
  expect(to).toBe('/sign-in?error=provider.failed')
  const line = program.log.lines.find((one) => one.includes('provider_failed'))
  expect(line).toContain('bad_verification_code')
  expect(program.log.lines.join('\n')).not.toMatch(/must-never-be-logged|gho_test/)
})
