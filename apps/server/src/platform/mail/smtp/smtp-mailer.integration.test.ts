import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { createCertificate } from '@stoa/testkit/certificate'
import type { SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, test } from 'vitest'
import { createMailer } from '../create-mailer.ts'
import { mailAcceptance } from '../mail.acceptance.ts'
import { SmtpMailer, type SmtpOptions } from './smtp-mailer.ts'
import { startSmtp } from './testing.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const from = { name: 'Stoa 读书会', address: 'stoa@read.example' }
const message = { to: 'reader@example.org', subject: 'Hello', text: 'Body\n', locale: 'zh' } as const

async function open(server: SMTPServerOptions = {}, options: Partial<SmtpOptions> = {}) {
  const smtp = await startSmtp(server)
  closing.push(smtp.close)
  const mailer = new SmtpMailer({ host: '127.0.0.1', port: smtp.port, security: 'none', from, ...options })
  return { mailer, mails: smtp.mails, received: () => smtp.mails }
}

const withPassword: SMTPServerOptions = {
  authOptional: false,
  onAuth: ({ username, password }, _session, done) =>
    username === 'stoa' && password === 'secret' ? done(null, { user: username }) : done(new Error('no')),
}

describe('mail by SMTP', () => {
  mailAcceptance(() => open())

  test('sender, recipient and headers are ours', async () => {
    const { mailer, mails } = await open()
    await mailer.send({ ...message, html: '<p>你好</p>' })
    const { envelope, raw } = mails[0]!
    expect(envelope).toEqual({ from: from.address, to: [message.to] })
    expect(raw).toMatch(/^Auto-Submitted: auto-generated\r$/m)
    expect(raw).toMatch(/^Content-Language: zh-Hans\r$/m)
    expect(raw).toMatch(/^Content-Type: multipart\/alternative/m)
    expect(raw).toContain('<stoa@read.example>')
  })

  test('nothing is sent in the clear when STARTTLS is demanded and not offered', async () => {
    const { mailer, mails } = await open({ hideSTARTTLS: true }, { security: 'starttls' })
    await expect(mailer.send(message)).rejects.toMatchObject({ code: 'mail.unavailable' })
    expect(mails).toEqual([])
  })

  test.each(['starttls', 'tls'] as const)(
    '%s: a certificate that is trusted is taken, another is not',
    async (security) => {
      const certificate = createCertificate()
      const server = { ...certificate, secure: security === 'tls', ...withPassword }
      const login = { security, host: 'localhost', user: 'stoa', password: 'secret' }
      const trusted = await open(server, { ...login, ca: certificate.cert })
      await trusted.mailer.verify()
      await trusted.mailer.send(message)
      expect(trusted.mails).toHaveLength(1)
      const stranger = await open(server, login)
      await expect(stranger.mailer.send(message)).rejects.toMatchObject({ code: 'mail.unavailable' })
      expect(stranger.mails).toEqual([])
    },
  )

  test('a wrong password may be mended, so it is worth another try', async () => {
    const allowInsecureAuth = { ...withPassword, allowInsecureAuth: true }
    const { mailer } = await open(allowInsecureAuth, { user: 'stoa', password: 'wrong' })
    await expect(mailer.send(message)).rejects.toMatchObject({ code: 'mail.unavailable' })
    await expect(mailer.verify()).rejects.toMatchObject({ code: 'mail.unavailable' })
  })

  test('an unknown mailbox is final, a busy one is not', async () => {
    const refuse = (responseCode: number) => ({
      onRcptTo: (_to: unknown, _session: unknown, done: (error: Error) => void) =>
        done(Object.assign(new Error('no'), { responseCode })),
    })
    const unknown = await open(refuse(550))
    await expect(unknown.mailer.send(message)).rejects.toMatchObject({ code: 'mail.refused' })
    const busy = await open(refuse(450))
    await expect(busy.mailer.send(message)).rejects.toMatchObject({ code: 'mail.unavailable' })
  })

  test('a server that never speaks costs the time limit, not for ever', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    closing.push(() => new Promise((resolve) => silent.close(resolve)))
    const { port } = silent.address() as AddressInfo
    const mailer = await createMailer(
      { kind: 'smtp', host: '127.0.0.1', port, security: 'none', from, timeoutMs: 300 },
      { print: () => {} },
    )
    await expect(mailer.send(message)).rejects.toMatchObject({ code: 'mail.unavailable' })
  })
})
