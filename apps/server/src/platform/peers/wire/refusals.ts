import { PeerError, PeerRefusal } from '../errors.ts'

/** The body of a refusal (FRAME-4): code, a space, reason, a space, text for people; UTF-8. */
export const REFUSAL_BYTES = 1024

const CODES = ['busy', 'too_large', 'timeout', 'refused'] as const
export type RefusalCode = (typeof CODES)[number]

const FORM = /^(\w+) ([a-z0-9_.]{1,64}) (.*)$/s
const REASON = /^[a-z0-9_.]{1,64}$/
const LONGEST_TEXT = 300

export function encodeRefusal(code: RefusalCode, reason: string, message: string): Uint8Array {
  const name = REASON.test(reason) ? reason : 'internal'
  return new TextEncoder().encode(`${code} ${name} ${message.slice(0, LONGEST_TEXT)}`)
}

/** What a handler threw, as its asker may know it. */
export function refusalOf(error: unknown): Uint8Array {
  if (error instanceof PeerRefusal) return encodeRefusal('refused', error.reason, error.message)
  return encodeRefusal('refused', 'internal', 'The peer could not answer.')
}

/** The error that a refusal stands for. Text from the peer is kept for logs, bounded. */
export function readRefusal(body: Uint8Array | undefined): PeerError {
  const [, code, reason = 'unknown', message = ''] = FORM.exec(new TextDecoder().decode(body)) ?? []
  const known = CODES.find((one) => one === code) ?? 'refused'
  const text = message === '' ? 'The peer gave no reason.' : message.slice(0, LONGEST_TEXT)
  return new PeerError(`peers.${known}`, text, { reason })
}
