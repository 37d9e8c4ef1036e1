import { expect, test } from 'vitest'
import { placeNear } from './placement.ts'

const page = { left: 0, top: 52, width: 1000, height: 700 }
const bar = { width: 400, height: 40 }

test('stands above the selection, centred', () => {
  expect(placeNear({ left: 300, top: 400, width: 200, height: 30 }, bar, page)).toEqual({
    left: 200,
    top: 350,
  })
})

test('stays inside at the sides', () => {
  expect(placeNear({ left: 0, top: 400, width: 20, height: 30 }, bar, page).left).toBe(8)
  expect(placeNear({ left: 980, top: 400, width: 20, height: 30 }, bar, page).left).toBe(592)
})

test('goes below when there is no room above', () => {
  expect(placeNear({ left: 300, top: 70, width: 200, height: 60 }, bar, page).top).toBe(140)
})

test('lies over a selection that fills the page', () => {
  const { top } = placeNear({ left: 100, top: 60, width: 800, height: 690 }, bar, page)
  expect(top).toBe(70)
})

test('a window smaller than the bar keeps its beginning', () => {
  const small = { left: 0, top: 0, width: 200, height: 30 }
  expect(placeNear({ left: 90, top: 10, width: 10, height: 10 }, bar, small)).toEqual({ left: 8, top: 8 })
})
