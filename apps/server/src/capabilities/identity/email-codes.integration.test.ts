import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Browser, setUp } from './testing/browser.ts'
import { startProgram, type TestProgram } from './testing/program.ts'

let program: TestProgram
let owner: Browser
beforeAll(async () => {
  program = await startProgram()
  owner = (await setUp(program)).browser
})
afterAll(() => program.close())

const MINUTE = 60_000
const PATH = '/api/v1/auth/email-codes'

async function ask(email: string, browser = new Browser(program.app), of = program) {
  const answer = await browser.post(PATH, { email, locale: 'zh' })
  await of.identity.mailIdle()
  const code = /\b\d{6}\b/.exec(of.mails.to(email.toLowerCase()).at(-1)?.subject ?? '')?.[0]
  return { browser, answer, challenge: answer.body.challenge_id as string, code: code ?? '' }
}
const verify = (browser: Browser, challenge: string, code: string, more: object = {}) =>
  browser.post(`${PATH}/verify`, { challenge_id: challenge, code, ...more })
const wrongFor = (code: string) => (code === '000000' ? '000001' : '000000')
/** So that the next code for the same address may be sent. */
const wait = () => program.clock.advance(61 * MINUTE)

async function member(fields: object) {
  await owner.post('/api/v1/auth/refresh')
  const { url } = (await owner.post('/api/v1/invitations', { role: 'member' })).body
  const browser = new Browser(program.app)
  const token = url.split('#token=')[1]
  const answer = await browser.post('/api/v1/invitations/accept', { token, display_name: 'Ben', ...fields })
  expect(answer.status).toBe(200)
  return { browser, accountId: answer.body.account.id as string }
}

describe('a code', () => {
  test('signs in, once, in the language of the account', async () => {
    const { browser, answer, challenge, code } = await ask('Ada@Example.org')
    expect(answer.status).toBe(202)
    expect(answer.body.resend_after_seconds).toBe(60)
    expect(program.mails.to('ada@example.org').at(-1)?.locale).toBe('en')
    const signedIn = await verify(browser, challenge, code, { device_name: 'Kitchen laptop' })
    expect(signedIn.body).toMatchObject({ account: { display_name: 'Ada' }, tenant: { role: 'owner' } })
    const { items } = (await browser.get('/api/v1/account/sessions')).body
    const current = items.find((one: { current: boolean }) => one.current)
    expect(current).toMatchObject({ device_name: 'Kitchen laptop', platform: 'Firefox · Linux' })
    const again = await verify(new Browser(program.app), challenge, code)
    expect([again.status, again.body.code]).toEqual([410, 'code.expired'])
    wait()
  })

  test('of two right answers at once opens one session', async () => {
    const { challenge, code } = await ask('ada@example.org')
    const answers = await Promise.all([1, 2].map(() => verify(new Browser(program.app), challenge, code)))
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 410])
    wait()
  })

  test('is guessed at most five times, at once or one by one', async () => {
    const { browser, challenge, code } = await ask('ada@example.org')
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => verify(new Browser(program.app), challenge, wrongFor(code))),
    )
    const codes = answers.map(({ body }) => body.code)
    expect(codes.filter((one) => one === 'code.wrong')).toHaveLength(5)
    expect(codes.filter((one) => one === 'code.expired')).toHaveLength(7)
    const left = answers.flatMap(({ body }) => body.details?.attempts_left ?? [])
    expect(left.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4])
    expect((await verify(browser, challenge, code)).body.code).toBe('code.expired')
    const refused = await program.db.sql(
      `select details from stoa.security_events where action = 'code.refused'`,
    )
    expect(refused.length).toBeGreaterThanOrEqual(13)
    wait()
  })

  test('lives for ten minutes', async () => {
    const { browser, challenge, code } = await ask('ada@example.org')
    program.clock.advance(10 * MINUTE)
    expect((await verify(browser, challenge, code)).body.code).toBe('code.expired')
    wait()
  })

  test('is not stored and not logged', async () => {
    const { challenge, code } = await ask('ada@example.org')
    const [row] = await program.db.sql('select * from stoa.email_challenges where id = $1', [challenge])
    expect(JSON.stringify({ ...row, code_hash: row?.code_hash.toString('hex') })).not.toContain(code)
    const log = program.log.lines.join('\n')
    expect(log).not.toContain(code)
    expect(log).not.toContain('ada@example.org')
    wait()
  })

  test('enters the organisation that is asked for, or none of it happens and the code stays good', async () => {
    const { browser, challenge, code } = await ask('ada@example.org')
    const nowhere = { tenant_id: '00000000-0000-7000-8000-000000000000' }
    const refused = await verify(browser, challenge, code, nowhere)
    expect([refused.status, refused.body.code]).toEqual([403, 'tenant.not_member'])
    expect((await verify(browser, challenge, code)).status).toBe(200)
    wait()
  })
})

describe('asking for a code', () => {
  test('answers the same for an address that nobody has, sends nothing, and no code fits', async () => {
    const known = await ask('ada@example.org')
    const before = program.mails.sent.length
    const unknown = await ask('nobody@example.org')
    expect(Object.keys(unknown.answer.body)).toEqual(Object.keys(known.answer.body))
    expect([unknown.answer.status, program.mails.sent.length]).toEqual([202, before])
    const guess = await verify(unknown.browser, unknown.challenge, '123456')
    expect([403, 410]).toContain(guess.status)
    wait()
  })

  test('again waits a minute, whoever asks and whether the address is known or not', async () => {
    for (const email of ['ada@example.org', 'nobody@example.org']) {
      await ask(email)
      const again = await new Browser(program.app).post(PATH, { email })
      expect([again.status, again.body.code]).toEqual([429, 'code.too_soon'])
      expect(again.headers['retry-after']).toBe('60')
    }
    program.clock.advance(MINUTE)
    expect((await ask('ada@example.org')).answer.status).toBe(202)
    wait()
  })

  test('many times at once sends one', async () => {
    const before = program.mails.to('ada@example.org').length
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => new Browser(program.app).post(PATH, { email: 'ada@example.org' })),
    )
    await program.identity.mailIdle()
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1)
    expect(program.mails.to('ada@example.org').length - before).toBe(1)
    wait()
  })

  test('a mail server that fails is not seen in the answer, and the log says so without the address', async () => {
    program.mails.broken = true
    const { answer } = await ask('ada@example.org')
    program.mails.broken = false
    expect(answer.status).toBe(202)
    expect(program.log.lines.filter((line) => line.includes('mail_failed')).at(-1)).not.toContain(
      'example.org',
    )
    wait()
  })
})

describe('an address that was only told', () => {
  test('goes to who proves it first, and whoever claimed it is out', async () => {
    const { browser: squatter, accountId } = await member({ email: 'ben@example.org' })
    const { url } = (await squatter.post(`/api/v1/members/${accountId}/sign-in-link`)).body
    const { browser, challenge, code } = await ask('ben@example.org')
    const signedIn = await verify(browser, challenge, code)
    expect(signedIn.body.account.id).toBe(accountId)
    expect((await squatter.get('/api/v1/account')).body.code).toBe('session.ended')
    expect((await squatter.post('/api/v1/auth/refresh')).body.code).toBe('session.ended')
    const link = await new Browser(program.app).post('/api/v1/auth/links/redeem', {
      token: url.split('#token=')[1],
    })
    expect(link.body.code).toBe('link.expired')
    wait()
    // Proved once, it stays proved: the next sign-in ends nothing.
    const next = await ask('ben@example.org')
    expect((await verify(next.browser, next.challenge, next.code)).status).toBe(200)
    expect((await browser.post('/api/v1/auth/refresh')).status).toBe(200)
    wait()
  })
})

test('where sign-up is open, an unknown address makes an account with an organisation of its own', async () => {
  const open = await startProgram({ besides: program, settings: { allowSignUp: true } })
  try {
    const { browser, challenge, code } = await ask('carla@example.org', new Browser(open.app), open)
    expect(open.mails.to('carla@example.org').at(-1)?.locale).toBe('zh')
    const { status, body } = await verify(browser, challenge, code)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      account: { display_name: 'carla', email: 'carla@example.org', locale: 'zh' },
      tenant: { name: 'carla', role: 'owner' },
    })
    expect((await browser.get('/api/v1/members')).body.items).toHaveLength(1)
    expect((await browser.get('/api/v1/workspaces')).body.items).toMatchObject([{ name: '公共' }])
    expect(open.founded).toMatchObject([{ name: 'carla', locale: 'zh' }])
  } finally {
    await open.close()
  }
})

test('a device the account has not used is told by mail', async () => {
  wait()
  const { challenge, code } = await ask('ada@example.org')
  const before = program.mails.to('ada@example.org').length
  const phone = new Browser(program.app, {
    userAgent: 'Mozilla/5.0 (Linux; Android 16) Chrome/156.0 Mobile',
    ip: '203.0.113.9',
  })
  await verify(phone, challenge, code)
  await program.identity.mailIdle()
  const mails = program.mails.to('ada@example.org').slice(before)
  expect(mails.map(({ text }) => /Chrome · Android/.test(text))).toEqual([true])
})
