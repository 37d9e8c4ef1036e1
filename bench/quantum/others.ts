import { createLink } from '@stoa/testkit/netlab/namespaces/link'
import type { Figure } from '../../tools/bench/row.ts'
import { quantile } from '../support/quantiles.ts'
import { runFlow } from './flow.ts'
import { BULK, type Contender, type Link, MESSAGES, OURS, RIVALS } from './grid.ts'
import { measure, nextPort, summarise } from './measure.ts'

const RESUMED: Contender = { ...OURS, name: 'Quantum, resumed', peer: 'quantum-resumed' }
const DATAGRAMS: Contender = { ...OURS, name: 'node:dgram and AES-GCM', peer: 'datagrams' }
const TLS: Contender = { name: 'TCP and TLS 1.3', peer: 'tls', congestionControl: 'bbr' }

/**
 * Round trips from the call until the first byte of application data has left: its arrival less the way there. The first connection
 * of a process pays for JavaScript that never ran before, at both ends; the next shows the protocol.
 */
export async function measureSetUp(next: boolean, repeats: number): Promise<Figure[]> {
  const link: Link = { name: 'RTT 40 ms', delayMs: 20 }
  const roundTrips = async (contender: Contender) => {
    const measured: number[] = []
    for (let seed = 1; seed <= repeats; seed++) {
      const { firstByteMs } = await measure(link, contender, MESSAGES, { seconds: 1, seed, next })
      measured.push((firstByteMs - link.delayMs) / (2 * link.delayMs))
    }
    return quantile(measured, 0.5)
  }
  const metric = { metric: 'before the first byte', unit: 'RTT', seeds: repeats }
  const which = next ? 'the next of a process' : 'the first of a process'
  const ours = { ...metric, case: `set-up of a new connection, ${which}`, value: await roundTrips(OURS) }
  const resumed = {
    ...metric,
    case: `set-up of a resumed connection, ${which}`,
    value: await roundTrips(RESUMED),
  }
  const figures: Figure[] = []
  for (const rival of [TLS, ...RIVALS.filter(({ congestionControl }) => congestionControl === 'bbr')]) {
    const peerValue = await roundTrips(rival)
    figures.push({ ...ours, peer: rival.name, peerValue })
    if (rival === TLS) figures.push({ ...resumed, peer: rival.name, peerValue })
  }
  return figures
}

const CUBIC_ADDRESS = '10.77.0.3'

/** Ours beside one TCP BBR and one cubic flow through one bottleneck of one BDP: share of the fair third. */
export async function measureFairness(seconds: number): Promise<Figure[]> {
  await using net = await createLink({ delayMs: 20, rateMbit: 100, seed: 1 })
  await net.right.addAddress(CUBIC_ADDRESS)
  await net.left.setCongestionControl('bbr')
  await net.left.setCongestionControl('cubic', CUBIC_ADDRESS)
  const [bbr, cubic] = RIVALS
  const flows = await Promise.all([
    runFlow(net, OURS, BULK, { seconds, port: nextPort() }),
    runFlow(net, bbr!, BULK, { seconds, port: nextPort() }),
    runFlow(net, cubic!, BULK, { seconds, port: nextPort(), address: CUBIC_ADDRESS }),
  ])
  const { leftToRight } = await net.stats()
  const rates = flows.map((flow) => summarise(flow).steadyMbit)
  const fair = rates.reduce((sum, rate) => sum + rate, 0) / rates.length
  const name = 'beside one TCP BBR and one cubic flow, 100 Mbit/s, RTT 40 ms, queue 1 BDP'
  return [
    ...flows.map(({ contender }, index) => ({
      case: name,
      metric: `${contender.name}, share of the fair rate`,
      value: rates[index]! / fair,
      unit: '×',
    })),
    { case: name, metric: 'mean queueing delay', value: leftToRight.meanQueueMs, unit: 'ms' },
  ]
}

/** How fast the processor lets it go: over the loopback interface, no link between. */
export async function measureLoopback(seconds: number): Promise<Figure[]> {
  await using net = await createLink({ delayMs: 0 })
  const run = async (contender: Contender) => {
    const options = { seconds, port: nextPort(), address: '127.0.0.1', receiver: net.left }
    const flow = await runFlow(net, contender, BULK, options)
    const { steadyMbit, cpuMs } = summarise(flow)
    const [report] = flow.receiver.reports
    const bytes = report?.kind === 'bulk' ? (report.series.at(-1)?.[1] ?? 0) : 0
    return { megabytes: steadyMbit / 8, cpu: cpuMs / 1000 / (bytes / 1e9) }
  }
  const ours = await run(OURS)
  const figures: Figure[] = []
  for (const rival of [TLS, DATAGRAMS]) {
    const { megabytes, cpu } = await run(rival)
    const peer = rival.name
    const rate = { metric: 'goodput', value: ours.megabytes, unit: 'MB/s', peerValue: megabytes }
    const work = { metric: 'processor, both ends', value: ours.cpu, unit: 's per GB', peerValue: cpu }
    figures.push({ case: 'loopback', peer, ...rate }, { case: 'loopback', peer, ...work })
  }
  return figures
}
