import {
  anything,
  assert,
  boolean,
  constant,
  integer,
  jsonValue,
  oneof,
  option,
  property,
  record,
  string,
  uint8Array,
} from 'fast-check'
import { describe, expect, test } from 'vitest'
import invalidMessages from '../../../../contracts/vectors/realtime/invalid-document-messages.json' with {
  type: 'json',
}
import invalidFrames from '../../../../contracts/vectors/realtime/invalid-frames.json' with { type: 'json' }
import validMessages from '../../../../contracts/vectors/realtime/valid-document-messages.json' with {
  type: 'json',
}
import validFrames from '../../../../contracts/vectors/realtime/valid-frames.json' with { type: 'json' }
import { MalformedBytes } from './bytes.ts'
import { type DocumentMessage, decodeDocumentMessage, encodeDocumentMessage } from './document-messages.ts'
import {
  type ClientFrame,
  decodeClientFrame,
  decodeServerFrame,
  encodeClientFrame,
  encodeServerFrame,
  type ServerFrame,
} from './frames.ts'

const bytesOf = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

describe('vectors', () => {
  test.each(validFrames.client)('TOPIC-1: a client says $frame.kind', ({ frame, bytes }) => {
    expect(decodeClientFrame(bytesOf(bytes))).toEqual(frame)
    expect(hexOf(encodeClientFrame(frame as ClientFrame))).toBe(bytes)
  })

  test.each(validFrames.server)('TOPIC-1: a server says $frame.kind', ({ frame, bytes }) => {
    expect(decodeServerFrame(bytesOf(bytes))).toEqual(frame)
    expect(hexOf(encodeServerFrame(frame as unknown as ServerFrame))).toBe(bytes)
  })

  test.each(invalidFrames.client)('CONN-3, TOPIC-1: $name is refused', ({ bytes }) => {
    expect(() => decodeClientFrame(bytesOf(bytes))).toThrow(MalformedBytes)
  })

  test.each(validMessages.cases)('DOC-2, DOC-4: in a document: $message.kind', ({ message, bytes }) => {
    const fields = Object.entries(message).map(([name, value]) => [
      name,
      typeof value === 'object' ? bytesOf(value.hex) : value,
    ])
    const expected = Object.fromEntries(fields) as DocumentMessage
    expect(decodeDocumentMessage(bytesOf(bytes))).toEqual(expected)
    expect(hexOf(encodeDocumentMessage(expected))).toBe(bytes)
  })

  test.each(invalidMessages.cases)('CONN-3, DOC-2, DOC-4: in a document: $name is refused', ({ bytes }) => {
    expect(() => decodeDocumentMessage(bytesOf(bytes))).toThrow(MalformedBytes)
  })
})

const text = (maxLength: number) => string({ minLength: 1, maxLength })
const topic = text(128)
const clientFrame = oneof(
  record({ kind: constant('hello' as const), version: constant(1 as const), token: text(300) }),
  record({ kind: constant('refresh' as const), token: text(300) }),
  record({ kind: constant('follow' as const), topic }),
  record({ kind: constant('follow' as const), topic, after: integer({ min: 0 }) }),
  record({ kind: constant('leave' as const), topic }),
  record({ kind: constant('signal' as const), topic, type: text(32), data: option(jsonValue()) }),
  record({ kind: constant('ping' as const) }),
)

test('every frame of a client is read as it was written', () => {
  assert(
    property(clientFrame, (frame) => {
      const said = JSON.parse(JSON.stringify(frame)) as ClientFrame
      expect(JSON.parse(JSON.stringify(decodeClientFrame(encodeClientFrame(frame as ClientFrame))))).toEqual(
        said,
      )
    }),
    { seed: 11, numRuns: 500 },
  )
})

test('CONN-3: any bytes are a frame or malformed, and nothing else happens', () => {
  const bytes = oneof(
    uint8Array({ maxLength: 60 }),
    record({ kind: integer({ min: 0, max: 255 }), value: anything() }).map(
      ({ kind, value }) => new Uint8Array([kind, ...new TextEncoder().encode(JSON.stringify(value) ?? '')]),
    ),
  )
  assert(
    property(bytes, boolean(), (random, fromClient) => {
      try {
        if (fromClient) decodeClientFrame(random)
        else decodeServerFrame(random)
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedBytes)
      }
    }),
    { seed: 12, numRuns: 3_000 },
  )
})
