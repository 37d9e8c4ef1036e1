import { expect, test } from 'vitest'
import { mean, ndcg10, recall20 } from './measures.ts'

test('the gain is one when what is relevant comes first, and less the later it comes', () => {
  const relevant = new Set(['a', 'b'])
  expect(ndcg10(['a', 'b', 'x'], relevant)).toBe(1)
  expect(ndcg10(['b', 'a'], relevant)).toBe(1)
  expect(ndcg10(['x', 'a', 'b'], relevant)).toBeCloseTo((1 / Math.log2(3) + 1 / 2) / (1 + 1 / Math.log2(3)))
  expect(ndcg10(['x'], relevant)).toBe(0)
})

test('only the first ten count for the gain, the first twenty for recall', () => {
  const late = [...Array.from({ length: 10 }, (_, index) => `x${index}`), 'a']
  expect(ndcg10(late, new Set(['a']))).toBe(0)
  expect(recall20(late, new Set(['a', 'b']))).toBe(0.5)
  expect(mean([1, 2])).toBe(1.5)
})
