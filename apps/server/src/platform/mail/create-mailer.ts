import { ConsoleMailer } from './console/console-mailer.ts'
import type { Mailer } from './mail.ts'
import type { SmtpOptions } from './smtp/smtp-mailer.ts'

export type MailConfig = { readonly kind: 'console' } | ({ readonly kind: 'smtp' } & SmtpOptions)

/** The mailer that the configuration asks for. @param deps.print shows a message where the operator sees it */
export async function createMailer(
  config: MailConfig,
  deps: { print: (text: string) => void },
): Promise<Mailer> {
  if (config.kind === 'console') return new ConsoleMailer(deps)
  const { SmtpMailer } = await import('./smtp/smtp-mailer.ts')
  return new SmtpMailer(config)
}
