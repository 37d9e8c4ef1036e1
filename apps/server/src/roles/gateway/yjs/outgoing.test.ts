import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Channel } from '../socket.ts'
import { Outgoing } from './outgoing.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }))
afterEach(() => void vi.useRealTimers())

/** A client that takes nothing until `buffered` is set, and what happens to it. */
function deafClient() {
  const said: (string | number)[] = []
  const channel = {
    ...{ transport: 'websocket', buffered: 0, close: () => {}, pause: () => {}, resume: () => {} },
    send: ({ length }) => {
      channel.buffered += length
      said.push(length)
    },
  } satisfies Channel as Channel & { buffered: number }
  const outgoing = new Outgoing({
    channel,
    catchUp: async () => void said.push('catch up'),
    tooSlow: () => {
      said.push('too slow')
      outgoing.close()
    },
  })
  return { channel, outgoing, said }
}

test('DOC-8: who takes nothing for 30 seconds is let go', () => {
  const { outgoing, said } = deafClient()
  const part = new Uint8Array(600_000)
  for (let n = 0; n < 5; n++) outgoing.send(part)
  expect(said).toEqual([600_000])
  vi.advanceTimersByTime(30_000)
  expect(said).toEqual([600_000])
  vi.advanceTimersByTime(100)
  expect(said).toEqual([600_000, 'too slow'])
})

test('DOC-8: who takes it all again is brought up to date, and sent what comes after', () => {
  const { channel, outgoing, said } = deafClient()
  for (let n = 0; n < 2; n++) outgoing.send(new Uint8Array(600_000))
  vi.advanceTimersByTime(29_000)
  outgoing.send(new Uint8Array(5))
  channel.buffered = 0
  vi.advanceTimersByTime(100)
  expect(said).toEqual([600_000, 'catch up'])
  outgoing.send(new Uint8Array(5))
  expect(said).toEqual([600_000, 'catch up', 5])
  vi.advanceTimersByTime(60_000)
  expect(said).toEqual([600_000, 'catch up', 5])
})
