import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Browser, setUp } from '../identity/testing/browser.ts'
import { startProgram, type TestProgram } from '../identity/testing/program.ts'

let program: TestProgram
let owner: Browser
let tenantId: string
beforeAll(async () => {
  program = await startProgram()
  const { browser, answer } = await setUp(program)
  owner = browser
  tenantId = answer.body.tenant.tenant_id
})
afterAll(() => program.close())

const idOf = async (browser: Browser): Promise<string> => (await browser.get('/api/v1/account')).body.id
const tokenOf = (url: string): string => url.split('#token=')[1] ?? ''

async function invite(fields: object = {}, by = owner) {
  const answer = await by.post('/api/v1/invitations', { role: 'member', ...fields })
  expect(answer.status).toBe(201)
  return { ...answer.body, token: tokenOf(answer.body.url) }
}

/** Somebody new who joined by an invitation. */
async function newcomer(role: 'admin' | 'member' | 'guest', fields: object = {}) {
  const { token } = await invite({ role })
  const browser = new Browser(program.app)
  const answer = await browser.post('/api/v1/invitations/accept', {
    token,
    display_name: `New ${role}`,
    ...fields,
  })
  expect(answer.status).toBe(200)
  return { browser, accountId: answer.body.account.id as string }
}

const auditActions = async (): Promise<string[]> =>
  (
    await program.db.sql('select action from stoa.audit_logs where tenant_id = $1 order by created_at, id', [
      tenantId,
    ])
  ).map((row) => row.action)
const codeOf = async (answer: Promise<{ status: number; body: { code?: string } }>) => {
  const { status, body } = await answer
  return [status, body?.code]
}

describe('the organisation', () => {
  test('is founded with a workspace, told to whoever fills it, and written down', async () => {
    expect(program.founded).toMatchObject([{ tenantId, name: 'Reading Group', locale: 'en' }])
    const { items } = (await owner.get('/api/v1/workspaces')).body
    expect(items).toMatchObject([{ name: 'General', archived: false, member_count: 1 }])
    expect(await auditActions()).toContain('tenant.created')
  })

  test('is renamed by its version', async () => {
    const { version } = (await owner.get('/api/v1/tenant')).body
    const renamed = await owner.call('PATCH', '/api/v1/tenant', { version, name: 'Readers' })
    expect(renamed.body).toMatchObject({ name: 'Readers', version: version + 1 })
    const late = await owner.call('PATCH', '/api/v1/tenant', { version, name: 'Too late' })
    expect([late.status, late.body.details.current.name]).toEqual([409, 'Readers'])
  })

  test('another one is founded by an owner, once per key, and entered by refreshing', async () => {
    const headers = { 'idempotency-key': 'found-second-1' }
    const first = await owner.post('/api/v1/tenants', { name: 'Second' }, headers)
    const again = await owner.post('/api/v1/tenants', { name: 'Second' }, headers)
    expect([first.status, again.body]).toEqual([201, first.body])
    const { items } = (await owner.get('/api/v1/tenants')).body
    expect(items.map((one: { name: string }) => one.name)).toEqual(['Readers', 'Second'])
    const there = new Browser(program.app)
    for (const [name, value] of owner.cookies) there.cookies.set(name, value)
    const switched = await there.post('/api/v1/auth/refresh', { tenant_id: first.body.tenant_id })
    expect(switched.body.tenant).toMatchObject({ name: 'Second', role: 'owner' })
    expect((await there.get('/api/v1/workspaces')).body.items).toHaveLength(1)
    expect((await there.get('/api/v1/members')).body.items).toHaveLength(1)
    const back = await there.post('/api/v1/auth/refresh', { tenant_id: tenantId })
    expect(back.status).toBe(200)
    for (const [name, value] of there.cookies) owner.cookies.set(name, value)
  })
})

describe('workspaces', () => {
  test('are seen by owners and admins, and by whom they put into them', async () => {
    const { browser: member, accountId } = await newcomer('member')
    const { browser: admin } = await newcomer('admin')
    const created = await admin.post('/api/v1/workspaces', { name: 'Staff' })
    expect(created.body).toMatchObject({ name: 'Staff', member_count: 1, version: 1 })
    const members = `/api/v1/workspaces/${created.body.id}/members`
    const names = async (browser: Browser) =>
      (await browser.get('/api/v1/workspaces')).body.items.map((one: { name: string }) => one.name)
    expect(await names(owner)).toEqual(['General', 'Staff'])
    expect(await names(member)).toEqual(['General'])
    expect(await codeOf(member.get(members))).toEqual([404, 'workspace.not_found'])
    expect((await owner.post(members, { account_id: accountId })).status).toBe(204)
    expect((await owner.post(members, { account_id: accountId })).status).toBe(204)
    expect(await names(member)).toEqual(['General', 'Staff'])
    expect(
      (await member.get(members)).body.items.map((one: { display_name: string }) => one.display_name),
    ).toEqual(['New admin', 'New member'])
    expect((await owner.call('DELETE', `${members}/${accountId}`)).status).toBe(204)
    expect(await codeOf(owner.call('DELETE', `${members}/${accountId}`))).toEqual([404, 'member.not_found'])
    expect(await names(member)).toEqual(['General'])
  })

  test('are renamed and archived by version; the last one stays', async () => {
    const { id } = (await owner.post('/api/v1/workspaces', { name: 'Old' })).body
    const { browser: member } = await newcomer('member')
    const archived = await owner.call('PATCH', `/api/v1/workspaces/${id}`, {
      version: 1,
      archived: true,
      name: 'Older',
    })
    expect(archived.body).toMatchObject({ name: 'Older', archived: true, version: 2 })
    expect(await codeOf(owner.call('PATCH', `/api/v1/workspaces/${id}`, { version: 1, name: 'x' }))).toEqual([
      409,
      'version.conflict',
    ])
    expect(JSON.stringify((await member.get('/api/v1/workspaces')).body)).not.toContain('Older')
    expect(JSON.stringify((await owner.get('/api/v1/workspaces')).body)).toContain('Older')
    const active = (await owner.get('/api/v1/workspaces')).body.items.filter(
      (one: { archived: boolean }) => !one.archived,
    )
    const answers = await Promise.all(
      active.map((one: { id: string; version: number }) =>
        owner.call('PATCH', `/api/v1/workspaces/${one.id}`, { version: one.version, archived: true }),
      ),
    )
    expect(answers.filter(({ status }) => status === 422).map(({ body }) => body.code)).toEqual([
      'workspace.last',
    ])
    for (const { status, body } of answers)
      if (status === 200)
        await owner.call('PATCH', `/api/v1/workspaces/${body.id}`, { version: body.version, archived: false })
  })
})

describe('members', () => {
  test('are listed by name in pages, addresses for owners and admins only', async () => {
    for (const name of ['Bob', 'alice', '王小明', 'Carol_x', 'Carolxx', 'İpek', 'ΣΟΦΟΣ'])
      await newcomer('guest', {
        display_name: name,
        email: `${Buffer.from(name).toString('hex')}@example.org`,
      })
    const names: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body } = await owner.get(`/api/v1/members?limit=2${cursor && `&cursor=${cursor}`}`)
      names.push(...body.items.map((one: { display_name: string }) => one.display_name))
      cursor = body.next_cursor
    }
    expect(new Set(names).size).toBeGreaterThan(6)
    const whole = (await owner.get('/api/v1/members?limit=200')).body.items
    expect(names).toEqual(whole.map((one: { display_name: string }) => one.display_name))
    expect(['Ada', 'alice', 'Bob', 'Carol_x', 'Carolxx']).toEqual(
      names.filter((name) => /^(?:Ada|alice|Bob|Carol.*)$/.test(name)),
    )
    const found = (await owner.get('/api/v1/members?query=carol_')).body.items
    expect(found.map((one: { display_name: string }) => one.display_name)).toEqual(['Carol_x'])
    expect(found[0].email).toMatch(/@example.org$/)
    const { browser: member, accountId } = await newcomer('member', { email: 'me@example.org' })
    const seen = (await member.get('/api/v1/members?limit=200')).body.items
    for (const one of seen) expect(one.email).toBe(one.account_id === accountId ? 'me@example.org' : null)
    expect((await member.get('/api/v1/members?query=example.org')).body.items).toEqual([])
    expect(await codeOf(member.get('/api/v1/members?cursor=nonsense'))).toEqual([400, 'cursor.invalid'])
  })

  test('who may not invite any more does not do so by links made before', async () => {
    const { browser: admin, accountId } = await newcomer('admin')
    const { token } = await invite({ role: 'admin' }, admin)
    await owner.call('PATCH', `/api/v1/members/${accountId}`, { version: 1, role: 'member' })
    expect(await codeOf(owner.post('/api/v1/invitations/lookup', { token }))).toEqual([
      410,
      'invitation.gone',
    ])
  })

  test('a changed role counts at once, in the token that was given before, too', async () => {
    const { browser, accountId } = await newcomer('member')
    expect(await codeOf(browser.post('/api/v1/workspaces', { name: 'Mine' }))).toEqual([403, 'access.denied'])
    const raised = await owner.call('PATCH', `/api/v1/members/${accountId}`, { version: 1, role: 'admin' })
    expect(raised.body).toMatchObject({ role: 'admin', version: 2 })
    expect((await browser.post('/api/v1/workspaces', { name: 'Mine' })).status).toBe(201)
    const stale = await owner.call('PATCH', `/api/v1/members/${accountId}`, { version: 1, role: 'guest' })
    expect([stale.status, stale.body.details.current.role]).toEqual([409, 'admin'])
    await owner.call('PATCH', `/api/v1/members/${accountId}`, { version: 2, role: 'guest' })
    expect(await codeOf(browser.get('/api/v1/members'))).toEqual([403, 'access.denied'])
  })

  test('admins do not reach owners or each other', async () => {
    const { browser: admin, accountId: adminId } = await newcomer('admin')
    const { accountId: otherId } = await newcomer('admin')
    const ownerId = await idOf(owner)
    for (const target of [ownerId, otherId]) {
      expect(
        await codeOf(admin.call('PATCH', `/api/v1/members/${target}`, { version: 1, role: 'guest' })),
      ).toEqual([403, 'member.forbidden'])
      expect(await codeOf(admin.call('DELETE', `/api/v1/members/${target}`))).toEqual([
        403,
        'member.forbidden',
      ])
    }
    expect(
      await codeOf(admin.call('PATCH', `/api/v1/members/${adminId}`, { version: 1, role: 'owner' })),
    ).toEqual([403, 'member.forbidden'])
  })

  test('of the last two owners who take each other away at once, one stays', async () => {
    const { browser, accountId } = await newcomer('member')
    const made = await owner.call('PATCH', `/api/v1/members/${accountId}`, { version: 1, role: 'owner' })
    expect(made.status).toBe(200)
    const ownerId = await idOf(owner)
    const answers = await Promise.all([
      owner.call('PATCH', `/api/v1/members/${accountId}`, { version: 2, role: 'guest' }),
      browser.call('PATCH', `/api/v1/members/${ownerId}`, { version: 1, role: 'guest' }),
    ])
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 403])
    const rows = await program.db.sql(
      `select account_id, version from stoa.memberships where tenant_id = $1 and role = 'owner' and removed_at is null`,
      [tenantId],
    )
    expect(rows).toHaveLength(1)
    // The other tests need the first owner back.
    if (rows[0]?.account_id !== ownerId)
      await browser.call('PATCH', `/api/v1/members/${ownerId}`, { version: 2, role: 'owner' })
    const last = (await owner.get('/api/v1/members?limit=200')).body.items.filter(
      (one: { role: string }) => one.role === 'owner',
    )
    if (last.length > 1) await owner.call('DELETE', `/api/v1/members/${accountId}`)
    expect(await codeOf(owner.call('DELETE', `/api/v1/members/${ownerId}`))).toEqual([
      422,
      'member.last_owner',
    ])
    const { version } = (await owner.get('/api/v1/members?query=Ada')).body.items[0]
    expect(
      await codeOf(owner.call('PATCH', `/api/v1/members/${ownerId}`, { version, role: 'admin' })),
    ).toEqual([422, 'member.last_owner'])
  })

  test('a removed member is out at once: token, refresh, links, invitations', async () => {
    const { browser, accountId } = await newcomer('admin')
    const { token } = await invite({}, browser)
    expect((await browser.get('/api/v1/tenant')).status).toBe(200)
    expect((await owner.call('DELETE', `/api/v1/members/${accountId}`)).status).toBe(204)
    expect(await codeOf(browser.get('/api/v1/tenant'))).toEqual([401, 'session.ended'])
    const refreshed = await browser.post('/api/v1/auth/refresh')
    expect([refreshed.status, refreshed.body.tenant, refreshed.body.tenants]).toEqual([200, null, []])
    expect(await codeOf(browser.get('/api/v1/account'))).toEqual([403, 'tenant.none'])
    expect(await codeOf(browser.post('/api/v1/auth/refresh', { tenant_id: tenantId }))).toEqual([
      403,
      'tenant.not_member',
    ])
    expect(await codeOf(owner.post('/api/v1/invitations/lookup', { token }))).toEqual([
      410,
      'invitation.gone',
    ])
    expect(await codeOf(owner.call('DELETE', `/api/v1/members/${accountId}`))).toEqual([
      404,
      'member.not_found',
    ])
    expect(await auditActions()).toContain('member.removed')
    const again = await browser.post('/api/v1/invitations/accept', {
      token: (await invite({ role: 'guest' })).token,
    })
    expect(again.body).toMatchObject({ account: { id: accountId }, tenant: { role: 'guest' } })
    expect((await browser.call('DELETE', `/api/v1/members/${accountId}`)).status).toBe(204)
  })
})

describe('invitations', () => {
  test('are shown once, kept as a hash, repeated by key, listed and withdrawn', async () => {
    const headers = { 'idempotency-key': 'invite-0001' }
    const first = await owner.post('/api/v1/invitations', { role: 'guest', max_uses: 2 }, headers)
    const again = await owner.post('/api/v1/invitations', { role: 'guest', max_uses: 2 }, headers)
    expect(again.body).toEqual(first.body)
    const token = tokenOf(first.body.url)
    expect(first.body.url).toBe(`http://localhost:4040/join#token=${token}`)
    const stored = JSON.stringify([
      await program.db.sql('select * from stoa.invitations'),
      await program.db.sql('select * from stoa.idempotency_keys'),
    ])
    expect(stored).not.toContain(token)
    const look = await new Browser(program.app).post('/api/v1/invitations/lookup', { token })
    expect(look.body).toMatchObject({
      organisation_name: 'Readers',
      role: 'guest',
      invited_by: 'Ada',
      email: null,
    })
    expect(JSON.stringify((await owner.get('/api/v1/invitations')).body)).toContain(first.body.invitation.id)
    const path = `/api/v1/invitations/${first.body.invitation.id}`
    expect((await owner.call('DELETE', path)).status).toBe(204)
    expect(await codeOf(owner.call('DELETE', path))).toEqual([404, 'invitation.not_found'])
    expect(await codeOf(owner.post('/api/v1/invitations/accept', { token, display_name: 'Late' }))).toEqual([
      410,
      'invitation.gone',
    ])
  })

  test('let in as many as they say, also at once', async () => {
    const { token } = await invite({ max_uses: 2 })
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        new Browser(program.app).post('/api/v1/invitations/accept', { token, display_name: `Racer ${n}` }),
      ),
    )
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 200, 410, 410])
    const racers = (await owner.get('/api/v1/members?query=Racer')).body.items
    expect(racers).toHaveLength(2)
    const rows = await program.db.sql(
      `select count(*)::int as n from stoa.accounts where display_name like 'Racer%'`,
    )
    expect(rows).toEqual([{ n: 2 }])
  })

  test('by mail prove the address; by the shown link they do not', async () => {
    const { mailed, token } = await invite({ email: 'Mia@Example.org' })
    expect(mailed).toBe(true)
    const [mail] = program.mails.to('mia@example.org')
    const mailToken = tokenOf(/http\S+/.exec(mail?.text ?? '')?.[0] ?? '')
    expect(mailToken).not.toBe(token)
    const other = await new Browser(program.app).post('/api/v1/invitations/accept', {
      ...{ token: mailToken, display_name: 'Mia', email: 'eve@example.org' },
    })
    expect([other.status, other.body.code]).toEqual([422, 'invitation.for_other'])
    const joined = await new Browser(program.app).post('/api/v1/invitations/accept', {
      token: mailToken,
      display_name: 'Mia',
    })
    expect(joined.body.account.email).toBe('mia@example.org')
    const verified = async (email: string) =>
      (await program.db.sql('select verified_at from stoa.account_emails where email = $1', [email]))[0]
        ?.verified_at
    expect(await verified('mia@example.org')).not.toBeNull()
    const shown = await invite({ email: 'noa@example.org' })
    await new Browser(program.app).post('/api/v1/invitations/accept', {
      token: shown.token,
      display_name: 'Noa',
    })
    expect(await verified('noa@example.org')).toBeNull()
  })

  test('whose mail fails are shown all the same', async () => {
    program.mails.broken = true
    const { mailed, token } = await invite({ email: 'zoe@example.org' })
    program.mails.broken = false
    expect([mailed, token.length]).toEqual([false, 66])
  })

  test('an address that has an account signs in first; then the account joins, and a member is simply let in', async () => {
    const { token } = await invite({ max_uses: 1 })
    const fresh = new Browser(program.app)
    expect(
      await codeOf(
        fresh.post('/api/v1/invitations/accept', { token, display_name: 'Ada?', email: 'ada@example.org' }),
      ),
    ).toEqual([422, 'account.exists'])
    const before = await owner.post('/api/v1/invitations/accept', { token })
    expect(before.body).toMatchObject({ account: { display_name: 'Ada' }, tenant: { role: 'owner' } })
    expect((await owner.get('/api/v1/tenant')).status).toBe(200)
    expect((await fresh.post('/api/v1/invitations/lookup', { token })).status).toBe(200)
    expect(await codeOf(fresh.post('/api/v1/invitations/accept', { token }))).toEqual([
      400,
      'request.invalid',
    ])
  })

  test('refuse what makes no sense', async () => {
    expect(await codeOf(owner.post('/api/v1/invitations', { role: 'owner' }))).toEqual([
      400,
      'request.invalid',
    ])
    const two = { role: 'member', email: 'a@example.org', max_uses: 2 }
    expect(await codeOf(owner.post('/api/v1/invitations', two))).toEqual([400, 'request.invalid'])
    const nowhere = { role: 'member', workspace_ids: ['00000000-0000-7000-8000-000000000000'] }
    expect(await codeOf(owner.post('/api/v1/invitations', nowhere))).toEqual([404, 'workspace.not_found'])
    for (const token of ['x'.repeat(66), `${'A'.repeat(22)}.${'B'.repeat(43)}`])
      expect(await codeOf(owner.post('/api/v1/invitations/lookup', { token }))).toEqual([
        410,
        'invitation.gone',
      ])
  })
})

describe('sign-in links', () => {
  const redeem = (url: string, browser = new Browser(program.app)) =>
    browser.post('/api/v1/auth/links/redeem', { token: tokenOf(url) })

  test('open once, for fifteen minutes', async () => {
    const { url } = (await owner.post(`/api/v1/members/${await idOf(owner)}/sign-in-link`)).body
    const phone = new Browser(program.app, {
      userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1',
    })
    expect((await redeem(url, phone)).body.account.display_name).toBe('Ada')
    expect(await codeOf(redeem(url))).toEqual([410, 'link.expired'])
    const late = (await owner.post(`/api/v1/members/${await idOf(owner)}/sign-in-link`)).body
    program.clock.advance(15 * 60_000)
    expect(await codeOf(redeem(late.url))).toEqual([410, 'link.expired'])
    await owner.post('/api/v1/auth/refresh')
    const { items } = (await owner.get('/api/v1/account/sessions')).body
    expect(items.map((one: { platform: string }) => one.platform)).toContain('Safari · iPhone')
  })

  test('of another’s making open the maker’s organisation only, and nothing of theirs elsewhere', async () => {
    const { browser: victim, accountId } = await newcomer('member')
    await owner.call('PATCH', `/api/v1/members/${accountId}`, { version: 1, role: 'owner' })
    const { tenant_id: elsewhere } = (await victim.post('/api/v1/tenants', { name: 'Private' })).body
    const { url } = (await owner.post(`/api/v1/members/${accountId}/sign-in-link`)).body
    const intruder = new Browser(program.app)
    const inside = await redeem(url, intruder)
    expect(inside.body.tenants.map((one: { tenant_id: string }) => one.tenant_id)).toEqual([tenantId])
    expect(await codeOf(intruder.post('/api/v1/auth/refresh', { tenant_id: elsewhere }))).toEqual([
      403,
      'tenant.not_member',
    ])
    expect((await intruder.get('/api/v1/tenants')).body.items).toHaveLength(1)
    expect(await codeOf(intruder.post('/api/v1/tenants', { name: 'x' }))).toEqual([403, 'session.bound'])
    for (const path of ['sessions', 'identities'])
      expect(await codeOf(intruder.get(`/api/v1/account/${path}`))).toEqual([403, 'session.bound'])
    expect(
      await codeOf(intruder.call('PATCH', '/api/v1/account', { version: 1, display_name: 'x' })),
    ).toEqual([403, 'session.bound'])
    const { url: next } = (await intruder.post(`/api/v1/members/${accountId}/sign-in-link`)).body
    const second = new Browser(program.app)
    expect((await redeem(next, second)).body.tenants).toHaveLength(1)
    expect(await codeOf(second.post('/api/v1/auth/refresh', { tenant_id: elsewhere }))).toEqual([
      403,
      'tenant.not_member',
    ])
    await owner.call('DELETE', `/api/v1/members/${accountId}`)
    expect(await codeOf(second.get('/api/v1/account'))).toEqual([401, 'session.ended'])
  })

  test('are made by owners for anybody, by others for themselves', async () => {
    const { browser: admin } = await newcomer('admin')
    const { browser: guest, accountId } = await newcomer('guest')
    expect(await codeOf(admin.post(`/api/v1/members/${accountId}/sign-in-link`))).toEqual([
      403,
      'member.forbidden',
    ])
    expect((await guest.post(`/api/v1/members/${accountId}/sign-in-link`)).status).toBe(201)
    const nobody = '00000000-0000-7000-8000-000000000000'
    expect(await codeOf(owner.post(`/api/v1/members/${nobody}/sign-in-link`))).toEqual([
      404,
      'member.not_found',
    ])
  })
})

test('every act is in the audit log, and no secret is in any log', async () => {
  const actions = new Set(await auditActions())
  for (const action of [
    ...[
      'tenant.created',
      'tenant.renamed',
      'workspace.created',
      'workspace.updated',
      'workspace.member_added',
    ],
    ...['workspace.member_removed', 'member.role_changed', 'member.removed', 'member.left', 'member.joined'],
    ...['member.link_created', 'invitation.created', 'invitation.revoked'],
  ])
    expect(actions).toContain(action)
  const log = program.log.lines.join('\n')
  expect(log).not.toMatch(/[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}|eyJ|#token=/)
  expect(log).not.toContain('@example.org')
})
