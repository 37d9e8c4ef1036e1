import { checkAddress, oneLine } from './address.ts'
import type { SmtpOptions } from './smtp/smtp-mailer.ts'

/**
 * Where mail goes out, from a URL: `smtps://user:password@host` speaks TLS at once (port 465), `smtp://…` demands STARTTLS
 * (port 587), but not of this machine itself (port 25, as a local relay has it). `?security=none|starttls|tls` overrides.
 * @param from `stoa@read.example`, or with a name: `Stoa <stoa@read.example>`
 * @throws TypeError on a malformed URL; MailError `mail.address_invalid`
 */
export function smtpOptions(url: string, from: string): SmtpOptions {
  const { protocol, hostname, port, username, password, searchParams } = new URL(url)
  if (protocol !== 'smtp:' && protocol !== 'smtps:') throw new TypeError('a mail server is smtp: or smtps:')
  if (hostname === '') throw new TypeError('a mail server has a host')
  const host = hostname.replace(/^\[|\]$/g, '')
  const local = ['localhost', '127.0.0.1', '::1'].includes(host)
  const asked = searchParams.get('security')
  const security = isSecurity(asked) ? asked : protocol === 'smtps:' ? 'tls' : local ? 'none' : 'starttls'
  if (asked !== null && asked !== security) throw new TypeError('security is none, starttls or tls')
  return {
    host,
    port: port === '' ? ports[security] : Number(port),
    security,
    ...(username === ''
      ? {}
      : { user: decodeURIComponent(username), password: decodeURIComponent(password) }),
    from: sender(from),
  }
}

const ports = { none: 25, starttls: 587, tls: 465 } as const

const isSecurity = (text: string | null): text is keyof typeof ports =>
  text !== null && Object.hasOwn(ports, text)

function sender(text: string): SmtpOptions['from'] {
  const [, name, address] = /^([^<]*)<([^>]*)>\s*$/.exec(text) ?? [undefined, '', text]
  const bare = (address ?? '').trim()
  checkAddress(bare)
  return { name: oneLine(name ?? '').replace(/^"|"$/g, '') || 'Stoa', address: bare }
}
