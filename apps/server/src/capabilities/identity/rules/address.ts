/** The form in which an e-mail address is stored and compared. Mail always goes to the stored form. */
export function normalizeEmail(address: string): string {
  return address.trim().normalize('NFC').toLowerCase()
}

/** The name of an account that told none: what stands before the `@`. */
export function nameFromEmail(address: string): string {
  return address.split('@', 1)[0]?.slice(0, 120) || address.slice(0, 120)
}

/** An address as it may stand in a log: `r…@example.org`. */
export function maskEmail(address: string): string {
  const at = address.lastIndexOf('@')
  return at < 1 ? '…' : `${address[0]}…${address.slice(at)}`
}
