import { describe, expect, it } from 'vitest'
import { mentionAt, suggest, withLinks, withoutLinks } from './mentions.ts'

const maya = '018f0000-0000-7000-8000-000000000003'
const guwan = '018f0000-0000-7000-8000-000000000002'
const person = (account_id: string, display_name: string) => ({ account_id, display_name })

describe('mentions', () => {
  it('are completed at the beginning of a word, also after Han', () => {
    expect(mentionAt('So @Ma', 6)).toEqual({ from: 3, query: 'Ma' })
    expect(mentionAt('@', 1)).toEqual({ from: 0, query: '' })
    expect(mentionAt('你好@顾', 4)).toEqual({ from: 2, query: '顾' })
    expect(mentionAt('mail me at a@b', 14)).toBeUndefined()
    expect(mentionAt('@Maya said', 10)).toBeUndefined()
  })

  it('suggests names that begin so first', () => {
    const people = [person('1', 'Emma'), person('2', 'Ma Li'), person('3', 'Anna Marsh'), person('4', 'Teo')]
    expect(suggest(people, 'ma').map(({ account_id }) => account_id)).toEqual(['2', '3', '1'])
  })

  it('become links that come back as names', () => {
    const named = [
      { name: 'Maya Okafor', target: maya },
      { name: '顾晚', target: guwan },
      { name: 'everyone', target: 'everyone' },
    ]
    const body = withLinks('@Maya Okafor and @顾晚，@everyone look', named)
    expect(body).toBe(
      `[@Maya Okafor](stoa:account/${maya}) and [@顾晚](stoa:account/${guwan})，[@everyone](stoa:everyone) look`,
    )
    expect(withoutLinks(body)).toEqual({ text: '@Maya Okafor and @顾晚，@everyone look', named })
  })

  it('takes the longest name that fits, and no part of a longer word', () => {
    const named = [
      { name: 'Ann', target: guwan },
      { name: 'Ann Lee', target: maya },
    ]
    expect(withLinks('@Ann Lee, @Anna, @Ann', named)).toBe(
      `[@Ann Lee](stoa:account/${maya}), @Anna, [@Ann](stoa:account/${guwan})`,
    )
  })

  it('survives brackets in names', () => {
    const named = [{ name: 'A [b] c', target: maya }]
    const body = withLinks('hi @A [b] c', named)
    expect(withoutLinks(body)).toEqual({ text: 'hi @A [b] c', named })
  })
})
