import type { Stream } from '@libp2p/interface'
import { PeerError } from '../errors.ts'
import type { PeerStream, StreamEvents } from '../streams.ts'

/**
 * Up to so many bytes are put together, and what is larger is cut: with the head of yamux (12 bytes) they are one message of noise
 * (65,519 bytes), and the other side is at work on the first while the next is made.
 */
const MESSAGE_BYTES = 65_507

interface Write {
  readonly parts: readonly Uint8Array[]
  readonly bytes: number
  readonly done: () => void
  readonly failed: (error: PeerError) => void
}

/**
 * A stream of libp2p as the port wants it. What is written within one turn of the event loop goes out together: every message of
 * libp2p is encrypted and handed to the system by itself, which for small ones costs more than their bytes.
 */
export class Libp2pStream implements PeerStream {
  readonly #stream: Stream
  #queue: Write[] = []
  #sending = false

  constructor(stream: Stream) {
    this.#stream = stream
  }

  write(...parts: readonly Uint8Array[]): Promise<void> {
    const { promise, resolve: done, reject: failed } = Promise.withResolvers<void>()
    this.#queue.push({ parts, bytes: parts.reduce((sum, part) => sum + part.length, 0), done, failed })
    if (!this.#sending) {
      this.#sending = true
      process.nextTick(() => void this.#sendAll())
    }
    return promise
  }

  async #sendAll(): Promise<void> {
    for (let writes = this.#next(); writes.length > 0; writes = this.#next()) {
      try {
        for (const part of combined(writes.flatMap(({ parts }) => parts)))
          for (let at = 0; at < part.length; at += MESSAGE_BYTES)
            if (!this.#stream.send(part.subarray(at, at + MESSAGE_BYTES))) await this.#stream.onDrain()
        for (const { done } of writes) done()
      } catch (cause) {
        const error = new PeerError('peers.closed', 'The stream is closed.', { cause })
        for (const { failed } of writes) failed(error)
      }
    }
    this.#sending = false
  }

  /** What goes out together: a large one alone. */
  #next(): Write[] {
    let [count, bytes] = [0, 0]
    for (const write of this.#queue) {
      bytes += write.bytes
      if (count > 0 && bytes > MESSAGE_BYTES) break
      count++
    }
    return this.#queue.splice(0, count)
  }

  reset(): void {
    this.#stream.abort(new Error('The stream was given up.'))
  }
}

/** Passes on what arrives. An end for reading is an end for both: nobody half-closes here. */
export function attach(stream: Stream, events: StreamEvents): void {
  // Streams are kept for as long as the connection lives: that nothing is said on them for a while is no fault.
  stream.inactivityTimeout = Number.POSITIVE_INFINITY
  let open = true
  const end = () => {
    if (!open) return
    open = false
    if (stream.status === 'open') stream.abort(new Error('The other side ended the stream.'))
    events.closed()
  }
  stream.addEventListener('close', end)
  stream.addEventListener('remoteCloseWrite', end)
  stream.addEventListener('message', ({ data }) => {
    for (const part of data instanceof Uint8Array ? [data] : data) if (open) events.data(part)
  })
  if (stream.status !== 'open') end()
}

/** The same bytes, small neighbours in one. */
function combined(parts: readonly Uint8Array[]): Uint8Array[] {
  const groups: Uint8Array[][] = []
  let room = 0
  for (const part of parts) {
    if (part.length > room) {
      groups.push([part])
      room = MESSAGE_BYTES - part.length
    } else {
      groups.at(-1)?.push(part)
      room -= part.length
    }
  }
  return groups.map((group) => (group.length === 1 && group[0] ? group[0] : Buffer.concat(group)))
}
