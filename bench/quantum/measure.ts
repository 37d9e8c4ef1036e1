import { createLink, type LinkStatistics, wasLate } from '@stoa/testkit/netlab/namespaces/link'
import { quantile } from '../support/quantiles.ts'
import { type FlowResult, runFlow } from './flow.ts'
import type { Contender, Link, Workload } from './grid.ts'
import type { BulkReport, MessagesReport } from './programs/report.ts'

/** Start-up is reported apart from the steady rate. */
const START_UP_MS = 2000
const FIRST_BYTES = 20_000_000

export interface Measured {
  /** Mbit/s from 2 s after the start on; NaN without bulk. */
  steadyMbit: number
  /** Milliseconds until the first 20 MB had arrived; NaN when they did not. */
  first20MbMs: number
  p50: number
  p99: number
  messagesLost: number
  /** From the call to the first byte's arrival, milliseconds. */
  firstByteMs: number
  cpuMs: number
  meanQueueMs: number
  flow: FlowResult
  link: LinkStatistics
  late: boolean
}

let port = 20_000

/** Each flow listens on a port of its own. */
export const nextPort = (): number => port++

/** One run of one contender on a new link. */
export async function measure(
  link: Link,
  contender: Contender,
  workload: Workload,
  { seconds, seed, next = false }: { seconds: number; seed: number; next?: boolean },
): Promise<Measured> {
  await using net = await createLink({ ...link, seed })
  if (contender.peer === 'tcp' || contender.peer === 'tls') {
    await net.left.setCongestionControl(contender.congestionControl)
    await net.right.setCongestionControl(contender.congestionControl)
  }
  const running = runFlow(net, contender, workload, { seconds, port: nextPort(), next })
  if (contender.peer === 'tcp') await verifyCongestionControl(net, contender, running)
  const flow = await running
  const statistics = await net.stats()
  return {
    ...summarise(flow),
    flow,
    link: statistics,
    late: wasLate(statistics),
    meanQueueMs: statistics.leftToRight.meanQueueMs,
  }
}

/** The route's setting must be what the kernel really uses. */
async function verifyCongestionControl(
  { left }: Awaited<ReturnType<typeof createLink>>,
  { congestionControl }: Contender,
  running: Promise<FlowResult>,
): Promise<void> {
  let ended = false
  running.then(
    () => {
      ended = true
    },
    () => {
      ended = true
    },
  )
  while (!ended) {
    const used = await left.congestionControl()
    if (used.length > 0) {
      if (used.some((name) => name !== congestionControl))
        throw new Error(`TCP uses ${used}, not ${congestionControl}`)
      return
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

export function summarise({
  sender,
  receiver,
}: FlowResult): Omit<Measured, 'flow' | 'link' | 'late' | 'meanQueueMs'> {
  const bulk = receiver.reports.filter((report): report is BulkReport => report.kind === 'bulk')
  const messages = receiver.reports.filter(
    // An earlier connection's do not count.
    (report): report is MessagesReport =>
      report.kind === 'messages' && report.firstByteMs >= sender.startedMs,
  )
  const latencies = messages.flatMap((report) => report.latencies)
  const series = bulk[0]?.series ?? []
  return {
    steadyMbit: rateAfter(series, sender.connectedMs + START_UP_MS),
    first20MbMs: (series.find(([, bytes]) => bytes >= FIRST_BYTES)?.[0] ?? Number.NaN) - sender.connectedMs,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    messagesLost: sender.messagesSent - latencies.length,
    firstByteMs: Math.min(...messages.map((report) => report.firstByteMs)) - sender.startedMs,
    cpuMs: sender.cpuMs + receiver.cpuMs,
  }
}

function rateAfter(series: readonly [number, number][], fromMs: number): number {
  const first = series.find(([at]) => at >= fromMs)
  const last = series.at(-1)
  if (!first || !last || last[0] <= first[0]) return Number.NaN
  return ((last[1] - first[1]) * 8) / ((last[0] - first[0]) * 1000)
}
