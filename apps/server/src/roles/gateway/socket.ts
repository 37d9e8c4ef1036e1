import { CLOSE, type CloseReason } from '@stoa/contracts/realtime'
import type { WebSocket } from 'ws'

/**
 * One client as the gateway's parts see it, whatever carries its messages: whole messages in order, how much waits to be
 * sent, and an end with a reason.
 */
export interface Channel {
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

/** A connection as its channel sees it. */
export interface Receiver {
  receive(message: Uint8Array): void
  closed(): void
}

/** How long a closed socket may take to say goodbye. */
const GOODBYE_MS = 2_000

/** `onClose`: we end it, and why. */
export function webSocketChannel(
  socket: WebSocket,
  onClose: (reason: CloseReason, text: string) => void,
): Channel {
  return {
    send: (message) => {
      if (socket.readyState === socket.OPEN) socket.send(message, { binary: true })
    },
    get buffered() {
      return socket.bufferedAmount
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
