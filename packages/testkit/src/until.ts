import { setTimeout as delay } from 'node:timers/promises'

/**
 * Asks again and again until there is an answer, as quickly as is polite: `const book = await until('it is read in', () =>
 * …)`. Nothing is ever waited for by time alone.
 * @throws Error naming `what` after `withinMs`
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  withinMs = 50_000,
): Promise<T> {
  const deadline = performance.now() + withinMs
  for (let wait = 2; ; wait = Math.min(100, wait * 1.5)) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    if (performance.now() > deadline) throw new Error(`waited ${withinMs} ms in vain: ${what}`)
    await delay(wait)
  }
}
