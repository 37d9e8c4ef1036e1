import type { MailLocale, MailMessage } from './mail.ts'
import { composeMail, displayName } from './templates/layout.ts'
import { mailTexts } from './templates/texts.ts'

interface Recipient {
  readonly to: string
  readonly locale: MailLocale
}

/** When and from where something was done with an account. */
export interface AccessFacts {
  /** As shown in the list of sessions, e.g. `Firefox on Linux`. */
  readonly device: string
  readonly ip: string
  readonly at: Date
}

/** The code that signs in. */
export function signInCodeMail({
  to,
  locale,
  ...data
}: Recipient & { code: string; minutes: number }): MailMessage {
  const text = mailTexts[locale].signInCode
  return composeMail(to, locale, {
    subject: text.subject(data.code),
    heading: text.heading,
    paragraphs: [text.body(data.minutes)],
    code: data.code,
    footer: text.footer,
  })
}

/** An invitation to an organisation. @param data.url the link that accepts it; @param data.inviter display name */
export function invitationMail({
  to,
  locale,
  ...data
}: Recipient & { inviter: string; organisation: string; url: string; expiresAt: Date }): MailMessage {
  const text = mailTexts[locale].invitation
  const inviter = displayName(data.inviter)
  const organisation = displayName(data.organisation)
  return composeMail(to, locale, {
    subject: text.subject(inviter, organisation),
    heading: text.heading(organisation),
    paragraphs: [text.body(inviter, organisation), text.expires(formatTime(locale, data.expiresAt))],
    action: { label: text.action, url: data.url },
    footer: text.footer,
  })
}

/** A device signed in that the account had not used before. @param data.sessionsUrl the page that lists and ends sessions */
export function newDeviceMail({
  to,
  locale,
  ...data
}: Recipient & { access: AccessFacts; sessionsUrl: string }): MailMessage {
  const text = mailTexts[locale].newDevice
  return composeMail(to, locale, {
    subject: text.subject,
    heading: text.heading,
    paragraphs: [text.body],
    facts: factRows(locale, data.access),
    action: { label: text.action, url: data.sessionsUrl },
    footer: text.footer,
  })
}

/** A refresh token was used twice and its session revoked. */
export function refreshReuseMail({
  to,
  locale,
  ...data
}: Recipient & { access: AccessFacts; sessionsUrl: string }): MailMessage {
  const text = mailTexts[locale].refreshReuse
  return composeMail(to, locale, {
    subject: text.subject,
    heading: text.heading,
    paragraphs: text.body,
    facts: factRows(locale, data.access),
    action: { label: text.action, url: data.sessionsUrl },
    footer: text.footer,
  })
}

function factRows(locale: MailLocale, access: AccessFacts): [string, string][] {
  const labels = mailTexts[locale].facts
  return [
    [labels.device, displayName(access.device)],
    [labels.address, access.ip],
    [labels.time, formatTime(locale, access.at)],
  ]
}

/** In UTC, named so: the server does not know where the reader is. */
function formatTime(locale: MailLocale, time: Date): string {
  const options = { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' } as const
  return `${new Intl.DateTimeFormat(locale === 'zh' ? 'zh-CN' : 'en-GB', options).format(time)} UTC`
}
