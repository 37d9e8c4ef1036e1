/**
 * Small news between the processes of an installation that may get lost: where somebody's cursor is, who types. At most
 * once, in no order; nobody hears what it said itself. What must arrive is an event (`tx.emit`).
 */
export interface Signals {
  publish(channel: string, bytes: Uint8Array): void
  /** Returns how to end it. */
  subscribe(channel: string, listener: (bytes: Uint8Array) => void): () => void
}

/** One process alone: there is nobody else to hear or to tell. */
export const noSignals: Signals = { publish: () => {}, subscribe: () => () => {} }
