import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeFrame, FRAME, FrameError, FrameReader } from './frames.ts'

const kinds = fc.constantFrom(...Object.values(FRAME))
const frame = fc.record({
  kind: kinds,
  id: fc.integer({ min: 0, max: 0xffff_ffff }),
  body: fc.uint8Array({ maxLength: 400 }),
})

test('FRAME-1: the form of a frame', () => {
  expect(encodeFrame(FRAME.request, 258, Uint8Array.of(9, 8))).toEqual(Uint8Array.of(7, 1, 0, 0, 1, 2, 9, 8))
  expect(encodeFrame(FRAME.answer, 1, new Uint8Array(123)).subarray(0, 3)).toEqual(Uint8Array.of(0x80, 1, 2))
})

test('FRAME-1: frames are read as they were written, however the bytes are portioned', () => {
  fc.assert(
    fc.property(
      fc.array(frame, { maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 300 })),
      (frames, cuts) => {
        const bytes = Buffer.concat(frames.map(({ kind, id, body }) => encodeFrame(kind, id, body)))
        const reader = new FrameReader(() => 400)
        const read = []
        let at = 0
        for (const cut of [...cuts, bytes.length]) {
          read.push(...reader.push(bytes.subarray(at, at + cut)))
          at += cut
        }
        expect(read.map((one) => ({ ...one, body: [...one.body!] }))).toEqual(
          frames.map((one) => ({ ...one, body: [...one.body] })),
        )
      },
    ),
    { seed: 20261122 },
  )
})

test('FRAME-3: a frame that is too long is told with its head, passed over, and the next one is read', () => {
  const reader = new FrameReader((kind) => (kind === FRAME.request ? 10 : 100))
  const long = encodeFrame(FRAME.request, 5, new Uint8Array(11))
  expect(reader.push(long.subarray(0, 7))).toEqual([{ kind: FRAME.request, id: 5, body: undefined }])
  const next = encodeFrame(FRAME.answer, 6, new Uint8Array(11))
  expect(reader.push(Buffer.concat([long.subarray(7), next]))).toMatchObject([{ kind: FRAME.answer, id: 6 }])
})

test.each([
  ['an unknown kind', Uint8Array.of(5, 9, 0, 0, 0, 1)],
  ['a frame shorter than its head', Uint8Array.of(4, 1, 0, 0, 0, 1)],
  ['a length without an end', Uint8Array.of(255, 255, 255, 255, 255)],
  ['a frame of gigabytes', Uint8Array.of(255, 255, 255, 255, 7, 1, 0, 0, 0, 1)],
])('FRAME-3: %s ends the stream', (_, bytes) => {
  expect(() => new FrameReader(() => 100).push(bytes)).toThrow(FrameError)
})

test('random bytes never cost more memory than a frame, and end in frames or an error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 2_000 }), (bytes) => {
      try {
        for (const { body } of new FrameReader(() => 50).push(bytes))
          expect(body?.length ?? 0).toBeLessThanOrEqual(50)
      } catch (error) {
        expect(error).toBeInstanceOf(FrameError)
      }
    }),
    { seed: 20261122, numRuns: 500 },
  )
})
