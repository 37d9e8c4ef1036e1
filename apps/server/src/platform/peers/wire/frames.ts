/**
 * Frames of requests and answers on a stream (FRAME-1): varint of the length of all that follows, kind (1 byte), request id
 * (4 bytes, big endian), body.
 */
export const FRAME = { request: 1, answer: 2, refusal: 3, cancel: 4 } as const
export type FrameKind = (typeof FRAME)[keyof typeof FRAME]

export interface Frame {
  readonly kind: FrameKind
  readonly id: number
  /** `undefined`: it was longer than allowed and is passed over as it arrives (FRAME-3). */
  readonly body: Uint8Array | undefined
}

/** Kind and id. */
const HEAD = 5
/** Longest body that is passed over; beyond it the stream is not worth keeping. */
const MAX_SKIPPED = 16 * 1024 * 1024
const MAX_PREFIX = 5
const UNZEROED_FROM = 65_536

/** Bytes that are no frames. The stream they came from is of no further use. */
export class FrameError extends Error {
  override readonly name = 'FrameError'
}

export function encodeFrame(kind: FrameKind, id: number, body: Uint8Array = new Uint8Array()): Uint8Array {
  const head = frameHead(kind, id, body.length)
  const frame = new Uint8Array(head.length + body.length)
  frame.set(head)
  frame.set(body, head.length)
  return frame
}

/** What goes before a body of so many bytes. */
export function frameHead(kind: FrameKind, id: number, bodyBytes: number): Uint8Array {
  const prefix = varint(HEAD + bodyBytes)
  const head = new Uint8Array(prefix.length + HEAD)
  head.set(prefix)
  head[prefix.length] = kind
  new DataView(head.buffer).setUint32(prefix.length + 1, id)
  return head
}

function varint(value: number): number[] {
  const bytes: number[] = []
  for (; value > 0x7f; value = Math.floor(value / 128)) bytes.push((value % 128) + 128)
  bytes.push(value)
  return bytes
}

interface Arriving {
  readonly kind: FrameKind
  readonly id: number
  readonly length: number
  readonly body: Uint8Array | undefined
  filled: number
}

/** Cuts a stream of bytes into frames, however it was portioned. Memory: one frame within its limit. */
export class FrameReader {
  readonly #limit: (kind: FrameKind) => number
  /** Length prefix and head of the frame that is arriving. */
  #head: number[] = []
  #current: Arriving | undefined

  /** `limit`: longest body of each kind. */
  constructor(limit: (kind: FrameKind) => number) {
    this.#limit = limit
  }

  /** The frames that are complete with these bytes; one that is too long comes when its head does. */
  push(bytes: Uint8Array): readonly Frame[] {
    const frames: Frame[] = []
    for (let at = 0; at < bytes.length; ) {
      if (this.#current === undefined) at = this.#readHead(bytes, at, frames)
      else at = this.#readBody(this.#current, bytes, at, frames)
    }
    return frames
  }

  #readHead(bytes: Uint8Array, from: number, frames: Frame[]): number {
    let at = from
    while (at < bytes.length) {
      this.#head.push(bytes[at++]!)
      const prefix = this.#head.findIndex((byte) => byte < 0x80) + 1
      if (prefix === 0 && this.#head.length >= MAX_PREFIX) throw new FrameError('A length without an end.')
      if (prefix === 0 || this.#head.length < prefix + HEAD) continue
      this.#begin(prefix, frames)
      break
    }
    return at
  }

  #begin(prefix: number, frames: Frame[]): void {
    const size = this.#head.slice(0, prefix).reduce((sum, byte, i) => sum + (byte % 128) * 128 ** i, 0)
    const [kind = 0, ...idBytes] = this.#head.slice(prefix)
    this.#head = []
    if (!isKind(kind)) throw new FrameError(`A frame of the unknown kind ${kind}.`)
    const length = size - HEAD
    if (length < 0) throw new FrameError('A frame shorter than its head.')
    if (length > MAX_SKIPPED) throw new FrameError(`A frame of ${length} bytes.`)
    const id = idBytes.reduce((sum, byte) => sum * 256 + byte, 0)
    const fits = length <= this.#limit(kind)
    if (!fits) frames.push({ kind, id, body: undefined })
    else if (length === 0) frames.push({ kind, id, body: new Uint8Array() })
    if (length > 0) this.#current = { kind, id, length, filled: 0, body: fits ? bodyOf(length) : undefined }
  }

  #readBody(current: Arriving, bytes: Uint8Array, at: number, frames: Frame[]): number {
    const part = bytes.subarray(at, at + current.length - current.filled)
    current.body?.set(part, current.filled)
    current.filled += part.length
    if (current.filled === current.length) {
      const { kind, id, body } = current
      if (body) frames.push({ kind, id, body })
      this.#current = undefined
    }
    return at + part.length
  }
}

/** Not zeroed where that costs: nobody sees a body before all of it was written over. */
const bodyOf = (length: number): Uint8Array =>
  length < UNZEROED_FROM ? new Uint8Array(length) : new Uint8Array(Buffer.allocUnsafeSlow(length).buffer)

function isKind(kind: number): kind is FrameKind {
  return kind >= FRAME.request && kind <= FRAME.cancel
}
