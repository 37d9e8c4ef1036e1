import { expect, test } from 'vitest'
import { PeerRefusal } from '../errors.ts'
import { encodeRefusal, REFUSAL_BYTES, readRefusal, refusalOf } from './refusals.ts'

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const bytes = (words: string) => new TextEncoder().encode(words)

test('FRAME-4: code, a space, reason, a space, text for people', () => {
  expect(text(encodeRefusal('busy', 'limit', '9 requests of yours are at work.'))).toBe(
    'busy limit 9 requests of yours are at work.',
  )
  expect(text(refusalOf(new PeerRefusal('membership.stale', 'Es gibt eine neuere, 新的。')))).toBe(
    'refused membership.stale Es gibt eine neuere, 新的。',
  )
})

test.each([
  ['busy', 'peers.busy'],
  ['too_large', 'peers.too_large'],
  ['timeout', 'peers.timeout'],
  ['refused', 'peers.refused'],
])('FRAME-4: %s is read as %s, with its reason', (code, error) => {
  expect(readRefusal(bytes(`${code} membership.stale There is\na newer one.`))).toMatchObject({
    code: error,
    reason: 'membership.stale',
    message: 'There is\na newer one.',
  })
})

test('FRAME-4: a reason of other signs, or longer than 64, is never sent; what is no refusal is read as one without a reason', () => {
  for (const reason of ['Not_so', 'with space', 'x'.repeat(65), ''])
    expect(text(encodeRefusal('refused', reason, 'No.'))).toBe('refused internal No.')
  expect(text(encodeRefusal('refused', 'x'.repeat(64), 'No.'))).toBe(`refused ${'x'.repeat(64)} No.`)
  for (const body of [undefined, bytes(''), bytes('busy'), bytes(`refused ${'x'.repeat(65)} No.`)])
    expect(readRefusal(body)).toMatchObject({ code: 'peers.refused', reason: 'unknown' })
  expect(readRefusal(bytes('sung la.la No.'))).toMatchObject({ code: 'peers.refused', reason: 'la.la' })
})

test('FRAME-4: whatever the text, a refusal fits into its limit', () => {
  expect(encodeRefusal('too_large', 'x'.repeat(64), '新'.repeat(5000)).length).toBeLessThan(REFUSAL_BYTES)
})
