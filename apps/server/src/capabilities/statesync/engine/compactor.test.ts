import { expect, onTestFinished, test } from 'vitest'
import * as Y from 'yjs'
import { Compactor } from './compactor.ts'

function compactor(): Compactor {
  const made = new Compactor()
  onTestFinished(() => made.stop())
  return made
}

function typed(letters: number): Uint8Array[] {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (let n = 0; n < letters; n++) doc.getText('t').insert(n, 'x')
  return updates
}

test('many updates become one state, and nobody waits for it', async () => {
  const updates = typed(20_000)
  let turns = 0
  const counting = setInterval(() => {
    turns += 1
  }, 1)
  const state = await compactor().merge(updates)
  clearInterval(counting)
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  expect(doc.getText('t').length).toBe(20_000)
  expect(turns).toBeGreaterThan(3)
})

test('bytes that are no updates are an error, and the next work is done', async () => {
  const one = compactor()
  await expect(one.merge([new Uint8Array([1, 2, 3])])).rejects.toThrow()
  expect((await one.merge(typed(3))).length).toBeGreaterThan(2)
})

test('a thread that has ended is replaced', async () => {
  const one = compactor()
  const cut = one.merge(typed(10))
  await one.stop()
  await cut.catch(() => {})
  expect((await one.merge(typed(3))).length).toBeGreaterThan(2)
})
