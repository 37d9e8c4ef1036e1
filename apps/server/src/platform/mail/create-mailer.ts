import { ConsoleMailer } from './console/console-mailer.ts'
import type { Mailer } from './mail.ts'
import { SmtpMailer, type SmtpOptions } from './smtp/smtp-mailer.ts'

export type MailConfig = { readonly kind: 'console' } | ({ readonly kind: 'smtp' } & SmtpOptions)

/** The mailer that the configuration asks for. @param deps.print shows a message where the operator sees it */
export function createMailer(config: MailConfig, deps: { print: (text: string) => void }): Mailer {
  return config.kind === 'smtp' ? new SmtpMailer(config) : new ConsoleMailer(deps)
}
