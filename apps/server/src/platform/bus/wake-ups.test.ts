import { uuidv7 } from '@stoa/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeWake, encodeWake } from './wake-ups.ts'

test('what is encoded is decoded', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.nat(), (tenantId, eventId) => {
      expect(decodeWake(encodeWake({ tenantId, eventId }))).toEqual({ tenantId, eventId })
    }),
    { seed: 7 },
  )
})

test.each(['', ':', 'x:1', `${uuidv7()}:`, `${uuidv7()}:1e9`, `${uuidv7()}:-1`, `${uuidv7()}:1;drop`, ' '])(
  '%j is nobody’s news',
  (text) => {
    expect(decodeWake(text)).toBeUndefined()
  },
)
