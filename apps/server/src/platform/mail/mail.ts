/** Languages that mail is written in. */
export type MailLocale = 'en' | 'zh'

export interface MailMessage {
  /** One address, e.g. `reader@example.org`. */
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html?: string
  readonly locale: MailLocale
}

/** Sends mail. Every adapter passes `mail.acceptance.ts`. Messages come from `messages.ts`. */
export interface Mailer {
  /**
   * Resolves when the mail server took the message over.
   * @throws MailError: `mail.address_invalid` and `mail.refused` will fail again; `mail.unavailable` may be retried.
   */
  send(message: MailMessage): Promise<void>
}
