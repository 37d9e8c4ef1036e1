import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

/** Bits of a struct's first byte, as Yjs writes them (UpdateEncoderV1): the kind of content, and which fields follow. */
const KIND = 0b1_1111
const HAS_PARENT_KEY = 0b10_0000
const HAS_RIGHT_ORIGIN = 0b100_0000
const HAS_ORIGIN = 0b1000_0000
const COLLECTED = 0
const SKIPPED = 10
/** Types that have a name: XML elements and hooks. */
const NAMED_TYPES = new Set([3, 5])

/**
 * The state vector of an update (encoding v1), as `Y.encodeStateVectorFromUpdate` gives it, without making objects and strings of
 * what it passes over: a quarter of its time, for which whoever opens a long document waits. @throws Error when it is no update
 */
export function stateVectorOf(update: Uint8Array): Uint8Array {
  const input = decoding.createDecoder(update)
  const clocks = new Map<number, number>()
  for (let clients = decoding.readVarUint(input); clients > 0; clients--) {
    let structs = decoding.readVarUint(input)
    const client = decoding.readVarUint(input)
    let clock = decoding.readVarUint(input)
    // Only what reaches back to the client's beginning without a gap counts.
    let isWhole = clock === 0
    for (; structs > 0; structs--) {
      const info = decoding.readUint8(input)
      if (info === SKIPPED) isWhole = false
      clock += lengthOfStruct(input, info)
      if (isWhole) clocks.set(client, clock)
    }
  }
  return encoded(clocks)
}

function encoded(clocks: ReadonlyMap<number, number>): Uint8Array {
  const out = encoding.createEncoder()
  encoding.writeVarUint(out, clocks.size)
  for (const [client, clock] of clocks) {
    encoding.writeVarUint(out, client)
    encoding.writeVarUint(out, clock)
  }
  return encoding.toUint8Array(out)
}

/** How many clock values a struct takes; the input is after it then. */
function lengthOfStruct(input: decoding.Decoder, info: number): number {
  const kind = info & KIND
  if (kind === COLLECTED || info === SKIPPED) return decoding.readVarUint(input)
  if (info & HAS_ORIGIN) passId(input)
  if (info & HAS_RIGHT_ORIGIN) passId(input)
  if ((info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN)) === 0) {
    if (decoding.readVarUint(input) === 1) passBytes(input)
    else passId(input)
    if (info & HAS_PARENT_KEY) passBytes(input)
  }
  return lengthOfContent(input, kind)
}

function lengthOfContent(input: decoding.Decoder, kind: number): number {
  switch (kind) {
    case 1: // deleted
      return decoding.readVarUint(input)
    case 2: // JSON
      return passMany(input, passBytes)
    case 3: // bytes
    case 5: // embedded
      passBytes(input)
      return 1
    case 4: // text
      return lengthOfText(input)
    case 6: // format
      passBytes(input)
      passBytes(input)
      return 1
    case 7: // type
      if (NAMED_TYPES.has(decoding.readVarUint(input))) passBytes(input)
      return 1
    case 8: // any value
      return passMany(input, decoding.readAny)
    case 9: // a document in the document
      passBytes(input)
      decoding.readAny(input)
      return 1
    default:
      throw new TypeError('there is no such content')
  }
}

function passMany(input: decoding.Decoder, pass: (input: decoding.Decoder) => void): number {
  const count = decoding.readVarUint(input)
  for (let n = 0; n < count; n++) pass(input)
  return count
}

function passId(input: decoding.Decoder): void {
  decoding.readVarUint(input)
  decoding.readVarUint(input)
}

/** Bytes or text, whose length stands first. */
function passBytes(input: decoding.Decoder): number {
  const length = decoding.readVarUint(input)
  if (input.pos + length > input.arr.length) throw new RangeError('the update ends too early')
  input.pos += length
  return length
}

/** UTF-16 units of a text in UTF-8: one for each character, two for those of four bytes. */
function lengthOfText(input: decoding.Decoder): number {
  const { arr } = input
  const length = passBytes(input)
  let units = 0
  for (let at = input.pos - length; at < input.pos; at++) {
    const byte = arr[at] ?? 0
    if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1
  }
  return units
}
