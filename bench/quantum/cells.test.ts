import { expect, test } from 'vitest'
import { turnsOf } from './cells.ts'
import { BESIDE_BULK, BULK, type Link, MESSAGES, OURS, RIVALS } from './grid.ts'

const [bbr, cubic, quiche] = RIVALS
const clean: Link = { name: 'clean', delayMs: 20, loss: 0.001 }
const lossy: Link = { name: 'lossy', delayMs: 20, loss: 0.01 }
const everybody = [OURS, ...RIVALS]

test('what fills links is measured in turn, cubic beside another where it fills nothing', () => {
  expect(turnsOf(clean, BULK, everybody)).toEqual([[OURS], [bbr], [cubic], [quiche]])
  expect(turnsOf(lossy, BULK, everybody)).toEqual([[OURS], [bbr, cubic], [quiche]])
  expect(turnsOf(lossy, BESIDE_BULK, [OURS, bbr!])).toEqual([[OURS], [bbr]])
  expect(turnsOf(lossy, BULK, [OURS, cubic!])).toEqual([[OURS], [cubic]])
})

test('messages alone are measured together', () => {
  expect(turnsOf(lossy, MESSAGES, everybody)).toEqual([everybody])
})
