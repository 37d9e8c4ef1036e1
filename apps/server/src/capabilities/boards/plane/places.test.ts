import { expect, test } from 'vitest'
import { Places } from './places.ts'

test('so many at once, the others in their order, also after one that failed', async () => {
  const places = new Places(2)
  const begun: number[] = []
  const ends: (() => void)[] = []
  const work = (n: number) =>
    places.run(async () => {
      begun.push(n)
      await new Promise<void>((resolve) => ends.push(resolve))
      if (n === 0) throw new Error('it failed')
      return n
    })
  const all = Promise.allSettled([0, 1, 2, 3].map(work))
  await Promise.resolve()
  expect(begun).toEqual([0, 1])
  while (ends.length > 0) {
    ends.shift()?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(begun).toEqual([0, 1, 2, 3])
  expect((await all).map((one) => one.status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled'])
})
