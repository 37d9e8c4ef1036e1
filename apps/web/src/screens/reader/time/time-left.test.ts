import { describe, expect, test } from 'vitest'
import { learnSpeed, scriptOf, secondsFor, USUAL_SPEED } from './time-left.ts'

describe('time left', () => {
  test('a tenth of a book of 130,000 characters takes ten minutes at the usual speed', () => {
    expect(secondsFor(0.1, 130_000, USUAL_SPEED.latin)).toBeCloseTo(600)
    expect(secondsFor(0, 130_000, USUAL_SPEED.latin)).toBe(0)
  })
  test('is not guessed where the length is not known', () => {
    expect(secondsFor(0.1, 0, 1300)).toBeUndefined()
    expect(secondsFor(0.1, Number.NaN, 1300)).toBeUndefined()
  })
})

describe('speed', () => {
  test('moves towards what was seen', () => {
    const faster = learnSpeed(1300, 'latin', 2000, 60_000)
    expect(faster).toBeCloseTo(1405)
    const slower = Array.from({ length: 60 }).reduce<number>((s) => learnSpeed(s, 'latin', 800, 60_000), 1300)
    expect(slower).toBeCloseTo(800, -1)
  })
  test('leafing, pauses and going back change nothing', () => {
    expect(learnSpeed(1300, 'latin', 1500, 900)).toBe(1300)
    expect(learnSpeed(1300, 'latin', 1500, 600_000)).toBe(1300)
    expect(learnSpeed(1300, 'latin', -1500, 60_000)).toBe(1300)
    expect(learnSpeed(420, 'han', 9000, 60_000)).toBe(420)
  })
  test('Chinese is counted by character', () => {
    expect(scriptOf('zh-Hant')).toBe('han')
    expect(scriptOf('en')).toBe('latin')
    expect(scriptOf(null)).toBe('latin')
  })
})
