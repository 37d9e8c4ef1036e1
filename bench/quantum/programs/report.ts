/** What the receiving program tells at the end, on one line of standard output. Times are of CLOCK_MONOTONIC, the same in both. */
export interface BulkReport {
  kind: 'bulk'
  /** [milliseconds, bytes received so far], about every 20 ms. */
  series: [number, number][]
}

export interface MessagesReport {
  kind: 'messages'
  /** Arrival of the first byte of anything. */
  firstByteMs: number
  /** One-way latencies in order of arrival, milliseconds. */
  latencies: number[]
}

export type ChannelReport = BulkReport | MessagesReport

/** What the sending program tells. */
export interface SenderReport {
  /** When it began to connect, and when it had. */
  startedMs: number
  connectedMs: number
  messagesSent: number
  cpuMs: number
  statistics: object
}

export const MESSAGE_BYTES = 200
export const BULK_MARK = 'B'.charCodeAt(0)
export const MESSAGES_MARK = 'M'.charCodeAt(0)

export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6
