import type { Writable } from 'node:stream'
import { CLOSE, type CloseReason } from '@stoa/contracts/realtime'
import type { WebSocket } from 'ws'

/**
 * One client as the gateway's parts see it, whatever carries its messages: whole messages in order, how much waits to be
 * sent, and an end with a reason.
 */
export interface Channel {
  /** What carries it; for what is counted. */
  readonly transport: TransportName
  /** Sends one message. Does nothing once the channel is closed. */
  send(message: Uint8Array): void
  /** Bytes that were handed over and not sent yet. */
  readonly buffered: number
  /** Ends the channel; the other side reads why. */
  close(reason: CloseReason, text: string): void
  /** Stops reading, so that the sender feels it; until `resume`. */
  pause(): void
  resume(): void
}

/** What a connection is for. */
export type ConnectionKind = 'document' | 'topics'

export type TransportName = 'websocket' | 'quantum'

/** A connection as its channel sees it. */
export interface Receiver {
  receive(message: Uint8Array): void
  closed(): void
}

/** How long a closed socket may take to say goodbye. */
const GOODBYE_MS = 2_000

/** Larger messages are not copied behind their header. */
const FRAMED_BYTES = 0xffff
const FIN_BINARY = 0x82
/** Frames that were sent. What a server sends is not masked: a message to many is framed once, and written in one piece. */
const frames = new WeakMap<Uint8Array, Buffer>()

/** A message of {@link FRAMED_BYTES} at most as one frame (RFC 6455, section 5.2). */
function frameOf(message: Uint8Array): Buffer {
  const known = frames.get(message)
  if (known !== undefined) return known
  const { length } = message
  const header = length < 126 ? 2 : 4
  const frame = Buffer.allocUnsafe(header + length)
  frame[0] = FIN_BINARY
  frame[1] = Math.min(length, 126)
  if (length >= 126) frame.writeUInt16BE(length, 2)
  frame.set(message, header)
  frames.set(message, frame)
  return frame
}

/** `raw`: what `socket` writes to. `onClose`: we end it, and why. */
export function webSocketChannel(
  socket: WebSocket,
  raw: Writable,
  onClose: (reason: CloseReason, text: string) => void,
): Channel {
  return {
    transport: 'websocket',
    send: (message) => {
      if (socket.readyState !== socket.OPEN) return
      if (message.length <= FRAMED_BYTES) raw.write(frameOf(message))
      else socket.send(message, { binary: true })
    },
    get buffered() {
      return raw.writableLength
    },
    close: (reason, text) => {
      if (socket.readyState !== socket.OPEN) return
      onClose(reason, text)
      socket.close(CLOSE[reason], text.slice(0, 100))
      setTimeout(() => socket.terminate(), GOODBYE_MS).unref()
    },
    pause: () => socket.pause(),
    resume: () => socket.resume(),
  }
}
