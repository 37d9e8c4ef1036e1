import type { RecoveryStatistics } from '../recovery/types.ts'
import type { Core } from './core.ts'

/** Figures of one connection; times in milliseconds, sizes in bytes, rates in bytes per second. */
export interface ConnectionStatistics extends RecoveryStatistics {
  state: string
  bytesSent: number
  bytesReceived: number
  packetsReceived: number
  /** Packets that were not authentic. */
  packetsDropped: number
  /** Bytes repeated ahead of loss for latency-sensitive streams. */
  repeatedBytes: number
  repairSymbolsSent: number
  /** Packets rebuilt from repair symbols. */
  packetsRebuilt: number
  streams: number
  datagramsDropped: number
  datagramSize: number
  keyUpdates: number
}

export function statisticsOf(core: Core): ConnectionStatistics {
  const { totals } = core
  return {
    ...core.recovery.statistics(),
    state: core.state,
    bytesSent: totals.bytesSent,
    bytesReceived: totals.bytesReceived,
    packetsReceived: totals.packetsReceived,
    packetsDropped: totals.dropped,
    repeatedBytes: totals.repetitions,
    repairSymbolsSent: totals.repairs,
    packetsRebuilt: totals.rebuilt,
    streams: core.streams.count,
    datagramsDropped: core.datagrams.dropped,
    datagramSize: core.mtu.current,
    keyUpdates: core.keys?.renewals ?? 0,
  }
}
