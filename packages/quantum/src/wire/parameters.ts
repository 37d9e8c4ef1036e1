import { QuantumError } from '../errors.ts'
import { type Reader, writeVarint } from './varint.ts'

/** What each side allows the other, told in its hello message (SPEC PAR-*). Sizes in bytes, times in milliseconds. */
export interface TransportParameters {
  /** Bytes on all streams together. */
  maxData: number
  /** Bytes on each stream. */
  maxStreamData: number
  maxStreamsBidi: number
  maxStreamsUni: number
  /** Silence after which the connection is forgotten; 0: never. The smaller one of both sides counts. */
  idleTimeout: number
  /** The longest wait before a packet is acknowledged. */
  maxAckDelay: number
  /** Largest UDP payload that is accepted. */
  maxUdpPayload: number
  /** Largest datagram that is accepted; 0: none. */
  maxDatagram: number
  /** Connection ids the peer may have outstanding. */
  connectionIdLimit: number
  /** Largest message taken on message streams. */
  maxMessage: number
  /** Packets of history kept to rebuild lost ones from FEC_REPAIR frames; 0: repair symbols are useless. */
  fecWindow: number
}

/**
 * 24 MiB on a connection, 16 MiB on a stream: what 100 Mbit/s over 200 ms need while lost packets are sent again. 256 streams of
 * either kind, 30 s of silence, messages up to 1 MiB.
 */
export const DEFAULT_PARAMETERS: TransportParameters = {
  maxData: 24 << 20,
  maxStreamData: 16 << 20,
  maxStreamsBidi: 256,
  maxStreamsUni: 256,
  idleTimeout: 30_000,
  maxAckDelay: 25,
  maxUdpPayload: 1472,
  maxDatagram: 1200,
  connectionIdLimit: 8,
  maxMessage: 1 << 20,
  fecWindow: 256,
}

/** Position in this list is the parameter's id, from 1. */
const ORDER: readonly (keyof TransportParameters)[] = [
  'maxData',
  'maxStreamData',
  'maxStreamsBidi',
  'maxStreamsUni',
  'idleTimeout',
  'maxAckDelay',
  'maxUdpPayload',
  'maxDatagram',
  'connectionIdLimit',
  'maxMessage',
  'fecWindow',
]

/** Lowest values that make sense; what is absent has this value. */
const FLOOR: Partial<TransportParameters> = { maxUdpPayload: 1200, connectionIdLimit: 2 }

export function writeParameters(out: Uint8Array, at: number, parameters: TransportParameters): number {
  let next = writeVarint(out, at, ORDER.length)
  for (const [index, name] of ORDER.entries())
    next = writeVarint(out, writeVarint(out, next, index + 1), parameters[name])
  return next
}

/** Pairs of id and value; unknown ids are skipped so that later versions can add some. */
export function readParameters(read: Reader): TransportParameters {
  const parameters: TransportParameters = { ...NOTHING, ...FLOOR }
  const seen = new Set<number>()
  for (let count = read.varint(); count > 0; count--) {
    const id = read.varint()
    const value = read.varint()
    if (seen.has(id)) throw new QuantumError('quantum.malformed', `Transport parameter ${id} stands twice.`)
    seen.add(id)
    const name = ORDER[id - 1]
    if (name) parameters[name] = Math.max(value, FLOOR[name] ?? 0)
  }
  return parameters
}

const NOTHING = Object.fromEntries(ORDER.map((name) => [name, 0])) as unknown as TransportParameters
