import { expect, test } from 'vitest'
import type { Figure } from '../../tools/bench/row.ts'
import { type Part, runParts } from './parts.ts'

const figure = (name: string): Figure => ({ case: name, metric: 'goodput', value: 1, unit: 'Mbit/s' })

test('a part that fails is counted and told, and the figures of the others stay', async () => {
  let now = 0
  const part = (name: string, fails = false): Part => ({
    name,
    seconds: 60,
    measure: async () => {
      now += 120_000
      if (fails) throw new Error('no link')
      return [figure(name)]
    },
  })
  const losses = { late: 0, failed: 0 }
  const lines: string[] = []
  const parts = [part('bulk'), part('messages', true), part('set-up')]
  const figures = await runParts(
    parts,
    losses,
    (line) => lines.push(line),
    () => now,
  )
  expect(figures.map((one) => one.case)).toEqual(['bulk', 'set-up'])
  expect(losses).toEqual({ late: 0, failed: 1 })
  expect(lines).toEqual([
    'bulk: done; about 4 min left',
    'FAILED messages: no link',
    'messages: done; about 2 min left',
    'set-up: done; about 0 min left',
  ])
})

test('without any figure it fails, so that figures kept before stay', async () => {
  const part: Part = { name: 'bulk', seconds: 1, measure: () => Promise.reject(new Error('no link')) }
  await expect(runParts([part], { late: 0, failed: 0 }, () => {})).rejects.toThrow('every part failed')
})
