import { namespacesUnavailable } from '@stoa/testkit/netlab/namespaces/link'
import type { Bench, Figure } from '../../tools/bench/row.ts'
import { type Run, runCell, turnsOf } from './cells.ts'
import { BESIDE_BULK, BULK, LINKS, MANY_MESSAGES, MESSAGES, OURS, QUICK_LINKS, RIVALS } from './grid.ts'
import { measureFairness, measureLoopback, measureSetUp } from './others.ts'
import { type Part, runParts } from './parts.ts'

/** Messages are compared with TCP BBR and quiche; cubic is worse than BBR wherever there is loss. */
const MESSAGE_RIVALS = RIVALS.filter(({ congestionControl }) => congestionControl === 'bbr')
const PROGRAMS_START_S = 2

export const parts = true

/** Quantum, kernel TCP and quiche on the same emulated links: bulk, messages, set-up, fairness, and what the processor allows. */
export const run: Bench = async ({ quick, only = '', log }) => {
  const reason = namespacesUnavailable()
  if (reason) throw new Error(`the emulated links cannot be made: ${reason}`)
  const losses = { late: 0, failed: 0 }
  const bulk: Run = { seconds: quick ? 6 : 17, seeds: quick ? [1] : [1, 2, 3], losses, log }
  const messages: Run = { ...bulk, seconds: quick ? 10 : 20 }
  const wanted = partsOf(quick, bulk, messages).filter(({ name }) => name.includes(only))
  if (wanted.length === 0) throw new Error(`no part's name holds "${only}"`)
  const figures = await runParts(wanted, losses, log)
  // Of the run as a whole.
  if (only) return figures
  const name = 'runs thrown away'
  return [
    ...figures,
    { case: name, metric: 'emulator was late', value: losses.late, unit: 'runs' },
    { case: name, metric: 'failed', value: losses.failed, unit: 'runs' },
  ]
}

function partsOf(quick: boolean, bulk: Run, messages: Run): Part[] {
  const cell = (...[of, link, workload, rivals = RIVALS]: Parameters<typeof runCell>): Part => {
    const turns = turnsOf(link, workload, [OURS, ...rivals]).length
    return {
      name: `${workload.name}, ${link.name}`,
      seconds: of.seeds.length * turns * (of.seconds + PROGRAMS_START_S),
      measure: () => runCell(of, link, workload, rivals),
    }
  }
  const lossy = LINKS.filter(({ delayMs, rateMbit }) => delayMs === 20 && rateMbit === 100)
  const messageLinks = quick ? lossy.slice(1, 4) : lossy
  const [setUps, together, alone] = quick ? [1, 12, 4] : [3, 30, 10]
  const part = (name: string, seconds: number, measure: () => Promise<Figure[]>): Part => ({
    name,
    seconds,
    measure,
  })
  return [
    ...(quick ? QUICK_LINKS : LINKS).map((link) => cell(bulk, link, BULK)),
    ...messageLinks.map((link) => cell(messages, link, MESSAGES, MESSAGE_RIVALS)),
    ...[MANY_MESSAGES, BESIDE_BULK].flatMap((workload) =>
      (quick ? lossy.slice(2, 3) : lossy.slice(0, 4)).map((link) =>
        cell(messages, link, workload, MESSAGE_RIVALS.slice(0, 1)),
      ),
    ),
    part('set-up, first connections', setUps * 5 * 5, () => measureSetUp(false, setUps)),
    part('set-up, next connections', setUps * 5 * 5, () => measureSetUp(true, setUps)),
    part('fairness', together + PROGRAMS_START_S, () => measureFairness(together)),
    part('loopback', 3 * (alone + PROGRAMS_START_S), () => measureLoopback(alone)),
  ]
}
