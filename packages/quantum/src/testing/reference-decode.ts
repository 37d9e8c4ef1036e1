/**
 * A second decoder of the wire format, written from the tables of SPEC.md alone and sharing nothing with the fast one:
 * 64-bit integers, one table of fields, plain objects. Tests hold both to the same vectors and to each other.
 */
type Field = 'int' | 'u8' | 'rest' | 'bytes' | 'id' | 'token16' | 'eight' | 'ranges' | 'sources'
export type Plain = Record<string, string | number | boolean | readonly string[] | readonly string[][]>

const FRAMES: Readonly<Record<number, readonly [name: string, ...fields: [string, Field][]]>> = {
  0: ['padding'],
  1: ['ping'],
  2: ['ack', ['largest', 'int'], ['delay', 'int'], ['ranges', 'ranges']],
  3: ['recovered', ['largest', 'int'], ['ranges', 'ranges']],
  4: ['resetStream', ['stream', 'int'], ['code', 'int'], ['finalSize', 'int']],
  5: ['stopSending', ['stream', 'int'], ['code', 'int']],
  6: ['crypto', ['offset', 'int'], ['data', 'bytes']],
  7: ['ticket', ['lifetime', 'int'], ['ticket', 'bytes']],
  8: ['maxData', ['limit', 'int']],
  9: ['maxStreamData', ['stream', 'int'], ['limit', 'int']],
  10: ['maxStreamsBidi', ['limit', 'int']],
  11: ['maxStreamsUni', ['limit', 'int']],
  12: ['dataBlocked', ['limit', 'int']],
  13: ['streamDataBlocked', ['stream', 'int'], ['limit', 'int']],
  14: ['streamsBlockedBidi', ['limit', 'int']],
  15: ['streamsBlockedUni', ['limit', 'int']],
  16: [
    'newConnectionId',
    ['sequence', 'int'],
    ['retirePriorTo', 'int'],
    ['id', 'id'],
    ['resetToken', 'token16'],
  ],
  17: ['retireConnectionId', ['sequence', 'int']],
  18: ['pathChallenge', ['data', 'eight']],
  19: ['pathResponse', ['data', 'eight']],
  20: ['close', ['code', 'int'], ['reason', 'bytes']],
  21: ['closeApplication', ['code', 'int'], ['reason', 'bytes']],
  22: ['handshakeDone'],
  23: ['addressToken', ['token', 'bytes']],
  24: ['datagram', ['data', 'rest']],
  25: ['datagram', ['data', 'bytes']],
  26: [
    'fecRepair',
    ['scheme', 'u8'],
    ['index', 'u8'],
    ['repairs', 'u8'],
    ['sources', 'sources'],
    ['data', 'bytes'],
  ],
}

class Source {
  readonly #hex: string
  #at = 0

  constructor(hex: string) {
    this.#hex = hex
  }

  get empty(): boolean {
    return this.#at >= this.#hex.length
  }

  hex(bytes: number): string {
    const text = this.#hex.slice(this.#at, this.#at + bytes * 2)
    if (text.length !== bytes * 2) throw new Error('truncated')
    this.#at += bytes * 2
    return text
  }

  rest(): string {
    return this.hex((this.#hex.length - this.#at) / 2)
  }

  byte(): number {
    return Number.parseInt(this.hex(1), 16)
  }

  int(): bigint {
    const first = this.byte()
    const length = 1 << (first >> 6)
    const value = BigInt(`0x${((first & 0x3f).toString(16) + this.hex(length - 1)).padStart(2, '0')}`)
    if (value > 9007199254740991n) throw new Error('too large')
    return value
  }
}

/** The frames of one packet's payload, given and answered in hexadecimal. Throws on anything malformed. */
export function decodeFrames(payload: string): Plain[] {
  const source = new Source(payload)
  const frames: Plain[] = []
  while (!source.empty) {
    const type = source.byte()
    if (type >= 0x20 && type <= 0x2f) frames.push(streamFrame(type, source))
    else if (type !== 0) frames.push(tableFrame(type, source))
  }
  return frames
}

function streamFrame(type: number, source: Source): Plain {
  const stream = source.int().toString()
  const offset = type & 4 ? source.int() : 0n
  const data = type & 2 ? source.hex(Number(source.int())) : source.rest()
  if (offset + BigInt(data.length / 2) > 9007199254740991n) throw new Error('too large')
  return {
    frame: 'stream',
    stream,
    offset: offset.toString(),
    data,
    fin: (type & 1) > 0,
    message: (type & 8) > 0,
  }
}

function tableFrame(type: number, source: Source): Plain {
  const entry = FRAMES[type]
  if (!entry) throw new Error(`unknown frame ${type}`)
  const [name, ...fields] = entry
  const frame: Plain = { frame: name }
  for (const [field, kind] of fields) frame[field] = readField(kind, source, frame)
  if (name === 'newConnectionId' && BigInt(String(frame.retirePriorTo)) > BigInt(String(frame.sequence)))
    throw new Error('retires what is not issued')
  if (name === 'fecRepair' && (Number(frame.scheme) > 1 || Number(frame.index) >= Number(frame.repairs)))
    throw new Error('no such repair symbol')
  return frame
}

function readField(kind: Field, source: Source, frame: Plain): Plain[string] {
  switch (kind) {
    case 'int':
      return source.int().toString()
    case 'u8':
      return source.byte()
    case 'rest':
      return source.rest()
    case 'bytes':
      return source.hex(Number(source.int()))
    case 'token16':
      return source.hex(16)
    case 'eight':
      return source.hex(8)
    case 'id': {
      const length = source.byte()
      if (length < 1 || length > 20) throw new Error('length of a connection id')
      return source.hex(length)
    }
    case 'ranges':
      return rangesBelow(BigInt(String(frame.largest)), source)
    case 'sources':
      return sources(source)
  }
}

function rangesBelow(largest: bigint, source: Source): string[][] {
  let more = source.int()
  let high = largest
  const ranges: string[][] = []
  for (;;) {
    const low = high - source.int()
    if (low < 0n) throw new Error('below zero')
    ranges.push([low.toString(), high.toString()])
    if (more-- === 0n) return ranges
    high = low - source.int() - 2n
  }
}

function sources(source: Source): string[] {
  const count = source.byte()
  if (count < 1 || count > 128) throw new Error('number of sources')
  const numbers = [source.int()]
  while (numbers.length < count) numbers.push(numbers.at(-1)! + 1n + source.int())
  if (numbers.at(-1)! > 9007199254740991n) throw new Error('too large')
  return numbers.map(String)
}
