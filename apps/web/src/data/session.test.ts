import { describe, expect, it } from 'vitest'
import { ago, sessionReply, tenants, uuid } from '../testing/mock/account.ts'
import { ApiError, OfflineError } from './problem.ts'
import { type SessionEnvironment, type SessionReply, SessionStore } from './session.ts'

const START = Date.parse(ago(0))

/** A browser with tabs: one lock, one storage, one channel, and a server that answers what the test says. */
class FakeBrowser {
  now = START
  readonly requests: { path: string; body: unknown }[] = []
  readonly stored = new Map<string, string>()
  readonly listeners: ((message: unknown) => void)[] = []
  answer: () => Promise<Response> = async () => Response.json(this.reply())
  private lock: Promise<unknown> = Promise.resolve()
  private issued = 0

  reply(tenant = tenants[0]): SessionReply {
    const access_token_expires_at = new Date(this.now + 900_000).toISOString()
    return { ...sessionReply(tenant), access_token: `token-${++this.issued}`, access_token_expires_at }
  }

  tab(): SessionStore {
    const own: ((message: unknown) => void)[] = []
    const env: SessionEnvironment = {
      fetch: (path, init) => {
        this.requests.push({ path, body: JSON.parse(typeof init.body === 'string' ? init.body : 'null') })
        return this.answer()
      },
      now: () => this.now,
      exclusive: (_name, run) => {
        const next = this.lock.then(run, run)
        this.lock = next.catch(() => undefined)
        return next
      },
      storage: {
        getItem: (key) => this.stored.get(key) ?? null,
        setItem: (key, value) => void this.stored.set(key, value),
        removeItem: (key) => void this.stored.delete(key),
      },
      channel: {
        send: (message) => {
          for (const listener of this.listeners)
            if (!own.includes(listener)) listener(structuredClone(message))
        },
        listen: (receive) => {
          own.push(receive)
          this.listeners.push(receive)
        },
      },
    }
    return new SessionStore(env)
  }
}

const refused = (status: number, code: string) => async () =>
  Response.json({ type: '', title: '', status, code, request_id: 'r' }, { status })
const unreachable = () => Promise.reject(new TypeError('Failed to fetch'))

describe('the session of a tab', () => {
  it('signs in with the refresh cookie and keeps the token until half a minute before its end', async () => {
    const browser = new FakeBrowser()
    const tab = browser.tab()
    await tab.start()
    expect(tab.current()).toMatchObject({ status: 'signed-in', identity: { account: { id: uuid(1) } } })
    expect(await tab.accessToken()).toBe('token-1')
    browser.now += 869_000
    expect(await tab.accessToken()).toBe('token-1')
    browser.now += 2_000
    expect(await tab.accessToken()).toBe('token-2')
  })

  it('renews once for many askers', async () => {
    const browser = new FakeBrowser()
    const tab = browser.tab()
    const tokens = await Promise.all(Array.from({ length: 20 }, () => tab.accessToken()))
    expect(new Set(tokens)).toEqual(new Set(['token-1']))
    expect(browser.requests).toHaveLength(1)
  })

  it('shares a renewal with other tabs on the same organisation', async () => {
    const browser = new FakeBrowser()
    const [first, second] = [browser.tab(), browser.tab()]
    const tokens = await Promise.all([first.accessToken(), second.accessToken()])
    expect(tokens).toEqual(['token-1', 'token-1'])
    expect(browser.requests).toHaveLength(1)
  })

  it('keeps tabs on different organisations apart', async () => {
    const browser = new FakeBrowser()
    const [first, second] = [browser.tab(), browser.tab()]
    await first.start()
    await second.start()
    browser.answer = async () => Response.json(browser.reply(tenants[1]))
    await second.switchTenant(tenants[1]?.tenant_id ?? '')
    expect(first.current()).toMatchObject({ identity: { tenant: tenants[0] } })
    expect(second.current()).toMatchObject({ identity: { tenant: tenants[1] } })
  })

  it('asks for its own organisation when it renews, and for any when it belongs there no more', async () => {
    const browser = new FakeBrowser()
    const tab = browser.tab()
    await tab.start()
    browser.now += 900_000
    const answers = [refused(403, 'tenant.not_member'), async () => Response.json(browser.reply(tenants[1]))]
    browser.answer = () => answers.shift()?.() ?? unreachable()
    await tab.accessToken()
    expect(browser.requests.slice(1).map(({ body }) => body)).toEqual([
      { tenant_id: tenants[0]?.tenant_id },
      {},
    ])
    expect(tab.current()).toMatchObject({ identity: { tenant: tenants[1] } })
  })

  it('opens offline with the identity of last time, and without one is signed out', async () => {
    const browser = new FakeBrowser()
    await browser.tab().start()
    browser.answer = unreachable
    const later = browser.tab()
    await later.start()
    expect(later.current().status).toBe('signed-in')
    await expect(later.accessToken()).rejects.toBeInstanceOf(OfflineError)
    expect(later.current().status).toBe('signed-in')

    browser.stored.clear()
    const stranger = browser.tab()
    await stranger.start()
    expect(stranger.current()).toEqual({ status: 'signed-out', ended: false })
  })

  it('keeps no token on the device', async () => {
    const browser = new FakeBrowser()
    await browser.tab().start()
    expect([...browser.stored.values()].join()).not.toContain('token-')
  })

  it('ends when the server refuses, and forgets who it was', async () => {
    const browser = new FakeBrowser()
    const tab = browser.tab()
    await tab.start()
    browser.now += 900_000
    browser.answer = refused(401, 'session.revoked')
    await expect(tab.accessToken()).rejects.toBeInstanceOf(ApiError)
    expect(tab.current()).toEqual({ status: 'signed-out', ended: true })
    expect(browser.stored.size).toBe(0)
  })

  it('stays signed in through a fault of the server', async () => {
    const browser = new FakeBrowser()
    const tab = browser.tab()
    await tab.start()
    browser.now += 900_000
    browser.answer = refused(503, 'database.unavailable')
    await expect(tab.accessToken()).rejects.toMatchObject({ status: 503 })
    expect(tab.current().status).toBe('signed-in')
  })

  it('signs out on every tab, even when the server cannot be told', async () => {
    const browser = new FakeBrowser()
    const [first, second] = [browser.tab(), browser.tab()]
    await first.start()
    await second.start()
    browser.answer = unreachable
    await first.signOut()
    expect(first.current().status).toBe('signed-out')
    expect(second.current().status).toBe('signed-out')
  })

  it('ignores a broken identity on the device', async () => {
    const browser = new FakeBrowser()
    browser.stored.set('stoa.identity', '{"account":')
    browser.answer = refused(401, 'session.missing')
    const tab = browser.tab()
    await tab.start()
    expect(tab.current().status).toBe('signed-out')
  })
})
