import { StoaError } from '@stoa/kernel'

export type PeerErrorCode =
  /** No connection to this peer, or none could be made. */
  | 'peers.unreachable'
  /** The peer does not speak this protocol. */
  | 'peers.not_supported'
  /** No answer in time. */
  | 'peers.timeout'
  /** The request or its answer is longer than allowed. */
  | 'peers.too_large'
  /** The peer does not want to answer; `details.reason` says why. */
  | 'peers.refused'
  /** The stream ended before the answer. */
  | 'peers.closed'
  /** The peer works on as many requests as it allows, or too many wait here. */
  | 'peers.busy'

export class PeerError extends StoaError {
  override readonly name = 'PeerError'
  declare readonly code: PeerErrorCode

  constructor(code: PeerErrorCode, message: string, options: { cause?: unknown; reason?: string } = {}) {
    const { cause, reason } = options
    super(code, message, {
      ...(cause === undefined ? {} : { cause }),
      ...(reason === undefined ? {} : { details: { reason } }),
    })
  }

  /** Why the peer refused, where it did. */
  get reason(): string | undefined {
    const reason = this.details?.reason
    return typeof reason === 'string' ? reason : undefined
  }
}

/**
 * What a handler throws to tell the asker why it does not answer.
 * `reason`: up to 64 of `a–z 0–9 _ .`, stable, like an error code; `message`: for people.
 */
export class PeerRefusal extends Error {
  override readonly name = 'PeerRefusal'
  readonly reason: string

  constructor(reason: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.reason = reason
  }
}
