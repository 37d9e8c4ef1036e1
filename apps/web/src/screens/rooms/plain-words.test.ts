import { expect, test } from 'vitest'
import { plainWords } from './plain-words.ts'

const ANNA = '018f0000-0000-7000-8000-000000000001'

test('a message in a list keeps its words and names, and loses its signs', () => {
  expect(
    plainWords(
      `# Title\n\n> a *noble* exercise, [@Anna](stoa:account/${ANNA})?\n- see [this](https://x.example) \`now\``,
    ),
  ).toBe('Title a noble exercise, @Anna? see this now')
})
