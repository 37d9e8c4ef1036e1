import { sameAddress } from '../connection/path.ts'
import { PacketType, TAG_LENGTH } from '../wire/constants.ts'
import { readPublicHeader } from '../wire/header.ts'
import { openCrypto } from './open-crypto.ts'
import { Pair, type PairOptions, SERVER } from './pair.ts'
import { decodeFrames, type Plain } from './reference-decode.ts'

export type Side = 'client' | 'server'

/** A packet as it stands in a datagram of an {@link OpenPair}. */
export interface SeenPacket {
  from: Side
  /** Milliseconds of its arrival. */
  at: number
  /** Bytes of the datagram that it came in. */
  datagram: number
  /** Place in that datagram, from 0. */
  index: number
  type: PacketType
  first: number
  destination: string
  source: string
  token: string
  number: number
  payload: Uint8Array
  frames: readonly Plain[]
}

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
export const unhex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))
export const namesOf = ({ frames }: SeenPacket): readonly unknown[] => frames.map(({ frame }) => frame)

/** The packets of a datagram that nothing but `openCrypto` has protected. Numbers are the bytes sent, not restored. */
export function packetsOf(datagram: Uint8Array, from: Side, at = 0): SeenPacket[] {
  const packets: SeenPacket[] = []
  for (let start = 0; start < datagram.length; ) {
    const header = readPublicHeader(datagram, start)
    if (!header) break
    const { type, numberAt, end, destination, source, token } = header
    const protects = type !== PacketType.retry && type !== PacketType.versionNegotiation
    const length = protects ? (datagram[start]! & 3) + 1 : 0
    const payload = protects ? datagram.slice(numberAt + length, end - TAG_LENGTH) : new Uint8Array(0)
    packets.push({
      from,
      at,
      datagram: datagram.length,
      index: packets.length,
      type,
      first: datagram[start]!,
      destination: hex(destination),
      source: hex(source),
      token: hex(token),
      number: Number.parseInt(hex(datagram.subarray(numberAt, numberAt + length)) || '0', 16),
      payload,
      frames: decodeFrames(hex(payload)),
    })
    start = end
  }
  return packets
}

/** The datagram with other frames in its packet of this type; what is shorter than before is filled with PADDING. */
function replaceFrames(datagram: Uint8Array, type: PacketType, frames: Uint8Array): Uint8Array | undefined {
  for (let start = 0; start < datagram.length; ) {
    const header = readPublicHeader(datagram, start)
    if (!header) return undefined
    const { numberAt, end } = header
    if (header.type === type) {
      const from = numberAt + (datagram[start]! & 3) + 1
      const grows = Math.max(0, frames.length - (end - TAG_LENGTH - from))
      if (grows > 0 && type !== PacketType.oneRtt) throw new RangeError('The frames do not fit the packet.')
      const out = new Uint8Array(datagram.length + grows)
      out.set(datagram)
      out.fill(0, from, end - TAG_LENGTH)
      out.set(frames, from)
      return out
    }
    start = end
  }
  return undefined
}

/** A pair whose packets can be read and changed on their way: everything in it is real but the encryption of packets. */
export class OpenPair extends Pair {
  /** As they were sent, whatever became of them then. */
  readonly seen: SeenPacket[] = []
  /** Packets for which this says true are lost with their datagram. */
  loses: (packet: SeenPacket) => boolean = () => false
  readonly #replacements: { from: Side; type: PacketType; frames: Uint8Array }[] = []

  constructor(options: PairOptions = {}) {
    super({
      ...options,
      client: { crypto: openCrypto, ...options.client },
      server: { crypto: openCrypto, ...options.server },
    })
    this.tap = (datagram) => {
      const from = sameAddress(datagram.to, SERVER) ? 'client' : 'server'
      const packets = packetsOf(datagram.bytes, from, this.simulation.now)
      const bytes = this.#replace(datagram.bytes, from)
      this.seen.push(...packets)
      return packets.some((packet) => this.loses(packet)) ? undefined : { ...datagram, bytes }
    }
  }

  /** The next packet of this side and type arrives with these frames (as hexadecimal digits) instead of its own. */
  forge(from: Side, frames: string, type: PacketType = PacketType.oneRtt): void {
    this.#replacements.push({ from, type, frames: unhex(frames) })
  }

  #replace(bytes: Uint8Array, from: Side): Uint8Array {
    const [next] = this.#replacements
    const changed = next?.from === from ? replaceFrames(bytes, next.type, next.frames) : undefined
    if (changed) this.#replacements.shift()
    return changed ?? bytes
  }

  /** Packets seen since, of one side. */
  of(from: Side, type?: PacketType): SeenPacket[] {
    return this.seen.filter((packet) => packet.from === from && (type === undefined || packet.type === type))
  }
}
