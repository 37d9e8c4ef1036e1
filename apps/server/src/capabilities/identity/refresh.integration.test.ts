import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Browser, setUp } from './testing/browser.ts'
import { startProgram, type TestProgram } from './testing/program.ts'

const DAY = 86_400_000

describe('refreshing a session', () => {
  let program: TestProgram
  let owner: Browser
  beforeAll(async () => {
    program = await startProgram()
    owner = (await setUp(program)).browser
  })
  afterAll(() => program.close())

  /** A device of its own, signed in by a link from the terminal, with its refresh token in hand. */
  const device = async () => {
    const { url } = await program.identity.terminalSignInLink({ baseUrl: owner.baseUrl })
    const browser = new Browser(program.app)
    const body = { token: url.split('#token=')[1], return_refresh_token: true }
    const answer = await browser.post('/api/v1/auth/links/redeem', body)
    expect(answer.status).toBe(200)
    return { browser, sessionId: answer.body.session_id, token: answer.body.refresh_token as string }
  }
  const refresh = (token: string, more: object = {}) =>
    new Browser(program.app).post('/api/v1/auth/refresh', { refresh_token: token, ...more })
  const revokedAt = async (sessionId: string) => {
    const [row] = await program.db.sql(
      'select revoked_at, revoked_reason from stoa.user_sessions where id = $1',
      [sessionId],
    )
    return row
  }

  test('gives a new token and a new access token, and slides the expiry', async () => {
    const { sessionId, token } = await device()
    program.clock.advance(5 * DAY)
    const answer = await refresh(token)
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      session_id: sessionId,
      tenant: { name: 'Reading Group', role: 'owner' },
    })
    expect(answer.body.refresh_token).not.toBe(token)
    expect(Date.parse(answer.body.access_token_expires_at) - program.clock.now()).toBe(15 * 60_000)
    const reader = new Browser(program.app)
    reader.token = answer.body.access_token
    expect((await reader.get('/api/v1/account')).body.display_name).toBe('Ada')
  })

  test('of twenty at once one wins, and all get the same token', async () => {
    const { sessionId, token } = await device()
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(token)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(new Set(answers.map(({ body }) => body.refresh_token)).size).toBe(1)
    const rows = await program.db.sql('select used_at from stoa.refresh_tokens where session_id = $1', [
      sessionId,
    ])
    expect(rows.filter(({ used_at }) => used_at === null)).toHaveLength(1)
    expect(rows).toHaveLength(2)
  })

  test('within the grace a lost reply is sent again, the newest descendant of it', async () => {
    const { token } = await device()
    const second = (await refresh(token)).body.refresh_token
    program.clock.advance(3_000)
    expect((await refresh(token)).body.refresh_token).toBe(second)
    const third = (await refresh(second)).body.refresh_token
    program.clock.advance(3_000)
    expect((await refresh(token)).body.refresh_token).toBe(third)
  })

  test('a token that comes back later ends the session, the newest token with it; owner told and written down', async () => {
    const { browser, sessionId, token } = await device()
    const newest = (await refresh(token)).body
    program.clock.advance(10_001)
    const before = program.mails.to('ada@example.org').length
    const thief = await refresh(token)
    expect([thief.status, thief.body.code]).toEqual([401, 'session.reused'])
    expect((await refresh(newest.refresh_token)).body.code).toBe('session.ended')
    browser.token = newest.access_token
    expect((await browser.get('/api/v1/account')).body.code).toBe('session.ended')
    expect(await revokedAt(sessionId)).toMatchObject({ revoked_reason: 'reused' })
    await program.identity.mailIdle()
    expect(program.mails.to('ada@example.org').slice(before)).toHaveLength(1)
    const events = await program.db.sql('select action from stoa.security_events where session_id = $1', [
      sessionId,
    ])
    expect(events.map(({ action }) => action)).toContain('session.reused')
  })

  test('idle for thirty days, or ninety days old: over', async () => {
    const idle = await device()
    let kept = await device()
    program.clock.advance(30 * DAY)
    expect((await refresh(idle.token)).body.code).toBe('session.ended')
    expect((await refresh(kept.token)).body.code).toBe('session.ended')
    kept = await device()
    let { token } = kept
    for (let days = 0; days < 75; days += 25) {
      program.clock.advance(25 * DAY)
      const answer = await refresh(token)
      expect(answer.status).toBe(200)
      token = answer.body.refresh_token
    }
    program.clock.advance(15 * DAY)
    expect((await refresh(token)).body.code).toBe('session.ended')
  })

  test('an unknown token, another organisation, no token', async () => {
    const { token } = await device()
    expect((await refresh('x'.repeat(43))).body.code).toBe('session.ended')
    const elsewhere = await refresh(token, { tenant_id: '00000000-0000-7000-8000-000000000000' })
    expect([elsewhere.status, elsewhere.body.code]).toEqual([403, 'tenant.not_member'])
    expect((await refresh(token)).status).toBe(200)
    const none = await new Browser(program.app).post('/api/v1/auth/refresh')
    expect([none.status, none.body.code]).toEqual([401, 'session.missing'])
  })

  test('a stored token is a hash: nothing in the database or the log refreshes', async () => {
    const { token } = await device()
    const next = (await refresh(token)).body.refresh_token
    const dump = JSON.stringify(
      await program.db.sql('select r.*, s.* from stoa.refresh_tokens r, stoa.user_sessions s'),
    )
    for (const secret of [token, next]) {
      expect(dump).not.toContain(Buffer.from(secret).toString('hex'))
      expect(program.log.lines.join('\n')).not.toContain(secret)
    }
  })
})

describe('the refresh cookie', () => {
  let program: TestProgram
  beforeAll(async () => {
    program = await startProgram()
  })
  afterAll(() => program.close())
  const cookieOf = (headers: Browser['get'] extends () => infer _ ? never : Record<string, unknown>) =>
    String(headers['set-cookie'])

  test('on localhost it is bound to the host and never readable by scripts', async () => {
    const { browser, answer } = await setUp(program)
    expect(answer.status).toBe(201)
    expect(answer.body.refresh_token).toBeUndefined()
    expect(cookieOf(answer.headers)).toMatch(
      /^__Host-stoa_rt=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict; Secure$/,
    )
    const refreshed = await browser.post('/api/v1/auth/refresh')
    expect([refreshed.status, refreshed.body.refresh_token]).toEqual([200, undefined])
  })

  test('over plain http in a local network it cannot be Secure, and works', async () => {
    const { url } = await program.identity.terminalSignInLink({ baseUrl: 'http://reading.lan:4040' })
    const browser = new Browser(program.app, { baseUrl: 'http://reading.lan:4040' })
    const answer = await browser.post('/api/v1/auth/links/redeem', { token: url.split('#token=')[1] })
    expect(cookieOf(answer.headers)).toMatch(
      /^stoa_rt=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/,
    )
    expect((await browser.post('/api/v1/auth/refresh', {}, { 'sec-fetch-site': '' })).status).toBe(401)
    expect((await browser.post('/api/v1/auth/refresh')).status).toBe(200)
  })

  test('counts only on requests from our own pages', async () => {
    const { url } = await program.identity.terminalSignInLink({ baseUrl: 'http://localhost:4040' })
    const browser = new Browser(program.app)
    await browser.post('/api/v1/auth/links/redeem', { token: url.split('#token=')[1] })
    for (const site of ['cross-site', 'same-site', 'none']) {
      const answer = await browser.post('/api/v1/auth/refresh', {}, { 'sec-fetch-site': site })
      expect([answer.status, answer.body.code]).toEqual([401, 'session.missing'])
    }
    const forged = await browser.post('/api/v1/auth/sign-out', {}, { 'sec-fetch-site': 'cross-site' })
    expect(forged.status).toBe(204)
    expect((await browser.post('/api/v1/auth/refresh')).status).toBe(200)
  })

  test('is gone after signing out, and the session with it', async () => {
    const { url } = await program.identity.terminalSignInLink({ baseUrl: 'http://localhost:4040' })
    const browser = new Browser(program.app)
    await browser.post('/api/v1/auth/links/redeem', { token: url.split('#token=')[1] })
    const kept = new Map(browser.cookies)
    expect((await browser.post('/api/v1/auth/sign-out')).status).toBe(204)
    expect(browser.cookies.size).toBe(0)
    expect((await browser.get('/api/v1/account')).body.code).toBe('session.ended')
    for (const [name, value] of kept) browser.cookies.set(name, value)
    expect((await browser.post('/api/v1/auth/refresh')).body.code).toBe('session.ended')
  })
})
