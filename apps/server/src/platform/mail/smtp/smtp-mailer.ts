import { createTransport } from 'nodemailer'
import { checkAddress, oneLine } from '../address.ts'
import { MailError } from '../errors.ts'
import type { Mailer, MailMessage } from '../mail.ts'

export interface SmtpOptions {
  readonly host: string
  readonly port: number
  /** `tls` from the first byte (port 465); `starttls` demanded before anything is sent (587); `none` for a relay on this host. */
  readonly security: 'tls' | 'starttls' | 'none'
  readonly user?: string
  readonly password?: string
  readonly from: { readonly name: string; readonly address: string }
  /** PEM certificates to trust beside the system's. */
  readonly ca?: string
  /** For connecting, for the greeting and for silence, in milliseconds. Default 15,000. */
  readonly timeoutMs?: number
}

const languages = { en: 'en', zh: 'zh-Hans' } as const

/** Hands messages to a mail server (RFC 5321), one connection each. Certificates are always checked. */
export class SmtpMailer implements Mailer {
  readonly #transport: ReturnType<typeof open>
  readonly #from: SmtpOptions['from']

  constructor(options: SmtpOptions) {
    checkAddress(options.from.address)
    this.#transport = open(options)
    this.#from = { name: oneLine(options.from.name), address: options.from.address }
  }

  async send(message: MailMessage): Promise<void> {
    checkAddress(message.to)
    try {
      await this.#transport.sendMail({
        from: this.#from,
        to: { name: '', address: message.to },
        subject: oneLine(message.subject),
        text: message.text,
        ...(message.html === undefined ? {} : { html: message.html }),
        headers: { 'auto-submitted': 'auto-generated', 'content-language': languages[message.locale] },
      })
    } catch (error) {
      throw fromSmtp(error)
    }
  }

  /** Connects and signs in without sending, for health checks. @throws MailError */
  async verify(): Promise<void> {
    try {
      await this.#transport.verify()
    } catch (error) {
      throw fromSmtp(error)
    }
  }
}

function open(options: SmtpOptions) {
  const timeout = options.timeoutMs ?? 15_000
  return createTransport({
    host: options.host,
    port: options.port,
    secure: options.security === 'tls',
    requireTLS: options.security === 'starttls',
    ignoreTLS: options.security === 'none',
    ...(options.user === undefined ? {} : { auth: { user: options.user, pass: options.password ?? '' } }),
    ...(options.ca === undefined ? {} : { tls: { ca: options.ca } }),
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    dnsTimeout: timeout,
    // Messages are built from text only: nothing in them may name a file or an address to read.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

/** A 5xx answer about the message or its addresses is final (RFC 5321 §4.2.1); anything else may pass. */
function fromSmtp(error: unknown): MailError {
  const { code, responseCode } = error instanceof Error ? (error as SmtpFailure) : {}
  const final =
    responseCode !== undefined && responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE')
  return final
    ? new MailError('mail.refused', 'The mail server refused the message.', { cause: error })
    : new MailError('mail.unavailable', 'The mail server did not take the message.', { cause: error })
}

interface SmtpFailure extends Error {
  readonly code?: string
  readonly responseCode?: number
}
