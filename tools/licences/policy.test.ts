import { expect, test } from 'vitest'
import { licenceFaults, satisfies } from './policy.ts'

const allowed = new Set(['MIT', 'Apache-2.0', 'Zlib'])

test.each([
  ['MIT', true],
  ['GPL-3.0-only', false],
  ['(MIT OR GPL-3.0-only)', true],
  ['MIT AND GPL-3.0-only', false],
  ['(MIT AND Zlib)', true],
  ['Apache-2.0 WITH LLVM-exception', true],
  ['unknown', false],
])('%s', (expression, verdict) => {
  expect(satisfies(expression, allowed)).toBe(verdict)
})

const item = (name: string, licence: string) => ({ name, version: '1.0.0', licence, platformBound: false })

test('what ships is held to a shorter list than what builds it', () => {
  expect(licenceFaults([item('a', 'MPL-2.0')], true)).toEqual(['a 1.0.0: MPL-2.0 is not on the list'])
  expect(licenceFaults([item('a', 'MPL-2.0')], false)).toEqual([])
})

test('an exception holds for the licence that was looked at only', () => {
  expect(licenceFaults([item('@img/sharp-libvips-linux-x64', 'LGPL-3.0-or-later')], true)).toEqual([])
  expect(licenceFaults([item('@img/sharp-libvips-linux-x64', 'GPL-3.0-only')], true)).toHaveLength(1)
  expect(licenceFaults([item('humanize-numbers', 'unknown')], true)).toHaveLength(1)
})
