import { MailError } from './errors.ts'

/** One address as people write it: no names, lists, comments or quotes, nothing that means something to a mail header. */
const ADDRESS = /^[^\s\p{C}@<>()[\]\\,;:"]{1,64}@[^\s\p{C}@<>()[\]\\,;:"]{1,255}$/u

/** @throws MailError `mail.address_invalid` */
export function checkAddress(address: string): void {
  if (address.length <= 254 && ADDRESS.test(address)) return
  throw new MailError('mail.address_invalid', 'This is not an e-mail address.')
}

/** Text for one header line: line breaks and other control characters become spaces. */
export const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
