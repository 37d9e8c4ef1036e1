import { assert, constant, integer, oneof, property, record, string, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { ByteReader, ByteWriter, MalformedBytes } from './bytes.ts'
import { type DocumentMessage, decodeDocumentMessage, encodeDocumentMessage } from './document-messages.ts'

const bytes = uint8Array({ maxLength: 300 })
const seq = integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
const message = oneof(
  record({ kind: constant('step1' as const), stateVector: bytes }),
  record({
    kind: oneof(constant('step2' as const), constant('update' as const), constant('awareness' as const)),
    update: bytes,
  }),
  record({ kind: constant('query-awareness' as const) }),
  record({ kind: constant('denied' as const), reason: string() }),
  record({ kind: constant('hello' as const), version: seq }),
  record({ kind: constant('numbered' as const), seq, update: bytes }),
  record({ kind: constant('ack' as const), seq }),
  record({
    kind: constant('refused' as const),
    seq,
    code: string({ maxLength: 20 }),
    message: string({ maxLength: 100 }),
  }),
  record({ kind: constant('open' as const), document: string(), ticket: string(), traceparent: string() }),
)

test('every message is read as it was written', () => {
  assert(
    property(message, (one) => {
      expect(decodeDocumentMessage(encodeDocumentMessage(one as DocumentMessage))).toEqual(one)
    }),
    { seed: 1, numRuns: 500 },
  )
})

test('CONN-3: any other bytes are malformed, and nothing else happens', () => {
  assert(
    property(uint8Array({ maxLength: 40 }), (random) => {
      try {
        decodeDocumentMessage(random)
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedBytes)
      }
    }),
    { seed: 2, numRuns: 3_000 },
  )
})

test('CONN-3: a message with something after it, or without its end, is malformed', () => {
  const whole = encodeDocumentMessage({ kind: 'ack', seq: 300 })
  expect(() => decodeDocumentMessage(new Uint8Array([...whole, 0]))).toThrow(MalformedBytes)
  expect(() => decodeDocumentMessage(whole.subarray(0, -1))).toThrow(MalformedBytes)
})

test('numbers are LEB128, up to the largest safe one', () => {
  expect([...new ByteWriter().varUint(300).toBytes()]).toEqual([0xac, 0x02])
  expect(() => new ByteReader(new Uint8Array(9).fill(255)).varUint()).toThrow(MalformedBytes)
  expect(() => new ByteReader(new Uint8Array([1, 0xff])).varString()).toThrow('not UTF-8')
})
