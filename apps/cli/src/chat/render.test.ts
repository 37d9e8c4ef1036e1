import { expect, test } from 'vitest'
import { printable, withMentions } from './render.ts'

const people = [
  { account_id: 'a1', display_name: 'Ann' },
  { account_id: 'a2', display_name: 'Ann Lee' },
  { account_id: 'a3', display_name: '林 (舟)' },
]

test('names become mentions, the longest that fits', () => {
  expect(withMentions('@Ann Lee and @Ann, @林 (舟): @everyone', people)).toBe(
    '[@Ann Lee](stoa:account/a2) and [@Ann](stoa:account/a1), [@林 (舟)](stoa:account/a3): [@everyone](stoa:everyone)',
  )
  expect(withMentions('mail ann@example.org', people)).toBe('mail ann@example.org')
})

test('what others wrote does not steer the terminal', () => {
  expect(printable('a\u001b[2Jb\u0007c\r\nd\te\u202ef\u009b1m')).toBe('a[2Jbc\nd ef1m')
})
