import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Browser, setUp } from './testing/browser.ts'
import { startProgram, type TestProgram } from './testing/program.ts'

describe('the first start', () => {
  let program: TestProgram
  beforeAll(async () => {
    program = await startProgram({ settings: { mailReachesPeople: false } })
  })
  afterAll(() => program.close())

  test('says that nobody owns the installation', async () => {
    const { body } = await new Browser(program.app).get('/api/v1/setup')
    expect(body).toEqual({ claimed: false, email_sign_in: false, providers: [], version: '1.2.3' })
  })

  test('prints a link whose token is stored as a hash; a wrong token claims nothing', async () => {
    const [link = ''] = await program.identity.announce('http://localhost:4040')
    expect(link).toMatch(/^http:\/\/localhost:4040\/setup#token=[\w-]{43}$/)
    const stored = await program.db.sql(`select encode(hash, 'hex') as hash from stoa.setup_tokens`)
    expect(JSON.stringify(stored)).not.toContain(Buffer.from(link.split('=')[1] ?? '').toString('hex'))
    const { answer } = await setUp(program, { token: 'x'.repeat(43) })
    expect([answer.status, answer.body.code]).toEqual([403, 'setup.token_wrong'])
    const zone = await setUp(program, { time_zone: 'Mars/Olympus' })
    expect([zone.answer.status, zone.answer.body.code]).toEqual([400, 'request.invalid'])
    expect(await program.db.sql('select id from stoa.accounts')).toEqual([])
  })

  test('is claimed by one of many at once; the others change nothing', async () => {
    const links = await Promise.all([1, 2, 3].map(() => program.identity.announce('http://localhost:4040')))
    const answers = await Promise.all(
      links.flatMap(([link = '']) => [1, 2].map(() => setUp(program, { token: link.split('#token=')[1] }))),
    )
    expect(answers.map(({ answer }) => answer.status).sort((a, b) => a - b)).toEqual([
      201, 410, 410, 410, 410, 410,
    ])
    const winner = answers.find(({ answer }) => answer.status === 201)
    expect(winner?.answer.body).toMatchObject({
      account: { display_name: 'Ada', email: 'ada@example.org', locale: 'en', time_zone: 'Europe/Berlin' },
      tenant: { name: 'Reading Group', role: 'owner' },
    })
    for (const table of ['accounts', 'tenants', 'workspaces', 'memberships', 'user_sessions', 'installation'])
      expect([table, await program.db.sql(`select 1 as one from stoa.${table}`)]).toEqual([
        table,
        [{ one: 1 }],
      ])
    expect(await program.db.sql('select hash from stoa.setup_tokens')).toEqual([])
  })

  test('afterwards prints the address alone, and every old link is gone', async () => {
    expect(await program.identity.announce('http://localhost:4040')).toEqual(['http://localhost:4040'])
    const { answer } = await setUp(program, { token: 'x'.repeat(43) })
    expect([answer.status, answer.body.code]).toEqual([410, 'setup.claimed'])
    expect((await new Browser(program.app).get('/api/v1/setup')).body.claimed).toBe(true)
  })

  test('the terminal opens the door for the owner, or for an address, and for nobody else', async () => {
    const { url, expiresAt } = await program.identity.terminalSignInLink({ baseUrl: 'http://localhost:4040' })
    expect(expiresAt.getTime() - program.clock.now()).toBe(15 * 60_000)
    const browser = new Browser(program.app)
    const answer = await browser.post('/api/v1/auth/links/redeem', { token: url.split('#token=')[1] })
    expect(answer.body.account.display_name).toBe('Ada')
    const named = { baseUrl: 'http://localhost:4040', email: 'ADA@example.org' }
    expect((await program.identity.terminalSignInLink(named)).url).toContain('/sign-in#token=')
    const nobody = program.identity.terminalSignInLink({ ...named, email: 'nobody@example.org' })
    await expect(nobody).rejects.toMatchObject({ code: 'link.nobody' })
  })
})

describe('account and sessions', () => {
  let program: TestProgram
  let browser: Browser
  beforeAll(async () => {
    program = await startProgram()
    browser = (await setUp(program)).browser
  })
  afterAll(() => program.close())
  const another = async () => {
    const { url } = await program.identity.terminalSignInLink({ baseUrl: browser.baseUrl })
    const other = new Browser(program.app)
    await other.post('/api/v1/auth/links/redeem', { token: url.split('#token=')[1], device_name: 'Other' })
    return other
  }

  test('the account changes by its version', async () => {
    const change = { version: 1, display_name: '艾达', locale: 'zh', time_zone: 'Asia/Shanghai' }
    const changed = await browser.call('PATCH', '/api/v1/account', change)
    expect(changed.body).toMatchObject({ ...change, version: 2 })
    const late = await browser.call('PATCH', '/api/v1/account', { version: 1, display_name: 'x' })
    expect([late.status, late.body.details.current.display_name]).toEqual([409, '艾达'])
    const wrong = await browser.call('PATCH', '/api/v1/account', { version: 2, time_zone: 'Nowhere' })
    expect(wrong.status).toBe(400)
  })

  test('sessions are listed, and a revoked one is out at once', async () => {
    const other = await another()
    const { items } = (await browser.get('/api/v1/account/sessions')).body
    expect(
      items.map((one: { device_name: string; current: boolean }) => [one.device_name, one.current]),
    ).toContainEqual(['Other', false])
    const { id } = items.find((one: { device_name: string }) => one.device_name === 'Other')
    expect((await other.get('/api/v1/account')).status).toBe(200)
    expect((await browser.call('DELETE', `/api/v1/account/sessions/${id}`)).status).toBe(204)
    expect((await other.get('/api/v1/account')).body.code).toBe('session.ended')
    expect((await other.post('/api/v1/auth/refresh')).body.code).toBe('session.ended')
    expect((await browser.call('DELETE', `/api/v1/account/sessions/${id}`)).body.code).toBe(
      'session.not_found',
    )
  })

  test('what another process changed counts within seconds', async () => {
    const other = await another()
    const elsewhere = await startProgram({ besides: program })
    try {
      const remote = new Browser(elsewhere.app)
      remote.token = other.token
      expect((await remote.get('/api/v1/account')).status).toBe(200)
      await other.post('/api/v1/auth/sign-out')
      program.clock.advance(5_000)
      expect((await remote.get('/api/v1/account')).body.code).toBe('session.ended')
    } finally {
      await elsewhere.close()
    }
  })

  test('signing in again in the same browser ends the session before', async () => {
    const other = await another()
    const before = other.token
    const { url } = await program.identity.terminalSignInLink({ baseUrl: browser.baseUrl })
    await other.post('/api/v1/auth/links/redeem', { token: url.split('#token=')[1] })
    const stale = new Browser(program.app)
    stale.token = before
    expect((await stale.get('/api/v1/account')).body.code).toBe('session.ended')
    expect((await other.get('/api/v1/account')).status).toBe(200)
  })
})
