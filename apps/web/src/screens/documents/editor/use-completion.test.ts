import { expect, test } from 'vitest'
import { askedBy } from './use-completion.ts'

test('a slash at the beginning or after a space asks, with what follows', () => {
  expect(askedBy('/', 1)).toEqual({ sign: '/', query: '', from: 0, to: 1 })
  expect(askedBy('see /tab', 20)).toEqual({ sign: '/', query: 'tab', from: 16, to: 20 })
  expect(askedBy('看@顾', 3)).toEqual({ sign: '@', query: '顾', from: 1, to: 3 })
})

test('inside words, addresses and after a space it does not', () => {
  for (const text of ['and/or', 'mail@example', 'https://a/b', '/ table', 'no sign'])
    expect(askedBy(text, text.length)).toBeUndefined()
})
