import { describe, expect, test } from 'vitest'
import { createMailer } from '../create-mailer.ts'
import { mailAcceptance } from '../mail.acceptance.ts'
import { signInCodeMail } from '../messages.ts'
import { ConsoleMailer } from './console-mailer.ts'

describe('mail on the console', () => {
  mailAcceptance(async () => {
    const mailer = new ConsoleMailer({ print: () => {} })
    return { mailer, received: () => mailer.messages }
  })

  test('shows address and code, and nothing that a terminal would obey', async () => {
    let shown = ''
    const print = (text: string) => {
      shown += text
    }
    const mailer = await createMailer({ kind: 'console' }, { print })
    await mailer.send(signInCodeMail({ to: 'a@b.example', locale: 'en', code: '012345', minutes: 10 }))
    expect(shown).toContain('a@b.example')
    expect(shown).toMatch(/^ *012345$/m)
    await mailer.send({ to: 'a@b.example', subject: 'x', text: 'a\u001b[2Jb\u009bc', locale: 'en' })
    expect(shown).toContain('a[2Jbc')
    for (const char of ['\u001b', '\u009b']) expect(shown).not.toContain(char)
  })

  test('keeps the last twenty', async () => {
    const mailer = new ConsoleMailer({ print: () => {} })
    for (let i = 1; i <= 25; i++)
      await mailer.send({ to: 'a@b.example', subject: `${i}`, text: '', locale: 'en' })
    expect(mailer.messages.map((message) => message.subject)).toEqual(
      Array.from({ length: 20 }, (_, i) => `${i + 6}`),
    )
  })
})
