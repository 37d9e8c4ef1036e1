import { expect, test } from 'vitest'
import { comment, hash } from '../mock.ts'
import { type CommentBranch, commentTree } from './comment-tree.ts'

const post = hash(1)
const shape = (branches: readonly CommentBranch[]): unknown[] =>
  branches.map(({ comment, answers }) => [comment.id, shape(answers)])

test('answers stand below what they answer, the oldest first, in whatever order they came', () => {
  const first = comment(1, { parent_id: post }, 30)
  const second = comment(2, { parent_id: post }, 20)
  const late = comment(3, { parent_id: first.id }, 5)
  const early = comment(4, { parent_id: first.id }, 10)
  const wanted = [
    [
      first.id,
      [
        [early.id, []],
        [late.id, []],
      ],
    ],
    [second.id, []],
  ]
  expect(shape(commentTree([first, second, late, early], post))).toEqual(wanted)
  expect(shape(commentTree([late, early, second, first], post))).toEqual(wanted)
})

test('an answer to something that has not come stands at the top', () => {
  const lost = comment(5, { parent_id: hash(99) }, 3)
  expect(shape(commentTree([lost], post))).toEqual([[lost.id, []]])
})
