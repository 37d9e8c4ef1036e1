import { expect, test } from 'vitest'
import { stack } from './stack.ts'

const wish = (id: string, top: number, height = 100) => ({ id, top, height })
const tops = (wishes: ReturnType<typeof wish>[], active?: string) => Object.fromEntries(stack(wishes, active))

test('cards that do not meet stand beside their words', () => {
  expect(tops([wish('a', 50), wish('b', 400)])).toEqual({ a: 50, b: 400 })
})

test('cards that meet are pushed down', () => {
  expect(tops([wish('b', 60), wish('a', 50), wish('c', 70)])).toEqual({ a: 50, b: 162, c: 274 })
})

test('the one that is looked at stands where it wants to, those before it make room', () => {
  expect(tops([wish('a', 300), wish('b', 310), wish('c', 320)], 'b')).toEqual({ a: 198, b: 310, c: 422 })
})

test('nothing stands over the upper edge', () => {
  expect(tops([wish('a', 0), wish('b', 10)], 'b')).toEqual({ a: 0, b: 112 })
  expect(tops([wish('a', -40)])).toEqual({ a: 0 })
})
