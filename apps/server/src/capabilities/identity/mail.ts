import type { Clock, Logger, Service } from '@stoa/kernel'
import type { Mailer, MailMessage } from '../../platform/mail/mail.ts'
import { mailBusy } from './errors.ts'

const MAX_WAITING = 200

export interface MailInit {
  readonly mailer: Mailer
  readonly log: Logger
  readonly clock: Clock
}

/**
 * Sends mail beside the request: how long a mail server takes, and whether there was anything to send, must not be seen in
 * how fast an answer comes. A mail that fails is logged; whoever waits for it asks again.
 */
export class Mail implements Service {
  readonly name = 'identity-mail'
  readonly #init: MailInit
  readonly #waiting = new Set<Promise<void>>()

  constructor(init: MailInit) {
    this.#init = init
  }

  async start(): Promise<void> {}

  /** Waits for what is on its way. */
  async stop(): Promise<void> {
    await this.idle()
  }

  /** Resolves when nothing is on its way. */
  async idle(): Promise<void> {
    while (this.#waiting.size > 0) await Promise.all(this.#waiting)
  }

  /** @throws Problem 503 `mail.busy` when too many are on their way; asked before it is known whether one will be sent */
  assertReady(): void {
    if (this.#waiting.size >= MAX_WAITING) throw mailBusy()
  }

  /** Sends without waiting. `kind` names the mail in the log; its text and its address never stand there. */
  post(kind: string, message: MailMessage): void {
    const sending = this.#send(kind, message).finally(() => this.#waiting.delete(sending))
    this.#waiting.add(sending)
  }

  async #send(kind: string, message: MailMessage): Promise<void> {
    const { mailer, log, clock } = this.#init
    const started = clock.now()
    try {
      await mailer.send(message)
      log.info({ action: 'mail_sent', kind, ms: clock.now() - started })
    } catch (error) {
      log.error({ action: 'mail_failed', kind, err: error })
    }
  }
}
