/** What is measured: links, workloads, peers. */
import type { NamespaceLinkOptions } from '@stoa/testkit/netlab/namespaces/link'

export interface Link extends Omit<NamespaceLinkOptions, 'seed'> {
  name: string
}

const link = (rttMs: number, loss: number, more: Partial<Link> = {}): Link => {
  const { burst, rateMbit = 100, queueBytes } = more
  const parts = [
    `RTT ${rttMs} ms`,
    `${loss * 100} % loss${burst ? ` in runs of ${burst}` : ''}`,
    rateMbit === 100 ? '' : `${rateMbit} Mbit/s`,
    queueBytes ? 'queue 0.25 BDP' : '',
  ]
  return { name: parts.filter(Boolean).join(', '), delayMs: rttMs / 2, loss, rateMbit, ...more }
}

const QUARTER_BDP = (100e6 / 8) * 0.04 * 0.25

/** The grid of the realtime research: RTT × loss, and at RTT 40 what else paths do. */
export const LINKS: readonly Link[] = [
  ...[20, 40, 200].flatMap((rttMs) => [0, 0.01, 0.05, 0.1].map((loss) => link(rttMs, loss))),
  link(40, 0.001),
  link(40, 0.02),
  link(40, 0.01, { burst: 4 }),
  link(40, 0.05, { burst: 4 }),
  link(40, 0.05, { burst: 8 }),
  link(40, 0, { rateMbit: 20 }),
  link(40, 0.05, { rateMbit: 20 }),
  link(40, 0, { queueBytes: QUARTER_BDP }),
]

export const QUICK_LINKS: readonly Link[] = [
  link(40, 0),
  link(40, 0.01),
  link(40, 0.05),
  link(40, 0.1),
  link(200, 0),
]

export interface Contender {
  /** As it is called in results. */
  name: string
  peer: 'quantum' | 'quantum-resumed' | 'tcp' | 'tls' | 'quiche' | 'datagrams'
  congestionControl: 'bbr' | 'cubic'
}

export const OURS: Contender = { name: 'Quantum', peer: 'quantum', congestionControl: 'bbr' }

export const RIVALS: readonly Contender[] = [
  { name: 'TCP BBR', peer: 'tcp', congestionControl: 'bbr' },
  { name: 'TCP cubic', peer: 'tcp', congestionControl: 'cubic' },
  { name: 'quiche BBR', peer: 'quiche', congestionControl: 'bbr' },
]

export interface Workload {
  name: string
  bulkStreams: number
  messageStreams: number
}

export const BULK: Workload = { name: 'bulk', bulkStreams: 1, messageStreams: 0 }
export const MESSAGES: Workload = { name: 'messages', bulkStreams: 0, messageStreams: 1 }
export const MANY_MESSAGES: Workload = { name: '20 message streams', bulkStreams: 0, messageStreams: 20 }
export const BESIDE_BULK: Workload = { name: 'messages beside bulk', bulkStreams: 1, messageStreams: 1 }
