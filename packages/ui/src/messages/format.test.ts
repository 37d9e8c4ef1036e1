import { afterEach, describe, expect, it } from 'vitest'
import { formatBytes, formatDuration, formatList, formatPercent, formatRelative } from './format.ts'
import { matchLocale, setLocale } from './locale.ts'

afterEach(() => setLocale('en'))

const NOW = Date.UTC(2026, 10, 21, 12)
const HOUR = 3_600_000

describe('formats', () => {
  it('writes moments relative to now in the largest whole unit', () => {
    expect(formatRelative(NOW - 26 * HOUR, NOW)).toBe('yesterday')
    expect(formatRelative(NOW - 3 * HOUR, NOW)).toBe('3 hours ago')
    expect(formatRelative(NOW - 5_000, NOW)).toBe('now')
    setLocale('zh')
    expect(formatRelative(NOW - 26 * HOUR, NOW)).toBe('昨天')
  })

  it('writes sizes with at most one decimal', () => {
    expect(formatBytes(14_200_000)).toBe('14 MB')
    expect(formatBytes(1_480_000)).toBe('1.5 MB')
    expect(formatBytes(820)).toBe('820 bytes')
  })

  it('writes durations in hours and minutes, never zero', () => {
    expect(formatDuration(5)).toBe('1 min')
    expect(formatDuration(19_200)).toBe('5 hr 20 min')
  })

  it('spaces the percent sign as the language does', () => {
    expect(formatPercent(0.314)).toBe('31 %')
    setLocale('zh')
    expect(formatPercent(0.314)).toBe('31%')
  })

  it('joins names', () => {
    expect(formatList(['Anna', 'Teo', 'Maya'])).toMatch(/^Anna, Teo,? and Maya$/)
  })

  it('takes the first language of the reader that the interface speaks', () => {
    expect(matchLocale(['fr-FR', 'zh-Hans-CN', 'en'])).toBe('zh')
    expect(matchLocale(['de'])).toBe('en')
  })
})
