import { checkAddress, oneLine } from '../address.ts'
import type { Mailer, MailMessage } from '../mail.ts'

const KEPT = 20
const RULE = '─'.repeat(72)

/** Shows messages where the program runs: a laptop needs no mail server. Keeps the last ones for tests. */
export class ConsoleMailer implements Mailer {
  readonly #print: (text: string) => void
  #messages: MailMessage[] = []

  constructor(options: { print: (text: string) => void }) {
    this.#print = options.print
  }

  /** The last messages, newest last. */
  get messages(): readonly MailMessage[] {
    return this.#messages
  }

  async send(message: MailMessage): Promise<void> {
    checkAddress(message.to)
    const shown = { ...message, subject: oneLine(message.subject) }
    this.#messages = [...this.#messages, shown].slice(-KEPT)
    const heading = `Mail to ${shown.to} · ${shown.subject}`
    this.#print(`\n${RULE}\n${printable(heading)}\n${RULE}\n${printable(shown.text.trim())}\n${RULE}\n`)
  }
}

/** Without what a terminal would obey: names in a message come from strangers. */
const printable = (text: string) => text.replace(/[^\P{C}\n]/gu, '')
