import { expect, test } from 'vitest'
import { type WireRules, wireRuleFaults } from './wire-rules.ts'

const SPEC = `# Boxes

- **BOX-1** A box has six sides.
- **BOX-2** A box is closed,
  and stays so (BOX-1).
`
const HOME = 'packages/boxes/src/box.test.ts'

const faultsOf = (tests: Readonly<Record<string, string>>, more: Partial<WireRules> = {}) =>
  wireRuleFaults({
    ...{ specs: new Map([['boxes', SPEC]]), homes: { boxes: ['packages/boxes/'] } },
    ...{ tests: new Map(Object.entries(tests)), ...more },
  })

const BOTH = `test('BOX-1: six', () => {})\nit("stays closed (BOX-2)", () => {})`

test('rules are named by titles of any form, and by names of vectors', () => {
  expect(faultsOf({ [HOME]: BOTH })).toEqual([])
  expect(
    faultsOf({
      [HOME]: `test.each<[string, number]>([\n  ['a', 1],\n])(\n  'BOX-1, UTF-8: %s', async () => {})`,
      'contracts/vectors/boxes/valid-boxes.json': '[{ "name": "BOX-2: closed" }]',
    }),
  ).toEqual([])
  expect(faultsOf({ [HOME]: "describe('sides (BOX-1)', () => {})\nit.only(`BOX-2`, () => {})" })).toEqual([])
})

test.each([
  ['says so in a comment', "// test('BOX-2', () => {})\n/** BOX-2 */\ntest('closed', () => {})"],
  ['says so in its body', "test('closed', () => {\n  const rule = 'BOX-2'\n})"],
  ['is skipped', "test.skip('BOX-2: closed', () => {})\ntest.todo('BOX-2')"],
  ['names a rule with more digits', "test('XBOX-2: closed', () => {})"],
])('a test that %s names no rule', (_, text) => {
  expect(faultsOf({ [HOME]: `test('BOX-1: six', () => {})\n${text}` })).toEqual([
    'boxes BOX-2: no test names it, in contracts/vectors/boxes/, packages/boxes/',
  ])
})

test('what another package says, or a comment in vectors, does not count', () => {
  expect(
    faultsOf({
      'packages/crates/src/crate.test.ts': BOTH,
      'contracts/vectors/boxes/valid-boxes.json': '{ "comment": "Boxes (BOX-1, BOX-2)" }',
    }),
  ).toHaveLength(2)
})

test('a name of a rule that is none, or is not any more, is a fault', () => {
  expect(faultsOf({ [HOME]: `${BOTH}\ntest('BOX-3: SHA-256 of it', () => {})` })).toEqual([
    `${HOME}: names BOX-3, which is no rule`,
  ])
})

test('a SPEC without numbers, with one number twice, or unknown to the gate, is a fault', () => {
  const specs = (text: string) => ({ specs: new Map([['boxes', text]]) })
  expect(faultsOf({}, specs('- A box has sides.'))).toEqual(['boxes: no numbered rule'])
  expect(faultsOf({ [HOME]: BOTH }, specs(`${SPEC}- **BOX-1** Again.`))).toEqual([
    'boxes BOX-1: numbered twice',
  ])
  expect(faultsOf({ [HOME]: BOTH }, { homes: {} })).toContain(
    'boxes: the gate does not know where its rules are tested',
  )
})
