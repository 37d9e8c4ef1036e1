import { afterEach, describe, expect, it } from 'vitest'
import { defineMessages } from './define.ts'
import { setLocale } from './locale.ts'

const t = defineMessages(
  {
    plain: 'Saved',
    named: 'Signed in as {name}',
    books: { one: '{count} book', other: '{count} books' },
    twice: '{name} and {name}',
  },
  { plain: '已保存', named: '已登录：{name}', books: '{count} 本书', twice: '{name}和{name}' },
)

afterEach(() => setLocale('en'))

describe('messages', () => {
  it('speak the language of the moment', () => {
    expect(t.plain()).toBe('Saved')
    setLocale('zh')
    expect(t.plain()).toBe('已保存')
  })

  it('fill parameters, each time they occur', () => {
    expect(t.twice({ name: 'Anna' })).toBe('Anna and Anna')
  })

  it('choose the plural and write the number as the language does', () => {
    expect(t.books({ count: 1 })).toBe('1 book')
    expect(t.books({ count: 1204 })).toBe('1,204 books')
    setLocale('zh')
    expect(t.books({ count: 1 })).toBe('1 本书')
  })

  it('do not interpret what a parameter holds', () => {
    expect(t.named({ name: '{count} $& <b>' })).toBe('Signed in as {count} $& <b>')
  })
})
