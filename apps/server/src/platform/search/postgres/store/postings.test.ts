import { expect, test } from 'vitest'
import { BLOCK, blocksOf, posting } from './postings.ts'

const taken = (packed: number) => ({ ord: packed >> 17, often: (packed >> 11) & 63, length: packed & 2047 })

test('a posting says where, how often and in how long a passage', () => {
  expect(taken(posting(7, 3, 120))).toEqual({ ord: 7, often: 3, length: 120 })
  expect(taken(posting(BLOCK + 7, 1, 2))).toEqual({ ord: 7, often: 1, length: 2 })
})

test('what is too large for its bits is the largest that fits, and never another passage', () => {
  expect(taken(posting(BLOCK - 1, 1000, 100_000))).toEqual({ ord: BLOCK - 1, often: 63, length: 2047 })
  expect(posting(BLOCK - 1, 63, 2047)).toBe(2 ** 31 - 1)
})

test('passages are turned round: a block for each term, passages ascending, one part after the other', () => {
  const [read, book, the] = [0, 1, 2]
  const blocks = blocksOf(
    [
      { ord: 0, ranked: [read, book, read], exact: [the] },
      { ord: 2, ranked: [read], exact: [] },
      { ord: BLOCK, ranked: [book], exact: [] },
    ],
    [5, 9, 1],
  )
  expect(blocks).toEqual([
    { term: 5, part: 0, postings: [posting(0, 2, 3), posting(2, 1, 1)] },
    { term: 9, part: 0, postings: [posting(0, 1, 3)] },
    { term: 1, part: 0, postings: [posting(0, 1, 3)] },
    { term: 9, part: 1, postings: [posting(0, 1, 1)] },
  ])
})
