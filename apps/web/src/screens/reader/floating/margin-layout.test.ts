import { expect, test } from 'vitest'
import { DEFAULT_STYLE } from '../../../reader/engine/style/reader-style.ts'
import { layNotes, type MarginSetting } from './margin-layout.ts'

const wide: MarginSetting = {
  page: { left: 0, top: 52, width: 1440, height: 780 },
  vertical: false,
  style: { ...DEFAULT_STYLE, spread: 'single' },
}
const at = (id: string, top: number, left = 430) => ({ id, rect: { left, top, width: 500, height: 30 } })

test('notes stand beside the column, at the height of their passage', () => {
  const [note] = layNotes([at('a', 300)], wide)
  expect(note).toMatchObject({ kind: 'note', top: 300 })
  expect(note?.left).toBeGreaterThan(720 + 300 + 28)
  expect((note?.left ?? 0) + 142).toBeLessThan(1440)
})

test('no note begins over another', () => {
  const tops = layNotes([at('b', 310), at('a', 300), at('c', 320)], wide).map(({ id, top }) => [id, top])
  expect(tops).toEqual([
    ['a', 300],
    ['b', 372],
    ['c', 444],
  ])
})

test('on a narrow page they are dots that stay inside it', () => {
  const phone = { ...wide, page: { left: 0, top: 48, width: 390, height: 700 } }
  const double = { ...phone, style: { ...wide.style, spread: 'double' as const } }
  expect(layNotes([at('a', 300, 20)], double)).toEqual(layNotes([at('a', 300, 20)], phone))
  const [dot] = layNotes([at('a', 300, 20)], phone)
  expect(dot?.kind).toBe('spot')
  expect((dot?.left ?? 0) + 24).toBeLessThanOrEqual(390)
})

test('two columns have dots, those of the left one in the gutter', () => {
  const double = { ...wide, style: { ...wide.style, spread: 'double' as const } }
  const [left, right] = layNotes([at('a', 100, 60), at('b', 200, 800)], double)
  expect(left).toMatchObject({ kind: 'spot', left: 708 })
  expect(right?.left).toBeGreaterThan(1100)
})

test('over vertical text they stand at the head of the column', () => {
  const [dot] = layNotes([at('a', 300, 600)], { ...wide, vertical: true })
  expect(dot).toEqual({ id: 'a', kind: 'spot', left: 838, top: 68 })
})
