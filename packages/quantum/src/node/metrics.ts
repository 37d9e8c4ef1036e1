import type { ConnectionStatistics } from '../connection/statistics.ts'

const SUMS: readonly [name: string, field: keyof ConnectionStatistics, help: string][] = [
  ['quantum_bytes_sent', 'bytesSent', 'UDP payload bytes sent on open connections.'],
  ['quantum_bytes_received', 'bytesReceived', 'UDP payload bytes received on open connections.'],
  ['quantum_packets_sent', 'packetsSent', 'Packets sent.'],
  ['quantum_packets_received', 'packetsReceived', 'Authentic packets received.'],
  ['quantum_packets_lost', 'packetsLost', 'Packets taken for lost.'],
  ['quantum_packets_spurious', 'packetsSpurious', 'Packets taken for lost that arrived after all.'],
  ['quantum_packets_dropped', 'packetsDropped', 'Packets that were not authentic.'],
  ['quantum_packets_rebuilt', 'packetsRebuilt', 'Packets rebuilt from repair symbols.'],
  ['quantum_repair_symbols', 'repairSymbolsSent', 'Repair symbols sent.'],
  ['quantum_repeated_bytes', 'repeatedBytes', 'Bytes repeated ahead of loss.'],
  ['quantum_bytes_in_flight', 'bytesInFlight', 'Bytes sent and neither acknowledged nor lost.'],
  ['quantum_congestion_window_bytes', 'windowBytes', 'Congestion windows, added up.'],
  ['quantum_pacing_rate_bytes_per_second', 'pacingRate', 'Pacing rates, added up.'],
  ['quantum_streams', 'streams', 'Open streams.'],
]

const QUANTILES = [0.5, 0.9, 0.99]

/** Figures of a port as Prometheus reads them: gauges over the connections that are open, counters of the port. */
export function prometheusText(
  connections: readonly ConnectionStatistics[],
  counters: Readonly<Record<string, number>>,
): string {
  const lines = [...gauge('quantum_connections', 'Connections that are open.', connections.length)]
  for (const [name, field, help] of SUMS) {
    const sum = connections.reduce((total, statistics) => total + finite(statistics[field]), 0)
    lines.push(...gauge(name, help, sum))
  }
  const rtts = connections.map(({ smoothedRttMs }) => smoothedRttMs / 1000).sort((a, b) => a - b)
  lines.push('# HELP quantum_rtt_seconds Smoothed round trip times.', '# TYPE quantum_rtt_seconds gauge')
  for (const quantile of QUANTILES) {
    const value = rtts[Math.min(rtts.length - 1, Math.floor(quantile * rtts.length))] ?? 0
    lines.push(`quantum_rtt_seconds{quantile="${quantile}"} ${value}`)
  }
  lines.push('# HELP quantum_endpoint_total What became of datagrams without a connection.')
  lines.push('# TYPE quantum_endpoint_total counter')
  for (const [name, value] of Object.entries(counters))
    lines.push(`quantum_endpoint_total{outcome="${name}"} ${value}`)
  return `${lines.join('\n')}\n`
}

const gauge = (name: string, help: string, value: number) => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} gauge`,
  `${name} ${value}`,
]

const finite = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0)
