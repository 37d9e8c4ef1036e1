import { expect, test } from 'vitest'
import type { StreamEvents } from '../streams.ts'
import { encodeFrame, FRAME, type Frame, FrameReader } from './frames.ts'
import { Requester } from './requester.ts'

/** A requester, and the other end of its stream: what it wrote, and a way to answer. */
function asker() {
  const written: Frame[] = []
  const violations: string[] = []
  const reader = new FrameReader(() => 1000)
  let events: StreamEvents | undefined
  const requester = new Requester({
    open: async (opened) => {
      events = opened
      return {
        write: async (...parts) => {
          for (const part of parts) written.push(...reader.push(part))
        },
        reset: () => violations.push('reset'),
      }
    },
    scheduler: { now: () => 0, after: () => () => {} },
    answerBytes: () => 1000,
    inFlight: () => 8,
    onViolation: (reason) => violations.push(reason),
    onIdle: () => {},
  })
  const answer = (id: number, ...body: number[]) =>
    events?.data(encodeFrame(FRAME.answer, id, Uint8Array.from(body)))
  return { requester, written, violations, answer }
}

test('FRAME-2: each request has its own id, and answers come in any order', async () => {
  const { requester, written, answer } = asker()
  const asked = [1, 2, 3].map((n) => requester.request(Uint8Array.of(n), {}))
  await expect.poll(() => written.length).toBe(3)
  expect(written.map(({ kind }) => kind)).toEqual([FRAME.request, FRAME.request, FRAME.request])
  expect(new Set(written.map(({ id }) => id)).size).toBe(3)
  for (const { id, body } of written.toReversed()) answer(id, ...(body ?? []), 9)
  expect(await Promise.all(asked)).toEqual([1, 2, 3].map((n) => Uint8Array.of(n, 9)))
})

test('FRAME-5: who gives up sends a cancel; the answer that crosses it is dropped, and the stream goes on', async () => {
  const { requester, written, violations, answer } = asker()
  const controller = new AbortController()
  const given = requester.request(Uint8Array.of(1), { signal: controller.signal })
  await expect.poll(() => written.length).toBe(1)
  controller.abort(new Error('enough'))
  await expect(given).rejects.toThrow('enough')
  const [question, cancel] = written
  expect(cancel).toMatchObject({ kind: FRAME.cancel, id: question?.id })
  expect(cancel?.body).toHaveLength(0)
  const next = requester.request(Uint8Array.of(2), {})
  await expect.poll(() => written.length).toBe(3)
  answer(question?.id ?? 0, 7)
  expect(written[2]?.id).not.toBe(question?.id)
  answer(written[2]?.id ?? 0, 8)
  expect(await next).toEqual(Uint8Array.of(8))
  expect(violations).toEqual([])
})
