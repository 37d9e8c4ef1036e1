import { expect, test } from 'vitest'
import { RelayPace } from './relay-pace.ts'

/** A pace whose last relay began at 0, of so many senders, and took so long. */
function after(senders: number, took: number): RelayPace {
  const pace = new RelayPace()
  pace.begin(0, senders)
  pace.end(took)
  return pace
}

test('the first is relayed at once', () => {
  expect(new RelayPace().wait(1_000)).toBe(0)
})

test('who writes alone, further apart than a relay takes, is relayed at once', () => {
  expect(after(1, 2).wait(16)).toBe(0)
})

test('a costly relay is followed later than a cheap one, and 8 ms after its end at the latest', () => {
  expect(after(1, 0.2).wait(0.2)).toBe(0)
  expect(after(1, 1).wait(1)).toBe(2)
  expect(after(1, 2).wait(2.5)).toBe(3.5)
  expect(after(1, 50).wait(50)).toBe(8)
  expect(after(1, 50).wait(59)).toBe(0)
})

test('while the event loop has not come round, the relay counts as long as it has lasted', () => {
  const pace = new RelayPace()
  pace.begin(0, 1)
  expect(pace.wait(1)).toBe(2)
  expect(pace.wait(3)).toBe(6)
  pace.end(1)
  pace.end(9)
  expect(pace.wait(3)).toBe(0)
})

test('where several wrote together, the first of them is not sent without the others', () => {
  expect(after(10, 3).wait(16)).toBe(1.5)
  expect(after(10, 30).wait(60)).toBe(2)
  expect(after(10, 0.4).wait(16)).toBe(0)
})
