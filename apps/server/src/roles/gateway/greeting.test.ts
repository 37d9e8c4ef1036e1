import { silentLogger } from '@stoa/kernel'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { greeted } from './greeting.ts'
import type { Channel, Receiver } from './socket.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

function greeting(greet: (first: Uint8Array) => Promise<Receiver | undefined>) {
  const said: string[] = []
  const channel: Channel = {
    ...{ transport: 'websocket', buffered: 0, send: () => {} },
    close: (reason) => void said.push(reason),
    pause: () => void said.push('pause'),
    resume: () => void said.push('resume'),
  }
  return { receiver: greeted(channel, { greet, log: silentLogger }), said }
}

test('TOPIC-2, UDP-5: who does not say within ten seconds who they are is let go', async () => {
  const { said } = greeting(async () => undefined)
  await vi.advanceTimersByTimeAsync(9_999)
  expect(said).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(said).toEqual(['unauthenticated'])
})

test('TOPIC-2: frames that come before the answer to the first wait, and keep their order', async () => {
  const heard: number[] = []
  const admitted = Promise.withResolvers<Receiver>()
  const { receiver, said } = greeting(() => admitted.promise)
  for (const byte of [1, 2, 3]) receiver.receive(Uint8Array.of(byte))
  expect([said, heard]).toEqual([['pause'], []])
  admitted.resolve({ receive: ([byte = 0]) => void heard.push(byte), closed: () => {} })
  await vi.waitFor(() => expect(heard).toEqual([2, 3]))
  receiver.receive(Uint8Array.of(4))
  expect([said, heard]).toEqual([
    ['pause', 'resume'],
    [2, 3, 4],
  ])
  await vi.advanceTimersByTimeAsync(20_000)
  expect(said).toEqual(['pause', 'resume'])
})
