import { expect, test } from 'vitest'
import type { Mailer } from './mail.ts'

/** A message as its reader gets it. */
export interface ReceivedMail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** The rules every mailer keeps. `received` gives what arrived, oldest first. */
export function mailAcceptance(
  open: () => Promise<{ mailer: Mailer; received(): readonly ReceivedMail[] }>,
): void {
  const message = { to: 'reader@example.org', subject: 'Hello', text: 'Body\n', locale: 'en' } as const

  test('a message has arrived when send resolves, in any script', async () => {
    const { mailer, received } = await open()
    const text = `验证码 012345\n\n${'很长的一行'.repeat(300)}\n.\nlast line\n`
    await mailer.send({
      ...message,
      subject: '012345 是您的登录验证码',
      text,
      html: '<p>x</p>',
      locale: 'zh',
    })
    expect(received()).toHaveLength(1)
    const mail = received()[0]!
    expect(mail).toMatchObject({ to: message.to, subject: '012345 是您的登录验证码' })
    expect(mail.text.trim()).toBe(text.trim())
  })

  test('line breaks in a subject make no header', async () => {
    const { mailer, received } = await open()
    await mailer.send({ ...message, subject: 'Hi\r\nBcc: other@example.org\r\n\r\nx' })
    expect(received()).toHaveLength(1)
    expect(received()[0]).toMatchObject({ to: message.to, subject: 'Hi Bcc: other@example.org x' })
  })

  test('an address that is none, or is several, is refused', async () => {
    const { mailer, received } = await open()
    for (const to of ['nobody', 'a@b.example, c@d.example', 'a@b.example\r\nRCPT TO:<c@d.example>']) {
      await expect(mailer.send({ ...message, to })).rejects.toMatchObject({ code: 'mail.address_invalid' })
    }
    expect(received()).toEqual([])
  })
}
