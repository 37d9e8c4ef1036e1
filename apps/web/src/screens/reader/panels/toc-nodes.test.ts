import { expect, test } from 'vitest'
import { currentPath, tocNodes } from './toc-nodes.ts'

const leaf = (label: string) => ({ label, href: `${label}.xhtml`, children: [] })
const toc = [leaf('one'), { ...leaf('two'), children: [leaf('two-a'), leaf('two-b')] }]

test('contents become a tree whose ids are places', () => {
  const nodes = tocNodes(toc)
  expect(nodes.map(({ id }) => id)).toEqual(['0', '1'])
  expect(nodes[1]?.children?.map(({ id, label }) => [id, label])).toEqual([
    ['1.0', 'two-a'],
    ['1.1', 'two-b'],
  ])
  expect(nodes[0]?.children).toBeUndefined()
})

test('the entry one is in is found with all above it, also as another object', () => {
  const nodes = tocNodes(toc)
  expect(currentPath(nodes, leaf('two-b'))).toEqual(['1', '1.1'])
  expect(currentPath(nodes, leaf('three'))).toEqual([])
  expect(currentPath(nodes, undefined)).toEqual([])
})
