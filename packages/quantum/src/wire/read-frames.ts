import { QuantumError } from '../errors.ts'
import { REED_SOLOMON_CODE, XOR_CODE } from '../fec/types.ts'
import { FrameType, MAX_CONNECTION_ID_LENGTH, RESET_TOKEN_LENGTH, StreamFlag } from './constants.ts'
import type { FrameVisitor } from './frames.ts'
import type { Reader } from './varint.ts'

/** Most ranges of one ACK that are read; what lies beyond is older and will be acknowledged otherwise or sent again. */
export const MAX_ACK_RANGES = 256
/** Most packets one repair symbol covers. */
const MAX_FEC_NUMBERS = 128

const ranges = new Float64Array(MAX_ACK_RANGES * 2)

/**
 * Calls `visitor` for each frame until the payload ends; throws `quantum.malformed`. Returns whether the packet asks
 * for an acknowledgement (SPEC ACK-1).
 */
export function readFrames(read: Reader, visitor: FrameVisitor): boolean {
  let eliciting = false
  while (read.at < read.end) {
    const type = read.uint8()
    if (type >= FrameType.stream) {
      if (type > 0x2f) throw unknownFrame(type)
      eliciting = true
      readStream(read, type, visitor)
    } else if (type === FrameType.ack) {
      const delay = readVarintThenRanges(read)
      visitor.onAck(ranges, rangeCount, delay)
    } else if (type !== FrameType.padding) {
      if (type !== FrameType.recovered && type !== FrameType.close && type !== FrameType.closeApplication)
        eliciting = true
      readRare(read, type, visitor)
    }
  }
  return eliciting
}

function readStream(read: Reader, type: number, visitor: FrameVisitor): void {
  const id = read.varint()
  const offset = type & StreamFlag.offset ? read.varint() : 0
  const data = read.take(type & StreamFlag.length ? read.varint() : read.left)
  if (offset + data.length > Number.MAX_SAFE_INTEGER) throw malformed('Stream data lies beyond 2^53.')
  visitor.onStream(id, offset, data, type & 0x0f)
}

let rangeCount = 0

function readVarintThenRanges(read: Reader): number {
  const largest = read.varint()
  const delay = read.varint()
  readRanges(read, largest)
  return delay
}

/** `largest` is known; then: how many more ranges, the length of the first, and (gap, length) for each other. */
function readRanges(read: Reader, largest: number): void {
  const more = read.varint()
  let high = largest
  let low = high - read.varint()
  rangeCount = 0
  for (let i = 0; ; i++) {
    if (low < 0) throw malformed('A range of packet numbers begins below zero.')
    if (rangeCount < MAX_ACK_RANGES) {
      ranges[rangeCount * 2] = low
      ranges[rangeCount * 2 + 1] = high
      rangeCount++
    }
    if (i === more) return
    high = low - read.varint() - 2
    low = high - read.varint()
  }
}

function readRare(read: Reader, type: number, visitor: FrameVisitor): void {
  switch (type) {
    case FrameType.ping:
      visitor.onPing()
      break
    case FrameType.recovered:
      readRanges(read, read.varint())
      visitor.onRecovered(ranges, rangeCount)
      break
    case FrameType.crypto: {
      const offset = read.varint()
      visitor.onCrypto(offset, read.take(read.varint()))
      break
    }
    case FrameType.ticket: {
      const lifetime = read.varint()
      visitor.onTicket(lifetime, read.take(read.varint()))
      break
    }
    case FrameType.addressToken:
      visitor.onAddressToken(read.take(read.varint()))
      break
    case FrameType.handshakeDone:
      visitor.onHandshakeDone()
      break
    case FrameType.datagram:
      visitor.onDatagram(read.take(read.left))
      break
    case FrameType.datagramLength:
      visitor.onDatagram(read.take(read.varint()))
      break
    case FrameType.fecRepair:
      readRepair(read, visitor)
      break
    default:
      if (type <= FrameType.streamsBlockedUni) readStreamControl(read, type, visitor)
      else readPathControl(read, type, visitor)
  }
}

function readStreamControl(read: Reader, type: number, visitor: FrameVisitor): void {
  const first = read.varint()
  switch (type) {
    case FrameType.resetStream: {
      const code = read.varint()
      visitor.onResetStream(first, code, read.varint())
      break
    }
    case FrameType.stopSending:
      visitor.onStopSending(first, read.varint())
      break
    case FrameType.maxData:
      visitor.onMaxData(first)
      break
    case FrameType.maxStreamData:
      visitor.onMaxStreamData(first, read.varint())
      break
    case FrameType.maxStreamsBidi:
      visitor.onMaxStreams(true, first)
      break
    case FrameType.maxStreamsUni:
      visitor.onMaxStreams(false, first)
      break
    case FrameType.dataBlocked:
      visitor.onDataBlocked(first)
      break
    case FrameType.streamDataBlocked:
      visitor.onStreamDataBlocked(first, read.varint())
      break
    case FrameType.streamsBlockedBidi:
      visitor.onStreamsBlocked(true, first)
      break
    default:
      visitor.onStreamsBlocked(false, first)
      break
  }
}

function readPathControl(read: Reader, type: number, visitor: FrameVisitor): void {
  switch (type) {
    case FrameType.newConnectionId: {
      const sequence = read.varint()
      const retire = read.varint()
      const length = read.uint8()
      if (length === 0 || length > MAX_CONNECTION_ID_LENGTH || retire > sequence)
        throw malformed('A connection id has a length or number that is not allowed.')
      const id = read.take(length)
      visitor.onNewConnectionId(sequence, retire, id, read.take(RESET_TOKEN_LENGTH))
      break
    }
    case FrameType.retireConnectionId:
      visitor.onRetireConnectionId(read.varint())
      break
    case FrameType.pathChallenge:
      visitor.onPathChallenge(read.take(8))
      break
    case FrameType.pathResponse:
      visitor.onPathResponse(read.take(8))
      break
    case FrameType.close:
    case FrameType.closeApplication: {
      const code = read.varint()
      visitor.onClose(type === FrameType.closeApplication, code, read.take(read.varint()))
      break
    }
    default:
      throw unknownFrame(type)
  }
}

function readRepair(read: Reader, visitor: FrameVisitor): void {
  const code = read.uint8()
  if (code !== XOR_CODE && code !== REED_SOLOMON_CODE) throw malformed(`There is no repair code ${code}.`)
  const repairIndex = read.uint8()
  const repairCount = read.uint8()
  const count = read.uint8()
  if (count === 0 || count > MAX_FEC_NUMBERS || repairIndex >= repairCount)
    throw malformed('A repair covers no or too many packets.')
  const sources = [read.varint()]
  while (sources.length < count) {
    const number = sources.at(-1)! + 1 + read.varint()
    if (number > Number.MAX_SAFE_INTEGER) throw malformed('A packet number is larger than 2^53 - 1.')
    sources.push(number)
  }
  visitor.onFecRepair({ code, repairIndex, repairCount, sources, data: read.take(read.varint()) })
}

const malformed = (message: string) => new QuantumError('quantum.malformed', message)
const unknownFrame = (type: number) => malformed(`There is no frame of type ${type}.`)
