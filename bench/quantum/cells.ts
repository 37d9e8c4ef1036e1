import type { Figure } from '../../tools/bench/row.ts'
import { quantile } from '../support/quantiles.ts'
import { type Contender, type Link, OURS, RIVALS, type Workload } from './grid.ts'
import { type Measured, measure } from './measure.ts'

/** Runs thrown away because the emulator was late, and those that failed. */
export interface Losses {
  late: number
  failed: number
}

export interface Run {
  seconds: number
  seeds: readonly number[]
  losses: Losses
  log(line: string): void
}

/** Tries for one seed before it is left out. */
const ATTEMPTS = 2

type Metric = 'steadyMbit' | 'first20MbMs' | 'p50' | 'p99'
const METRICS: Readonly<Record<Metric, { metric: string; unit: string; moreIsBetter: boolean }>> = {
  steadyMbit: { metric: 'goodput', unit: 'Mbit/s', moreIsBetter: true },
  first20MbMs: { metric: 'first 20 MB', unit: 'ms', moreIsBetter: false },
  p50: { metric: 'one-way p50', unit: 'ms', moreIsBetter: false },
  p99: { metric: 'one-way p99', unit: 'ms', moreIsBetter: false },
}

/** TCP cubic where packets are lost: it sends next to nothing, which takes nothing from a neighbour on a link of its own. */
const isThin = ({ congestionControl }: Contender, { loss = 0 }: Link): boolean =>
  congestionControl === 'cubic' && loss >= 0.01

/** Who is measured in turn and who at the same time, each on a link of its own: those together need little of the processor. */
export function turnsOf(
  link: Link,
  { bulkStreams }: Workload,
  contenders: readonly Contender[],
): Contender[][] {
  if (bulkStreams === 0) return [[...contenders]]
  const turns = contenders.filter((contender) => !isThin(contender, link)).map((contender) => [contender])
  const thin = contenders.filter((contender) => isThin(contender, link))
  // The kernel's own work is the least beside which to measure.
  const host = turns.find(([contender]) => contender?.peer === 'tcp')
  if (host === undefined) return [...turns, ...thin.map((contender) => [contender])]
  host.push(...thin)
  return turns
}

/** One link and workload, seed by seed: ours and the rivals. */
export async function runCell(
  run: Run,
  link: Link,
  workload: Workload,
  rivals: readonly Contender[] = RIVALS,
): Promise<Figure[]> {
  const results = new Map<Contender, Measured[]>()
  for (const seed of run.seeds) {
    const measureOne = async (contender: Contender) => {
      const measured = await attempt(run, link, contender, workload, seed)
      if (measured) results.set(contender, [...(results.get(contender) ?? []), measured])
    }
    for (const turn of turnsOf(link, workload, [OURS, ...rivals])) await Promise.all(turn.map(measureOne))
  }
  const name = `${workload.name}, ${link.name}`
  const ours = results.get(OURS) ?? []
  return [
    ...(Object.keys(METRICS) as Metric[]).flatMap((key) =>
      rivals.flatMap((rival) => compare(run, name, key, ours, rival, results.get(rival) ?? [])),
    ),
    ...costs(name, ours, workload),
  ]
}

async function attempt(
  { losses, log, seconds }: Run,
  link: Link,
  contender: Contender,
  workload: Workload,
  seed: number,
): Promise<Measured | undefined> {
  for (let tried = 0; tried < ATTEMPTS; tried++) {
    try {
      const measured = await measure(link, contender, workload, { seconds, seed })
      log(describe(link, contender, workload, measured))
      if (!measured.late) return measured
      losses.late++
    } catch (error) {
      losses.failed++
      log(`${contender.name}: ${error instanceof Error ? error.message : error}`)
    }
  }
  return undefined
}

function describe(link: Link, contender: Contender, workload: Workload, measured: Measured): string {
  const { steadyMbit, p50, p99, messagesLost, meanQueueMs, late } = measured
  const bulk = workload.bulkStreams > 0 ? ` ${steadyMbit.toFixed(1)} Mbit/s` : ''
  const messages = workload.messageStreams > 0 ? ` p50 ${p50.toFixed(1)} p99 ${p99.toFixed(1)} ms` : ''
  const missing = messagesLost > 0 ? ` ${messagesLost} MESSAGES MISSING` : ''
  const queue = ` queue ${meanQueueMs.toFixed(1)} ms${late ? ' (emulator late)' : ''}`
  return `${workload.name}, ${link.name}, ${contender.name}:${bulk}${messages}${missing}${queue}`
}

function compare(
  { log }: Run,
  name: string,
  key: Metric,
  ours: readonly Measured[],
  rival: Contender,
  theirs: readonly Measured[],
): Figure[] {
  const { metric, unit, moreIsBetter } = METRICS[key]
  const mine = ours.map((measured) => measured[key]).filter(Number.isFinite)
  const other = theirs.map((measured) => measured[key]).filter(Number.isFinite)
  if (mine.length === 0) return []
  const value = quantile(mine, 0.5)
  const peerValue = other.length > 0 ? quantile(other, 0.5) : undefined
  if (peerValue !== undefined && (moreIsBetter ? value < peerValue : value > peerValue)) {
    log(
      `BEHIND ${rival.name}: ${name}, ${metric} ${value.toFixed(1)} against ${peerValue.toFixed(1)} ${unit}`,
    )
  }
  const figure = { case: name, metric, value, unit, seeds: mine.length }
  return [peerValue === undefined ? figure : { ...figure, peer: rival.name, peerValue }]
}

/** What our figures cost: spread, queue, bytes beyond the payload. */
function costs(name: string, ours: readonly Measured[], workload: Workload): Figure[] {
  if (ours.length === 0) return []
  const key = workload.bulkStreams > 0 ? 'steadyMbit' : 'p99'
  const values = ours.map((measured) => measured[key])
  const queue = quantile(
    ours.map(({ meanQueueMs }) => meanQueueMs),
    0.5,
  )
  const figures: Figure[] = [
    {
      case: name,
      metric: `${METRICS[key].metric}, lowest`,
      value: Math.min(...values),
      unit: METRICS[key].unit,
    },
    {
      case: name,
      metric: `${METRICS[key].metric}, highest`,
      value: Math.max(...values),
      unit: METRICS[key].unit,
    },
    { case: name, metric: 'mean queueing delay', value: queue, unit: 'ms' },
  ]
  if (workload.bulkStreams > 0) return figures
  const perFlow = ours.map(({ link, flow }) => {
    const payload = flow.sender.messagesSent * 200
    const seconds = flow.sender.messagesSent / 60 / workload.messageStreams
    return (link.leftToRight.bytes - payload) / 1000 / seconds / workload.messageStreams
  })
  return [
    ...figures,
    {
      case: name,
      metric: 'traffic beyond the messages, a flow',
      value: quantile(perFlow, 0.5),
      unit: 'kB/s',
    },
  ]
}
