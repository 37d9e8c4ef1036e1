/** Every sentence of the mails, with its variables already fit to be shown. One object per language. */
export interface MailTexts {
  readonly signInCode: {
    subject(code: string): string
    heading: string
    body(minutes: number): string
    footer: string
  }
  readonly invitation: {
    subject(inviter: string, organisation: string): string
    heading(organisation: string): string
    body(inviter: string, organisation: string): string
    action: string
    expires(date: string): string
    footer: string
  }
  readonly newDevice: {
    subject: string
    heading: string
    body: string
    action: string
    footer: string
  }
  readonly refreshReuse: {
    subject: string
    heading: string
    body: readonly string[]
    action: string
    footer: string
  }
  readonly facts: { device: string; address: string; time: string }
}
