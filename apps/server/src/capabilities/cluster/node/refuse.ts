import { MembershipError } from '@stoa/membership'
import { PeerRefusal } from '../../../platform/peers/errors.ts'
import type { PeerId } from '../../../platform/peers/peers.ts'
import type { NodeParts } from './parts.ts'

/**
 * What a peer is told whose message was not taken; it is held against the peer where an honest one would not send it. Other
 * errors go on as they are.
 */
export function refuse(
  { scores, scheduler, log }: Pick<NodeParts, 'scores' | 'scheduler' | 'log'>,
  peer: PeerId,
  what: string,
  error: unknown,
): unknown {
  if (!(error instanceof MembershipError)) return error
  scores.fault(peer, error.code, scheduler.now())
  // News that crosses is no event: the same snapshot comes from every neighbour.
  const level = error.code === 'membership.stale' ? 'debug' : 'warn'
  log[level]({ action: `refuse_${what}`, peer, reason: error.code, text: error.message })
  return new PeerRefusal(error.code, error.message, error)
}
