import { expect, test } from 'vitest'
import { highlightCode } from './highlight-code.ts'

test('what is coloured stands where it stands in the code', () => {
  const code = 'const a = "b" // c\nlet d'
  const spans = highlightCode('typescript', code)
  const said = spans.map(({ from, to, classes }) => [classes, code.slice(from, to)])
  expect(said).toContainEqual(['hljs-keyword', 'const'])
  expect(said).toContainEqual(['hljs-string', '"b"'])
  expect(said).toContainEqual(['hljs-comment', '// c'])
  expect(said.at(-1)).toEqual(['hljs-keyword', 'let'])
})

test('a language that nobody knows stays plain', () => {
  expect(highlightCode('klingon', 'const')).toEqual([])
})
