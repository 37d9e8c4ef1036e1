/** What is opened at a server: the topics, or one document. */
export interface Destination {
  /** Scheme and host of the server. */
  readonly baseUrl: string
  /** `/realtime/v1`, or `/yjs/<document>`. */
  readonly path: string
  /** Opens the document, once. */
  readonly ticket?: string
}

/** One connection that carries whole binary messages in order, both ways. */
export interface Link {
  /** Does nothing unless the link is open. */
  send(message: Uint8Array<ArrayBuffer>): void
  /** Lets go of it: nothing is told of it any more. */
  close(): void
}

export interface LinkEvents {
  /** `over`: what carries it, `websocket` or `quantum`. */
  onOpen(over: string): void
  onMessage(message: Uint8Array): void
  /** Once, also for a link that never opened. `code`: one of `CLOSE` that the server gave, 1000, or `BROKEN`. */
  onClose(code: number): void
}

/**
 * Opens links to a server: by WebSocket, or by whatever else carries messages. Events come after it has returned, none of them
 * after `close`.
 */
export type Transport = (to: Destination, events: LinkEvents) => Link

/** The link could not be made, or ended without a word of the server. */
export const BROKEN = 1006

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 15_000

/** How long to wait before the next try: doubling, and somewhere between half and whole, so that not all come at once. */
export function waitBefore(failures: number, random: () => number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures) * (0.5 + random() / 2)
}
