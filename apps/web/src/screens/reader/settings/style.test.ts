import { expect, test } from 'vitest'
import { USUAL_READING } from '../../../data/reading-settings.ts'
import { MARGINS, marginOf, styleOf } from './style.ts'

const wide = { appTheme: 'light', phone: false, pdf: undefined } as const

test('what nobody changed is left to the language of the book', () => {
  expect(styleOf(USUAL_READING, wide)).toMatchObject({
    leading: 'auto',
    measure: 'auto',
    justify: 'auto',
    size: 19,
  })
  const chosen = { ...USUAL_READING, leading: 1.8, measure: 40, justify: true, columns: 2 }
  expect(styleOf(chosen, wide)).toMatchObject({ leading: 1.8, measure: 40, justify: true, spread: 'double' })
})

test('paper follows the app unless one was chosen', () => {
  expect(styleOf(USUAL_READING, { ...wide, appTheme: 'dark' }).theme).toBe('dark')
  expect(styleOf({ ...USUAL_READING, theme: 'sepia' }, { ...wide, appTheme: 'dark' }).theme).toBe('sepia')
})

test('a phone sets the usual size a little smaller, a chosen one as chosen', () => {
  expect(styleOf(USUAL_READING, { ...wide, phone: true }).size).toBe(18)
  expect(styleOf({ ...USUAL_READING, size: 24 }, { ...wide, phone: true }).size).toBe(24)
})

test('a PDF has a flow and a zoom of its own', () => {
  const pdf = { flow: 'scrolled', zoom: 1.5 } as const
  expect(styleOf(USUAL_READING, { ...wide, pdf })).toMatchObject({ flow: 'scrolled', zoom: 1.5 })
})

test('each margin of the choice is one of the engine', () => {
  expect(MARGINS.map(marginOf)).toEqual([0, 1, 2, 3])
  expect(marginOf(USUAL_READING.margin)).toBe(1)
})
