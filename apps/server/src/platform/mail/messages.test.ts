import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkAddress } from './address.ts'
import type { MailLocale } from './mail.ts'
import { invitationMail, newDeviceMail, refreshReuseMail, signInCodeMail } from './messages.ts'
import { displayName, escapeHtml } from './templates/layout.ts'

const at = new Date('2026-11-21T08:05:00Z')
const access = { device: 'Firefox on Linux', ip: '192.0.2.7', at }
const sessionsUrl = 'https://read.example/settings/sessions?a=1&b=2'

function everyMail(locale: MailLocale, name = 'Ada') {
  const to = 'reader@example.org'
  return [
    signInCodeMail({ to, locale, code: '123456', minutes: 10 }),
    invitationMail({ to, locale, inviter: name, organisation: name, url: sessionsUrl, expiresAt: at }),
    newDeviceMail({ to, locale, access: { ...access, device: name }, sessionsUrl }),
    refreshReuseMail({ to, locale, access: { ...access, device: name }, sessionsUrl }),
  ]
}

describe('mail templates', () => {
  test('the code stands in the subject and alone on a line of the text', () => {
    const mail = signInCodeMail({ to: 'a@b.example', locale: 'en', code: '012345', minutes: 10 })
    expect(mail.subject).toBe('012345 is your Stoa sign-in code')
    expect(mail.text.split('\n').map((line) => line.trim())).toContain('012345')
    expect(mail.text).toContain('10 minutes')
    expect(mail.html).toContain('>012345</p>')
  })

  test('links are whole in the text and escaped in the HTML', () => {
    for (const locale of ['en', 'zh'] as const) {
      for (const mail of everyMail(locale).slice(1)) {
        expect(mail.text.split('\n')).toContain(sessionsUrl)
        expect(mail.html).toContain('href="https://read.example/settings/sessions?a=1&amp;b=2"')
      }
    }
  })

  test('each language is whole: no text of the other, a language mark, times with their zone', () => {
    for (const mail of everyMail('zh')) {
      expect(mail.subject).toMatch(/\p{sc=Han}/u)
      expect(mail.html).toContain('<html lang="zh-Hans">')
    }
    for (const mail of everyMail('en')) {
      expect(`${mail.subject}${mail.text}${mail.html?.replace(/font:[^"]*/g, '')}`).not.toMatch(/\p{sc=Han}/u)
      expect(mail.html).toContain('<html lang="en">')
    }
    expect(everyMail('en')[2]?.text).toContain('21 November 2026 at 08:05 UTC')
    expect(everyMail('zh')[2]?.text).toContain('2026年11月21日')
  })

  test('whatever a name holds, no tag, header or line of its own comes out', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        for (const mail of everyMail('en', `${name}<img src=x onerror="alert(1)">\r\nBcc: x@y.example`)) {
          expect(mail.subject).not.toMatch(/[\r\n\p{Cc}]/u)
          expect(mail.text).not.toMatch(/^Bcc:/m)
          expect(mail.html).not.toContain('<img')
        }
      }),
      { numRuns: 200, seed: 1 },
    )
  })

  test('a link of another kind is refused', () => {
    const mail = { to: 'a@b.example', locale: 'en', access } as const
    expect(() => newDeviceMail({ ...mail, sessionsUrl: 'javascript:alert(1)' })).toThrow(TypeError)
  })
})

test('displayName keeps names and drops what deceives', () => {
  expect(displayName('  Ada   Lovelace ')).toBe('Ada Lovelace')
  expect(displayName('读书会')).toBe('读书会')
  expect(displayName('a\u202eb\u200bc')).toBe('abc')
  expect(displayName('win at https://evil.example')).toBe('win at https evil.example')
  expect([...displayName('𠀀'.repeat(100))]).toHaveLength(80)
})

test('escapeHtml covers text and quoted attributes', () => {
  expect(escapeHtml(`<a href="x" title='y'>&`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;')
})

test.each(['a@b.example', 'o.n+tag@例子.cn', '读者@b.example'])('%s is an address', (address) => {
  expect(() => checkAddress(address)).not.toThrow()
})

test.each([
  '',
  'a',
  'a@',
  '@b',
  'a@b@c',
  'a b@c.example',
  'a@b.example\r\nBcc: c@d',
  'A <a@b.example>',
  'a@b.example,c@d.example',
  '"a"@b.example',
  `${'a'.repeat(65)}@b.example`,
])('%j is not', (address) => {
  expect(() => checkAddress(address)).toThrow(expect.objectContaining({ code: 'mail.address_invalid' }))
})
