import type { RepairSymbol } from '../fec/types.ts'

/** What reading the frames of a packet calls, in their order. Views are valid during the call only. */
export interface FrameVisitor {
  onPing(): void
  /** `ranges`: pairs `[smallest, largest]`, descending, `count` pairs of the reused array. `delay`: microseconds. */
  onAck(ranges: Float64Array, count: number, delay: number): void
  onRecovered(ranges: Float64Array, count: number): void
  onResetStream(id: number, code: number, finalSize: number): void
  onStopSending(id: number, code: number): void
  onCrypto(offset: number, data: Uint8Array): void
  /** `lifetime`: seconds. */
  onTicket(lifetime: number, ticket: Uint8Array): void
  onAddressToken(token: Uint8Array): void
  onMaxData(limit: number): void
  onMaxStreamData(id: number, limit: number): void
  onMaxStreams(bidirectional: boolean, limit: number): void
  onDataBlocked(limit: number): void
  onStreamDataBlocked(id: number, limit: number): void
  onStreamsBlocked(bidirectional: boolean, limit: number): void
  onNewConnectionId(sequence: number, retirePriorTo: number, id: Uint8Array, resetToken: Uint8Array): void
  onRetireConnectionId(sequence: number): void
  onPathChallenge(data: Uint8Array): void
  onPathResponse(data: Uint8Array): void
  onClose(application: boolean, code: number, reason: Uint8Array): void
  onHandshakeDone(): void
  onStream(id: number, offset: number, data: Uint8Array, flags: number): void
  onDatagram(data: Uint8Array): void
  onFecRepair(repair: RepairSymbol): void
}
