import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskEmail, nameFromEmail, normalizeEmail } from './address.ts'
import {
  CODES_PER_DAY,
  CODES_PER_HOUR,
  codeFrom,
  RESEND_AFTER_SECONDS,
  secondsUntilNextCode,
} from './challenge.ts'
import { chooseTenant } from './choose-tenant.ts'
import { cookieName, isSameOrigin, keepsSecureCookies, REFRESH_COOKIE, setCookie } from './cookie.ts'
import { networkOf, platformOf } from './device.ts'
import { GRACE_MS, judgeRefresh, type RefreshFacts, refreshExpiry } from './refresh.ts'
import { isTimeZone } from './time-zone.ts'

const HOUR = 3_600_000

describe('a refresh token', () => {
  const time = fc.integer({ min: 0, max: 1000 }).map((hours) => new Date(hours * HOUR))
  const facts = fc.record<RefreshFacts>({
    usedAt: fc.option(time),
    expiresAt: time,
    sessionRevokedAt: fc.option(time),
    sessionEndsAt: time,
  })
  const at = fc.integer({ min: 0, max: 1000 * HOUR })
  const seed = { seed: 20261121, numRuns: 3000 }

  test('rotates only when unused, unexpired and in a living session', () => {
    fc.assert(
      fc.property(facts, at, (one, now) => {
        const alive = one.sessionRevokedAt === null && one.sessionEndsAt.getTime() > now
        const fits = alive && one.usedAt === null && one.expiresAt.getTime() > now
        expect(judgeRefresh(one, now) === 'rotate').toBe(fits)
      }),
      seed,
    )
  })

  test('never revives an ended session, and is reuse exactly when used longer ago than the grace', () => {
    fc.assert(
      fc.property(facts, at, (one, now) => {
        const verdict = judgeRefresh(one, now)
        const ended = one.sessionRevokedAt !== null || one.sessionEndsAt.getTime() <= now
        if (ended) expect(verdict).toBe('ended')
        else if (one.usedAt !== null)
          expect(verdict).toBe(now - one.usedAt.getTime() <= GRACE_MS ? 'resend' : 'reused')
      }),
      seed,
    )
  })

  test('expires by idleness, never after the session', () => {
    fc.assert(
      fc.property(at, time, (now, end) => {
        expect(refreshExpiry(now, end).getTime()).toBeLessThanOrEqual(end.getTime())
      }),
      seed,
    )
  })
})

describe('codes', () => {
  test('are six digits, each as likely as another', () => {
    expect(codeFrom(7)).toBe('000007')
    expect(codeFrom(4_293_999_999)).toBe('999999')
    for (const bits of [4_294_000_000, 2 ** 32 - 1]) expect(codeFrom(bits)).toBeUndefined()
  })

  test('keep to the minute, the hour and the day, however they are asked for', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4000 }), { maxLength: 60 }), (gaps) => {
        const sent: Date[] = []
        let now = 1_000_000
        for (const gap of gaps) {
          now += gap * 1000
          if (secondsUntilNextCode(sent, now) === 0) sent.unshift(new Date(now))
        }
        const within = (ms: number, end: Date) =>
          sent.filter((one) => one <= end && end.getTime() - one.getTime() < ms).length
        for (const one of sent) {
          expect(within(RESEND_AFTER_SECONDS * 1000, one)).toBe(1)
          expect(within(HOUR, one)).toBeLessThanOrEqual(CODES_PER_HOUR)
          expect(within(24 * HOUR, one)).toBeLessThanOrEqual(CODES_PER_DAY)
        }
      }),
      { seed: 5, numRuns: 300 },
    )
  })

  test('the wait that is told is the wait that is needed', () => {
    const sent = [new Date(10_000)]
    const wait = secondsUntilNextCode(sent, 15_500)
    expect(wait).toBe(55)
    expect(secondsUntilNextCode(sent, 15_500 + wait * 1000)).toBe(0)
  })
})

test('addresses are compared in one form, and masked in logs', () => {
  expect(normalizeEmail('  Ada.L@Example.ORG ')).toBe('ada.l@example.org')
  expect(nameFromEmail('ada.l@example.org')).toBe('ada.l')
  expect(maskEmail('ada@example.org')).toBe('a…@example.org')
  expect(maskEmail('@')).toBe('…')
})

test('time zones are those of the IANA database', () => {
  for (const name of ['Europe/Berlin', 'Asia/Shanghai', 'UTC']) expect(isTimeZone(name)).toBe(true)
  for (const name of ['Mars/Olympus', '', '+08:00', 'Europe/Berlin; drop'])
    expect(isTimeZone(name)).toBe(false)
})

describe('devices', () => {
  test.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox · Linux'],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/19.0 Safari/605.1.15',
      'Safari · macOS',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1',
      'Safari · iPhone',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36 Edg/156.0',
      'Edge · Windows',
    ],
    [
      'Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 Chrome/156.0 Mobile Safari/537.36',
      'Chrome · Android',
    ],
    ['StoaCLI/0.1.0 (linux)', 'Stoa'],
    ['', 'Unknown'],
  ])('%s is %s', (agent, platform) => {
    expect(platformOf(agent)).toBe(platform)
  })

  test.each([
    ['192.0.2.77', '192.0.2.0/24'],
    ['::ffff:192.0.2.77', '192.0.2.0/24'],
    ['2001:db8:1:2::9', '2001:db8:1::/48'],
    ['::1', '0:0:0::/48'],
    ['fe80::1%eth0', 'fe80:0:0::/48'],
    ['nonsense', null],
  ])('%s lies in %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network)
  })
})

describe('cookies', () => {
  test.each([
    ['https://read.example', true],
    ['http://localhost:4040', true],
    ['http://127.0.0.1:4040', true],
    ['http://[::1]:4040', true],
    ['http://app.localhost', true],
    ['http://192.168.1.5:4040', false],
    ['http://localhost.example', false],
    ['http://127.0.0.1.example', false],
  ])('%s keeps Secure cookies: %s', (baseUrl, keeps) => {
    const place = {
      baseUrl,
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    }
    expect(keepsSecureCookies(place)).toBe(keeps)
    expect(cookieName(REFRESH_COOKIE, place)).toBe(keeps ? '__Host-stoa_rt' : 'stoa_rt')
    expect(setCookie(REFRESH_COOKIE, place, 'v', 1).endsWith('; Secure')).toBe(keeps)
  })

  const safari =
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/19.0 Safari/605.1.15'
  const chrome =
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/156.0 Safari/537.36'
  test.each([
    [safari, 'http://localhost:4040', false],
    [safari, 'https://read.example', true],
    [chrome, 'http://localhost:4040', true],
  ])('%s keeps them from %s: %s', (userAgent, baseUrl, keeps) => {
    expect(keepsSecureCookies({ userAgent, baseUrl })).toBe(keeps)
  })

  test.each([
    [{ fetchSite: 'same-origin', origin: undefined }, true],
    [{ fetchSite: 'cross-site', origin: 'https://read.example' }, false],
    [{ fetchSite: 'same-site', origin: 'https://read.example' }, false],
    [{ origin: 'https://read.example' }, true],
    [{ origin: 'https://read.example.evil.example' }, false],
    [{ origin: 'http://read.example' }, false],
    [{ origin: 'null' }, false],
    [{ origin: undefined }, false],
  ])('%o is our own page: %s', (request, own) => {
    expect(isSameOrigin({ ...request, baseUrl: 'https://read.example' })).toBe(own)
  })
})

test('the organisation of a token: the one asked for or none, else the last, else the first', () => {
  const [a, b] = ['a', 'b'].map((tenantId) => ({ tenantId, name: tenantId, role: 'member' as const }))
  if (a === undefined || b === undefined) throw new Error('unreachable')
  const both = [a, b]
  expect(chooseTenant(both, { chosen: 'b', only: null })).toBe(b)
  expect(chooseTenant(both, { chosen: 'gone', only: null })).toBe(a)
  expect(chooseTenant(both, { wanted: 'a', chosen: 'b', only: null })).toBe(a)
  expect(chooseTenant(both, { wanted: 'x', chosen: 'b', only: null })).toBe('refused')
  expect(chooseTenant(both, { wanted: 'a', chosen: null, only: 'b' })).toBe('refused')
  expect(chooseTenant([a], { chosen: null, only: 'b' })).toBeNull()
  expect(chooseTenant([], { chosen: null, only: null })).toBeNull()
})
