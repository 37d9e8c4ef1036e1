import type { Logger } from '@stoa/kernel'
import type { Channel, Receiver } from './socket.ts'

/** How long a client may take to say who it is; milliseconds. */
export const GREETING_MS = 10_000

export interface GreetingInit {
  /** Opens the channel by its first message; `undefined` when it closed it instead. */
  readonly greet: (first: Uint8Array) => Promise<Receiver | undefined>
  readonly log: Logger
}

/** A channel whose client has yet to say who it is. What comes before it is let in waits for that. */
export function greeted(channel: Channel, { greet, log }: GreetingInit): Receiver {
  const late = setTimeout(() => channel.close('unauthenticated', 'Say who you are first.'), GREETING_MS)
  let opened: Receiver | undefined
  let greeting: Promise<void> | undefined
  let isGone = false
  const begin = async (first: Uint8Array) => {
    try {
      opened = await greet(first)
      if (isGone) opened?.closed()
    } catch (error) {
      log.error({ action: 'channel_open_failed', err: error })
      channel.close('overloaded', 'The connection cannot be served now.')
    } finally {
      channel.resume()
    }
  }
  return {
    receive: (bytes) => {
      if (greeting === undefined) {
        clearTimeout(late)
        // What follows stays in the channel; what had arrived with the first message, here.
        channel.pause()
        greeting = begin(bytes)
      } else if (opened !== undefined) opened.receive(bytes)
      else greeting = greeting.then(() => opened?.receive(bytes))
    },
    closed: () => {
      isGone = true
      clearTimeout(late)
      opened?.closed()
    },
  }
}
