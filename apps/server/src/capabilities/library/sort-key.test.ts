import { describe, expect, test } from 'vitest'
import { authorKey, sortKey } from './sort-key.ts'

const inOrder = (titles: readonly string[]) =>
  [...titles].sort((a, b) => {
    const [left, right] = [sortKey(a), sortKey(b)]
    return Buffer.compare(Buffer.from(left), Buffer.from(right))
  })

describe('sortKey', () => {
  test('folds case and accents, skips articles', () => {
    expect(inOrder(['Zebra', 'The Apple', 'Éclair', 'an ant'])).toEqual([
      'an ant',
      'The Apple',
      'Éclair',
      'Zebra',
    ])
  })

  test('puts Chinese after Latin, by pinyin', () => {
    expect(inOrder(['中国', '阿Q正传', '北京', 'Walden', '张三'])).toEqual([
      'Walden',
      '阿Q正传',
      '北京',
      '张三',
      '中国',
    ])
  })

  test('orders numbers by value', () => {
    expect(inOrder(['第10卷', '第9卷', 'Volume 2', 'Volume 12'])).toEqual([
      'Volume 2',
      'Volume 12',
      '第9卷',
      '第10卷',
    ])
  })

  test('stays short and never empty-handed on odd input', () => {
    expect(Array.from(sortKey('长'.repeat(5000))).length).toBe(200)
    expect(sortKey('— …')).toBe('')
  })
})

describe('authorKey', () => {
  test('puts the family name first', () => {
    expect(authorKey(['Henry David Thoreau'])).toBe('thoreau henry david')
    expect(authorKey(['Thoreau, Henry David'])).toBe('thoreau henry david')
    expect(authorKey(['鲁迅'])).toBe(sortKey('鲁迅'))
    expect(authorKey([])).toBe('')
  })
})
