import { namespacesUnavailable } from '@stoa/testkit/netlab/namespaces/link'
import type { Bench, Figure } from '../../tools/bench/row.ts'
import { type Run, runCell } from './cells.ts'
import { BESIDE_BULK, BULK, LINKS, MANY_MESSAGES, MESSAGES, QUICK_LINKS, RIVALS } from './grid.ts'
import { measureFairness, measureLoopback, measureSetUp } from './others.ts'

/** Messages are compared with TCP BBR and quiche; cubic is worse than BBR wherever there is loss. */
const MESSAGE_RIVALS = RIVALS.filter(({ congestionControl }) => congestionControl === 'bbr')

/** Quantum, kernel TCP and quiche on the same emulated links: bulk, messages, set-up, fairness, and what the processor allows. */
export const run: Bench = async ({ quick, log }) => {
  const reason = namespacesUnavailable()
  if (reason) throw new Error(`the emulated links cannot be made: ${reason}`)
  const losses = { late: 0, failed: 0 }
  const bulk: Run = { seconds: quick ? 6 : 17, seeds: quick ? [1] : [1, 2, 3], losses, log }
  const messages: Run = { ...bulk, seconds: quick ? 10 : 20 }
  const figures: Figure[] = []
  for (const link of quick ? QUICK_LINKS : LINKS) figures.push(...(await runCell(bulk, link, BULK)))
  const lossy = LINKS.filter(({ delayMs, rateMbit }) => delayMs === 20 && rateMbit === 100)
  const messageLinks = quick ? lossy.slice(1, 4) : lossy
  for (const link of messageLinks) figures.push(...(await runCell(messages, link, MESSAGES, MESSAGE_RIVALS)))
  for (const workload of [MANY_MESSAGES, BESIDE_BULK]) {
    for (const link of quick ? lossy.slice(2, 3) : lossy.slice(0, 4)) {
      figures.push(...(await runCell(messages, link, workload, MESSAGE_RIVALS.slice(0, 1))))
    }
  }
  figures.push(...(await measureSetUp()))
  figures.push(...(await measureFairness(quick ? 12 : 30)))
  figures.push(...(await measureLoopback(quick ? 4 : 10)))
  const name = 'runs thrown away'
  return [
    ...figures,
    { case: name, metric: 'emulator was late', value: losses.late, unit: 'runs' },
    { case: name, metric: 'failed', value: losses.failed, unit: 'runs' },
  ]
}
