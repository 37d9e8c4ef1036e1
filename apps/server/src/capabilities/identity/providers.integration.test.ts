import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createOutbound } from '../../platform/outbound/create-outbound.ts'
import { type Answer, Browser, setUp } from './testing/browser.ts'
import { localOutbound, startIssuer, type TestIssuer } from './testing/oidc-issuer.ts'
import { startProgram, type TestProgram } from './testing/program.ts'

const BASE = 'http://localhost:4040'
const CALLBACK = `${BASE}/api/v1/auth/providers/school/callback`
const MINUTE = 60_000

let issuer: TestIssuer
let program: TestProgram
let open: TestProgram
let owner: Browser
const outbound = localOutbound()
beforeAll(async () => {
  issuer = await startIssuer([CALLBACK, `${BASE}/api/v1/auth/providers/other/callback`])
  const settings = { providers: [issuer.settings('school'), issuer.settings('other')] }
  program = await startProgram({ settings, outbound })
  open = await startProgram({
    besides: program,
    settings: { ...settings, allowSignUp: true },
    outbound,
  })
  owner = (await setUp(program)).browser
})
afterAll(async () => {
  await open.close()
  await program.close()
  await issuer.close()
  await outbound.stop()
})
beforeEach(() => {
  issuer.user = { sub: 'nobody' }
})

const location = (answer: Answer): string => String(answer.headers.location)
const start = (browser: Browser, query = '') => browser.get(`/api/v1/auth/providers/school/start${query}`)

/** From our page to the issuer and back; what our callback answers. `tamper` changes the way back. */
async function travel(browser: Browser, query = '', tamper: (url: URL) => void = () => {}) {
  const started = await start(browser, query)
  expect([started.status, location(started)]).toEqual([302, expect.stringContaining(issuer.url)])
  const back = await issuer.visit(location(started))
  tamper(back)
  const answer = await browser.get(`${back.pathname}${back.search}`, { 'sec-fetch-site': 'cross-site' })
  expect(answer.status).toBe(302)
  return { answer, back, to: location(answer) }
}
const accounts = async () => (await program.db.sql('select id from stoa.accounts')).length
const identities = (browser: Browser) =>
  browser.get('/api/v1/account/identities').then(({ body }) => body.items)

async function codeFor(email: string, browser: Browser, of = program) {
  program.clock.advance(61 * MINUTE)
  const { body } = await browser.post('/api/v1/auth/email-codes', { email })
  await of.identity.mailIdle()
  const code = /\b\d{6}\b/.exec(of.mails.to(email).at(-1)?.subject ?? '')?.[0]
  return { challenge_id: body.challenge_id, code }
}
/** A new session of the owner, proved just now. */
async function freshOwner() {
  const browser = new Browser(program.app)
  const { url } = await program.identity.terminalSignInLink({ baseUrl: BASE })
  await browser.post('/api/v1/auth/links/redeem', { token: url.split('#token=')[1] })
  return browser
}

test('the providers are told to the sign-in page; an unknown one is not there', async () => {
  const { body } = await owner.get('/api/v1/setup')
  expect(body.providers).toContainEqual({ id: 'school', name: 'School' })
  expect(JSON.stringify(body)).not.toContain('secret')
  expect((await owner.get('/api/v1/auth/providers/nowhere/start')).status).toBe(404)
})

describe('linking', () => {
  test('a fresh session links an identity, which then signs in', async () => {
    issuer.user = { sub: 'ada-at-school', email: 'ada@school.example', email_verified: true, name: 'Ada L.' }
    const browser = await freshOwner()
    const linked = await travel(browser, '?link=true&return_to=/settings/account')
    expect(linked.to).toBe('/settings/account')
    expect(await identities(browser)).toMatchObject([
      { kind: 'email', label: 'ada@example.org' },
      { kind: 'provider', provider: 'school', label: 'ada@school.example' },
    ])
    const elsewhere = new Browser(program.app)
    const signedIn = await travel(elsewhere, '?return_to=/library')
    expect(signedIn.to).toBe('/library')
    const session = await elsewhere.post('/api/v1/auth/refresh')
    expect(session.body.account.display_name).toBe('Ada')
    const events = await program.db.sql(
      `select details from stoa.security_events where action = 'identity.linked'`,
    )
    expect(events).toEqual([{ details: { provider: 'school', issuer: issuer.url } }])
  })

  test('needs a session, and one proved five minutes ago at most', async () => {
    const nobody = await start(new Browser(program.app), '?link=true')
    expect(location(nobody)).toBe('/sign-in?error=session.missing')
    const browser = await freshOwner()
    program.clock.advance(5 * MINUTE + 1)
    expect(location(await start(browser, '?link=true'))).toBe('/sign-in?error=reauthentication.required')
  })

  test('is taken back by signing out on the way', async () => {
    issuer.user = { sub: 'on-the-way' }
    const browser = await freshOwner()
    const started = await start(browser, '?link=true')
    const back = await issuer.visit(location(started))
    await browser.post('/api/v1/auth/sign-out')
    expect(location(await browser.get(`${back.pathname}${back.search}`))).toBe('/sign-in?error=session.ended')
  })

  test('an identity that is somebody else’s stays theirs', async () => {
    issuer.user = { sub: 'ada-at-school' }
    const { url } = (await (await freshOwner()).post('/api/v1/invitations', { role: 'member' })).body
    const ben = new Browser(program.app)
    await ben.post('/api/v1/invitations/accept', { token: url.split('#token=')[1], display_name: 'Ben' })
    expect((await travel(ben, '?link=true')).to).toBe('/sign-in?error=identity.taken')
  })

  test('unlinking needs a fresh proof and another way that works', async () => {
    const { url } = (await (await freshOwner()).post('/api/v1/invitations', { role: 'member' })).body
    const ben = new Browser(program.app)
    const joined = { token: url.split('#token=')[1], display_name: 'Ben', email: 'ben@example.org' }
    await ben.post('/api/v1/invitations/accept', joined)
    issuer.user = { sub: 'ben-at-school' }
    await travel(ben, '?link=true')
    const [email, school] = await identities(ben)
    const remove = (id: string) => ben.call('DELETE', `/api/v1/account/identities/${id}`)
    // The address was never proved, so the provider is the last way that works.
    expect((await remove(school.id)).body.code).toBe('identity.last')
    expect((await remove(email.id)).status).toBe(204)
    expect((await remove(email.id)).body.code).toBe('identity.not_found')
    const ada = await freshOwner()
    const provider = (await identities(ada)).find((one: { kind: string }) => one.kind === 'provider')
    program.clock.advance(5 * MINUTE + 1)
    await ada.post('/api/v1/auth/refresh')
    const stale = await ada.call('DELETE', `/api/v1/account/identities/${provider.id}`)
    expect([stale.status, stale.body.code]).toEqual([422, 'reauthentication.required'])
    const fresh = await freshOwner()
    expect((await fresh.call('DELETE', `/api/v1/account/identities/${provider.id}`)).status).toBe(204)
    const events = await program.db.sql(
      `select 1 from stoa.security_events where action = 'identity.unlinked'`,
    )
    expect(events).toHaveLength(2)
  })
})

describe('somebody the program does not know', () => {
  test('is refused where sign-up is closed', async () => {
    issuer.user = { sub: 'stranger', email: 'stranger@example.org', email_verified: true }
    const before = await accounts()
    expect((await travel(new Browser(program.app))).to).toBe('/sign-in?error=sign_up.closed')
    expect(await accounts()).toBe(before)
  })

  test('gets an account where it is open, with the address if the provider has verified it', async () => {
    issuer.user = { sub: 'newcomer', email: 'New@Example.org', email_verified: true, name: '新来的' }
    const browser = new Browser(open.app)
    expect((await travel(browser)).to).toBe('/')
    const { body } = await browser.post('/api/v1/auth/refresh')
    expect(body.account).toMatchObject({ display_name: '新来的', email: 'new@example.org' })
  })

  test.each([
    ['false', false],
    ['missing', undefined],
  ])(
    'an address whose verification is %s does not count: neither for an account of its own nor for another’s',
    async (_, verified) => {
      const claim = verified === undefined ? {} : { email_verified: verified }
      issuer.user = { sub: `liar-${verified}`, email: 'ada@example.org', ...claim }
      const browser = new Browser(open.app)
      expect((await travel(browser)).to).toBe('/')
      const { body } = await browser.post('/api/v1/auth/refresh')
      expect([body.account.email, body.account.display_name === 'Ada']).toEqual([null, false])
    },
  )

  test('with the address of an account proves the account first; then the identity is linked', async () => {
    issuer.user = { sub: 'ada-again', email: 'ada@example.org', email_verified: true }
    const browser = new Browser(open.app)
    const before = await accounts()
    expect((await travel(browser)).to).toBe('/sign-in?error=provider.prove_account')
    expect(await accounts()).toBe(before)
    // Somebody else's proof in another browser links nothing.
    const other = new Browser(open.app)
    await other.post('/api/v1/auth/email-codes/verify', await codeFor('new@example.org', other, open))
    expect(await identitiesOf('ada-again')).toBe(0)
    await travel(browser)
    const code = codeOf(browser)
    const proved = await browser.post('/api/v1/auth/email-codes/verify', await code)
    expect(proved.body.account.display_name).toBe('Ada')
    expect(await identitiesOf('ada-again')).toBe(1)
    const elsewhere = new Browser(open.app)
    expect((await travel(elsewhere)).to).toBe('/')
    expect((await elsewhere.post('/api/v1/auth/refresh')).body.account.display_name).toBe('Ada')
  })

  test('an identity that waits is forgotten after ten minutes', async () => {
    issuer.user = { sub: 'ada-too-late', email: 'ada@example.org', email_verified: true }
    const browser = new Browser(open.app)
    await travel(browser)
    await browser.post('/api/v1/auth/email-codes/verify', await codeFor('ada@example.org', browser, open))
    expect(await identitiesOf('ada-too-late')).toBe(0)
  })

  const identitiesOf = async (subject: string) =>
    (await program.db.sql('select 1 from stoa.account_identities where subject = $1', [subject])).length
  /** A code within the time that the identity waits. */
  const codeOf = async (browser: Browser) => {
    const { body } = await browser.post('/api/v1/auth/email-codes', { email: 'ada@example.org' })
    await open.identity.mailIdle()
    return {
      challenge_id: body.challenge_id,
      code: /\b\d{6}\b/.exec(open.mails.to('ada@example.org').at(-1)?.subject ?? '')?.[0],
    }
  }
})

describe('the way back is refused', () => {
  beforeEach(() => {
    issuer.user = { sub: 'newcomer' }
  })

  test('with another state, without one, or in another browser', async () => {
    const browser = new Browser(program.app)
    const wrong = await travel(browser, '', (url) => url.searchParams.set('state', 'x'.repeat(43)))
    expect(wrong.to).toBe('/sign-in?error=provider.state_invalid')
    const none = await travel(new Browser(program.app), '', (url) => url.searchParams.delete('state'))
    expect(none.to).toBe('/sign-in?error=provider.state_invalid')
    const victim = new Browser(program.app)
    const back = await issuer.visit(location(await start(new Browser(program.app))))
    expect(location(await victim.get(`${back.pathname}${back.search}`))).toBe(
      '/sign-in?error=provider.state_invalid',
    )
    await start(victim)
    expect(location(await victim.get(`${back.pathname}${back.search}`))).toBe(
      '/sign-in?error=provider.state_invalid',
    )
    expect(victim.cookies.has('__Host-stoa_rt')).toBe(false)
  })

  test('a second time, and after ten minutes', async () => {
    const browser = new Browser(program.app)
    const { back, to } = await travel(browser)
    expect(to).toBe('/')
    expect(location(await browser.get(`${back.pathname}${back.search}`))).toBe(
      '/sign-in?error=provider.state_invalid',
    )
    const late = await travel(new Browser(program.app), '', () => program.clock.advance(10 * MINUTE))
    expect(late.to).toBe('/sign-in?error=provider.state_invalid')
  })

  test('with the answer of another provider (mix-up), another issuer, or a forged code', async () => {
    const mixed = await travel(new Browser(program.app), '', (url) => {
      url.pathname = url.pathname.replace('school', 'other')
    })
    expect(mixed.to).toBe('/sign-in?error=provider.state_invalid')
    for (const [name, value] of [
      ['iss', 'https://evil.example'],
      ['code', 'forged'],
    ] as const) {
      const { to } = await travel(new Browser(program.app), '', (url) => url.searchParams.set(name, value))
      expect([name, to]).toEqual([name, '/sign-in?error=provider.failed'])
    }
  })

  test('with a nonce or a code verifier that is not the one of this trip', async () => {
    for (const column of ['nonce', 'code_verifier']) {
      const browser = new Browser(program.app)
      const back = await issuer.visit(location(await start(browser)))
      await program.db.sql(`update stoa.provider_states set ${column} = $1 where used_at is null`, [
        'y'.repeat(43),
      ])
      const answer = await browser.get(`${back.pathname}${back.search}`)
      expect([column, location(answer)]).toEqual([column, '/sign-in?error=provider.failed'])
      expect(browser.cookies.size).toBe(0)
    }
  })

  test('when the person declines, or the provider fails; the reason is told and logged without secrets', async () => {
    const declined = await travel(new Browser(program.app), '', (url) => {
      url.search = `?error=access_denied&state=${url.searchParams.get('state')}`
    })
    expect(declined.to).toBe('/sign-in?error=provider.denied')
    const log = program.log.lines.join('\n')
    expect(log).toContain('provider_failed')
    expect(log).toContain('OAUTH_JWT_CLAIM_COMPARISON_FAILED')
    expect(log).not.toMatch(/must-never-be-logged|eyJ|example\.org/)
  })

  test('never to another site', async () => {
    for (const target of [
      '//evil.example',
      'https://evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      '/\n/x',
    ]) {
      const answer = await start(new Browser(program.app), `?return_to=${encodeURIComponent(target)}`)
      expect(answer.status).toBe(400)
    }
  })
})

test('an issuer that cannot be reached is said to be that, and tried again the next time', async () => {
  const dead = { ...issuer.settings('school'), issuer: 'http://127.0.0.1:9' }
  await using lonely = await startProgram({
    besides: program,
    settings: { providers: [dead] },
    outbound,
  })
  for (let n = 0; n < 2; n++)
    expect(location(await start(new Browser(lonely.app)))).toBe('/sign-in?error=provider.unavailable')
})

test('an issuer inside our own network is not called, unless the operator allows it', async () => {
  const guarded = createOutbound({ userAgent: 'Stoa-test', allowPrivate: [], allowHttp: true, ports: 'any' })
  const settings = { providers: [issuer.settings('school')] }
  await using careful = await startProgram({ besides: program, settings, outbound: guarded })
  expect(location(await start(new Browser(careful.app)))).toBe('/sign-in?error=provider.unavailable')
  expect(careful.log.lines.join()).toContain('outbound.address_refused')
  await guarded.stop()
})
