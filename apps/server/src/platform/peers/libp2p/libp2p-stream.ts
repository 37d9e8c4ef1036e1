import type { Stream } from '@libp2p/interface'
import { PeerError } from '../errors.ts'
import type { PeerStream, StreamEvents } from '../streams.ts'

/** A stream of libp2p as the port wants it. */
export class Libp2pStream implements PeerStream {
  readonly #stream: Stream

  constructor(stream: Stream) {
    this.#stream = stream
  }

  async write(bytes: Uint8Array): Promise<void> {
    try {
      if (!this.#stream.send(bytes)) await this.#stream.onDrain()
    } catch (cause) {
      throw new PeerError('peers.closed', 'The stream is closed.', { cause })
    }
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
    if (open) events.data(data instanceof Uint8Array ? data : data.subarray())
  })
  if (stream.status !== 'open') end()
}
