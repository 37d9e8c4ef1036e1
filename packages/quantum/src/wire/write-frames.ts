import type { RepairSymbol } from '../fec/types.ts'
import { FrameType, StreamFlag } from './constants.ts'
import { varintLength, writeBytes, writeVarint, writeVarint16 } from './varint.ts'

/** Writers put one frame at `at` and return the position behind it; the caller has checked that it fits. */

/** `ranges`: pairs `[smallest, largest]`, descending. Writes as many as fit before `limit`; returns `at` if none does. */
export function writeAck(
  out: Uint8Array,
  at: number,
  limit: number,
  ranges: ArrayLike<number>,
  count: number,
  delay: number,
): number {
  if (at + 1 + 8 + 8 + 2 + 8 > limit) return at
  out[at] = FrameType.ack
  const next = writeVarint(out, writeVarint(out, at + 1, ranges[1]!), delay)
  return writeRanges(out, next, limit, ranges, count)
}

export function writeRecovered(
  out: Uint8Array,
  at: number,
  limit: number,
  ranges: ArrayLike<number>,
  count: number,
): number {
  if (at + 1 + 8 + 2 + 8 > limit) return at
  out[at] = FrameType.recovered
  return writeRanges(out, writeVarint(out, at + 1, ranges[1]!), limit, ranges, count)
}

function writeRanges(out: Uint8Array, at: number, limit: number, ranges: ArrayLike<number>, count: number) {
  const wide = count > 0x40
  let next = writeVarint(out, at + (wide ? 2 : 1), ranges[1]! - ranges[0]!)
  let written = 1
  for (; written < count && next + 16 <= limit; written++) {
    const gap = ranges[written * 2 - 2]! - ranges[written * 2 + 1]! - 2
    next = writeVarint(out, writeVarint(out, next, gap), ranges[written * 2 + 1]! - ranges[written * 2]!)
  }
  if (wide) writeVarint16(out, at, written - 1)
  else out[at] = written - 1
  return next
}

export function writeCryptoHeader(out: Uint8Array, at: number, offset: number, length: number): number {
  out[at] = FrameType.crypto
  return writeVarint16(out, writeVarint(out, at + 1, offset), length)
}

/** Bytes of a STREAM frame's header with a two-byte length. */
export function streamHeaderLength(id: number, offset: number): number {
  return 1 + varintLength(id) + (offset > 0 ? varintLength(offset) : 0) + 2
}

/** `flags`: fin and message of `StreamFlag`; offset and length are added here. The data goes to the returned position. */
export function writeStreamHeader(
  out: Uint8Array,
  at: number,
  id: number,
  offset: number,
  length: number,
  flags: number,
): number {
  out[at] = FrameType.stream | flags | StreamFlag.length | (offset > 0 ? StreamFlag.offset : 0)
  let next = writeVarint(out, at + 1, id)
  if (offset > 0) next = writeVarint(out, next, offset)
  return writeVarint16(out, next, length)
}

/** Frames that are a type and up to four numbers. */
export function writeNumbers(
  out: Uint8Array,
  at: number,
  type: number,
  ...numbers: readonly number[]
): number {
  out[at] = type
  let next = at + 1
  for (const number of numbers) next = writeVarint(out, next, number)
  return next
}

/** Frames that are a type, numbers, and bytes with their length: TICKET, ADDRESS_TOKEN, CLOSE, DATAGRAM. */
export function writeWithBytes(
  out: Uint8Array,
  at: number,
  type: number,
  bytes: Uint8Array,
  ...numbers: readonly number[]
): number {
  const next = writeNumbers(out, at, type, ...numbers)
  return writeBytes(out, writeVarint(out, next, bytes.length), bytes)
}

export function writeNewConnectionId(
  out: Uint8Array,
  at: number,
  frame: { sequence: number; retirePriorTo: number; id: Uint8Array; resetToken: Uint8Array },
): number {
  const next = writeNumbers(out, at, FrameType.newConnectionId, frame.sequence, frame.retirePriorTo)
  out[next] = frame.id.length
  return writeBytes(out, writeBytes(out, next + 1, frame.id), frame.resetToken)
}

/** PATH_CHALLENGE and PATH_RESPONSE: eight bytes. */
export function writePath(out: Uint8Array, at: number, type: number, data: Uint8Array): number {
  out[at] = type
  return writeBytes(out, at + 1, data)
}

export function fecRepairLength({ sources, data }: RepairSymbol): number {
  let length = 5 + varintLength(sources[0]!) + varintLength(data.length) + data.length
  for (let i = 1; i < sources.length; i++) length += varintLength(sources[i]! - sources[i - 1]! - 1)
  return length
}

export function writeFecRepair(out: Uint8Array, at: number, symbol: RepairSymbol): number {
  const { sources, data } = symbol
  out[at] = FrameType.fecRepair
  out[at + 1] = symbol.code
  out[at + 2] = symbol.repairIndex
  out[at + 3] = symbol.repairCount
  out[at + 4] = sources.length
  let next = writeVarint(out, at + 5, sources[0]!)
  for (let i = 1; i < sources.length; i++) next = writeVarint(out, next, sources[i]! - sources[i - 1]! - 1)
  return writeBytes(out, writeVarint(out, next, data.length), data)
}
