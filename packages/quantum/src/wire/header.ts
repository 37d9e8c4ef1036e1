import {
  CONNECTION_ID_LENGTH,
  MAX_CONNECTION_ID_LENGTH,
  PacketType,
  SAMPLE_LENGTH,
  VERSION,
} from './constants.ts'
import { Reader, writeBytes, writeUint32, writeVarint, writeVarint16 } from './varint.ts'

/** The part of a packet's header that can be read without keys. Views into the datagram, not copies. */
export interface PublicHeader {
  type: PacketType
  version: number
  destination: Uint8Array
  /** Empty in short headers. */
  source: Uint8Array
  /** Address token of Initial packets, the token of a Retry (without its tag); else empty. */
  token: Uint8Array
  /** Where the packet begins in the datagram. */
  start: number
  /** Where the (protected) packet number begins; for Retry and version negotiation, where the payload does. */
  numberAt: number
  /** First byte behind the packet. */
  end: number
}

const NOTHING = new Uint8Array(0)
const reader = new Reader()

/**
 * Reads the header at `start` of a datagram; `undefined` when no packet of this protocol begins there. Short headers
 * carry ids of `CONNECTION_ID_LENGTH` bytes, because every endpoint issues its own.
 */
export function readPublicHeader(datagram: Uint8Array, start: number): PublicHeader | undefined {
  const first = datagram[start]
  if (first === undefined || (first & 0x40) === 0) return undefined
  if ((first & 0x80) === 0) return readShort(datagram, start)
  try {
    return readLong(reader.reset(datagram, start + 1), first, start)
  } catch {
    return undefined
  }
}

function readShort(datagram: Uint8Array, start: number): PublicHeader | undefined {
  const numberAt = start + 1 + CONNECTION_ID_LENGTH
  if (datagram.length < numberAt + 4 + SAMPLE_LENGTH) return undefined
  const destination = datagram.subarray(start + 1, numberAt)
  const end = datagram.length
  return {
    type: PacketType.oneRtt,
    version: VERSION,
    destination,
    source: NOTHING,
    token: NOTHING,
    start,
    numberAt,
    end,
  }
}

function readLong(read: Reader, first: number, start: number): PublicHeader | undefined {
  const version = read.uint32()
  const destination = connectionId(read)
  const source = connectionId(read)
  if (!destination || !source) return undefined
  const header = { version, destination, source, token: NOTHING, start, numberAt: read.at, end: read.end }
  if (version === 0) return { ...header, type: PacketType.versionNegotiation }
  // What follows is ours to read only in a version that we know; the ids above are the same in all.
  if (version !== VERSION) return { ...header, type: PacketType.initial }
  const bits = (first >> 4) & 0x03
  if (bits === PacketType.retry) {
    if (read.left < 16) return undefined
    return { ...header, type: PacketType.retry, token: read.take(read.left - 16), numberAt: read.at }
  }
  if (bits !== PacketType.initial && bits !== PacketType.zeroRtt) return undefined
  const token = bits === PacketType.initial ? read.take(read.varint()) : NOTHING
  const length = read.varint()
  if (length > read.left || length < 4 + SAMPLE_LENGTH) return undefined
  return { ...header, type: bits, token, numberAt: read.at, end: read.at + length }
}

function connectionId(read: Reader): Uint8Array | undefined {
  const length = read.uint8()
  return length > MAX_CONNECTION_ID_LENGTH ? undefined : read.take(length)
}

/**
 * Writes a long header up to the packet number. Its length field takes two bytes right before the returned position
 * and is filled in by `fillLength` once the payload is known.
 */
export function writeLongHeader(
  out: Uint8Array,
  at: number,
  type: typeof PacketType.initial | typeof PacketType.zeroRtt,
  numberLength: number,
  ids: { destination: Uint8Array; source: Uint8Array; token: Uint8Array },
): number {
  out[at] = 0xc0 | (type << 4) | (numberLength - 1)
  let next = writeIds(out, writeUint32(out, at + 1, VERSION), ids.destination, ids.source)
  if (type === PacketType.initial) next = writeBytes(out, writeVarint(out, next, ids.token.length), ids.token)
  return next + 2
}

export function fillLength(out: Uint8Array, numberAt: number, length: number): void {
  writeVarint16(out, numberAt - 2, length)
}

export function writeShortHeader(
  out: Uint8Array,
  at: number,
  keyPhase: number,
  numberLength: number,
  destination: Uint8Array,
): number {
  out[at] = 0x40 | (keyPhase << 2) | (numberLength - 1)
  out.set(destination, at + 1)
  return at + 1 + destination.length
}

/** A Retry without its tag; returns where the tag goes. */
export function writeRetry(
  out: Uint8Array,
  ids: { destination: Uint8Array; source: Uint8Array; token: Uint8Array },
): number {
  out[0] = 0xc0 | (PacketType.retry << 4)
  return writeBytes(out, writeIds(out, writeUint32(out, 1, VERSION), ids.destination, ids.source), ids.token)
}

export function writeVersionNegotiation(
  out: Uint8Array,
  ids: { destination: Uint8Array; source: Uint8Array },
): number {
  out[0] = 0xc0
  return writeUint32(out, writeIds(out, writeUint32(out, 1, 0), ids.destination, ids.source), VERSION)
}

function writeIds(out: Uint8Array, at: number, destination: Uint8Array, source: Uint8Array): number {
  out[at] = destination.length
  const next = writeBytes(out, at + 1, destination)
  out[next] = source.length
  return writeBytes(out, next + 1, source)
}
