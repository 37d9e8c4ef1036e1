import { expect, test } from 'vitest'
import { expand } from '../crypto/hkdf.ts'
import { protectionFrom, protectPacket, revealHeader } from '../crypto/protection.ts'
import { Aead } from '../crypto/suite.ts'
import { nodeCrypto } from '../node/crypto.ts'
import { KeyRing } from './keys.ts'

const ONE = new Uint8Array(32).fill(1)
const TWO = new Uint8Array(32).fill(2)
const KEEP_MS = 300
const NUMBER_AT = 9

const ring = (send: Uint8Array, receive: Uint8Array, renewAfter?: number) =>
  new KeyRing(nodeCrypto, Aead.chacha20Poly1305, { send, receive }, renewAfter)

/** A 1-RTT packet of twenty bytes under the keys that the ring has now. */
function seal(keys: KeyRing, number: number, now = 0): Uint8Array {
  keys.onSealing(number, now, KEEP_MS)
  const out = new Uint8Array(NUMBER_AT + 1 + 20 + 16)
  out[0] = 0x40 | (keys.phase << 2)
  out[NUMBER_AT] = number
  protectPacket(keys.send, out, 0, NUMBER_AT, 1, number, out.length - 16)
  return out
}

function open(keys: KeyRing, packet: Uint8Array, largest: number, now = 0): boolean {
  const copy = packet.slice()
  revealHeader(keys.receive.header, copy, 0, NUMBER_AT)
  const phase = (copy[0]! >> 2) & 1
  const bounds = { start: 0, from: NUMBER_AT + 1, to: copy.length }
  const times = { now, keepMs: KEEP_MS, nextSent: 0 }
  return keys.open({ phase, number: copy[NUMBER_AT]!, largest }, copy, bounds, times)
}

test('KEY-6 an update derives the next secret, turns the phase, and keeps the header key', () => {
  const keys = ring(ONE, TWO, 2)
  const { header } = keys.send
  for (let number = 0; number < 2; number++) seal(keys, number)
  keys.onAcked(1)
  const packet = seal(keys, 2)
  expect(keys.phase).toBe(1)
  expect(keys.send.header).toBe(header)
  const next = protectionFrom(nodeCrypto, Aead.chacha20Poly1305, expand(nodeCrypto, ONE, 'update'))
  expect(revealHeader(header, packet, 0, NUMBER_AT)).toBe(1)
  expect(next.packet.open(2, packet, 0, NUMBER_AT + 1, packet.length)).toBe(true)
})

test('KEY-6 no update before a packet of the phase was acknowledged', () => {
  const keys = ring(ONE, TWO, 2)
  for (let number = 0; number < 10; number++) seal(keys, number)
  expect(keys.renewals).toBe(0)
  keys.onAcked(4)
  seal(keys, 10)
  expect(keys.renewals).toBe(1)
  for (let number = 11; number < 20; number++) seal(keys, number)
  keys.onAcked(9)
  seal(keys, 20)
  expect(keys.renewals).toBe(1)
  keys.onAcked(10)
  seal(keys, 21)
  expect(keys.renewals).toBe(2)
})

test('KEY-6 an update comes after 2^22 packets by itself', () => {
  const keys = ring(ONE, TWO)
  keys.onAcked(0)
  for (let number = 0; number < 2 ** 22; number++) keys.onSealing(number, 0, KEEP_MS)
  expect(keys.renewals).toBe(0)
  keys.onSealing(2 ** 22, 0, KEEP_MS)
  expect(keys.renewals).toBe(1)
})

test('KEY-6 the other phase is followed in authentic packets alone; the former key is kept for a while', () => {
  const [one, other] = [ring(ONE, TWO, 1), ring(TWO, ONE)]
  const [early, late] = [seal(one, 0), seal(one, 1)]
  one.onAcked(0)
  const updated = seal(one, 2)
  expect(one.phase).toBe(1)
  const forged = updated.slice()
  forged[forged.length - 1]! ^= 1
  expect(open(other, early, -1)).toBe(true)
  expect(open(other, forged, 0)).toBe(false)
  expect(other.phase).toBe(0)
  expect(open(other, updated, 0, 1000)).toBe(true)
  expect(other.phase).toBe(1)
  expect(open(other, late, 2, 1000 + KEEP_MS - 1)).toBe(true)
  expect(open(other, late, 2, 1000 + KEEP_MS)).toBe(false)
  expect(other.renewals).toBe(1)
})
