import { expect, test } from 'vitest'
import { mergeKinds, type Ranked } from './merge.ts'

const hit = (kind: Ranked['kind'], id: string, score: number): Ranked => ({ kind, id, score })

test("every kind's best stand near the top, whatever their scales", () => {
  const merged = mergeKinds([
    hit('passage', 'p1', 21),
    hit('passage', 'p2', 20),
    hit('passage', 'p3', 4),
    hit('note', 'n1', 0.6),
    hit('note', 'n2', 0.1),
    hit('book', 'b1', 3),
  ])
  expect(merged.map(({ id }) => id)).toEqual(['b1', 'n1', 'p1', 'p2', 'p3', 'n2'])
})

test('keeps every hit once and orders ties by id', () => {
  expect(mergeKinds([hit('passage', 'b', 1), hit('passage', 'a', 1)]).map(({ id }) => id)).toEqual(['a', 'b'])
})
