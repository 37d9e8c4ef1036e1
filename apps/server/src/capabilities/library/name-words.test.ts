import { expect, test } from 'vitest'
import { nameQuery, nameWords } from './name-words.ts'

test('splits Han into characters and folds the rest', () => {
  expect(nameWords('红楼梦 Rêve', '曹雪芹', null)).toBe('红 楼 梦 reve 曹 雪 芹 ')
})

test('looks for words by their beginning and for Han runs as phrases', () => {
  expect(nameQuery('Wald 红楼')).toBe('wald:* & 红 <-> 楼')
  expect(nameQuery('红 楼')).toBe('红 & 楼')
})

test('cannot be made to speak tsquery', () => {
  expect(nameQuery("a' | !b & (c:*)")).toBe('a:* & b:* & c:*')
  expect(nameQuery(' &|! ')).toBeUndefined()
})
