/** Why the server closed a socket (WebSocket close codes 4000 to 4999 are ours; the reason is the text after it). */
export const CLOSE = {
  /** The server is being stopped or replaced: come back in a moment. */
  restarting: 1012,
  /** Too much at once: come back later. */
  overloaded: 1013,
  /** What was sent cannot be read, or does not fit here. */
  malformed: 4400,
  /** The ticket or token is missing, wrong, spent, or its session has ended: ask for another. */
  unauthenticated: 4401,
  /** What is followed may not be followed any more. */
  forbidden: 4403,
  /** There is no such thing, or not any more. */
  notFound: 4404,
  /** The client does not take what it is sent. It comes back and is brought up to date. */
  slow: 4408,
  /** One message is too large. */
  tooLarge: 4413,
  /** Too many connections or messages. */
  limited: 4429,
} as const

/** The name of a close code, e.g. `slow` for 4408. */
export type CloseReason = keyof typeof CLOSE
