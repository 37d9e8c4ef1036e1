import { cluster as t } from '@stoa/ui/messages/cluster'

const WORDS: Readonly<Record<string, () => string>> = {
  'peers.unreachable': t.errorUnreachable,
  'peers.timeout': t.errorTimeout,
  'peers.closed': t.errorClosed,
  'peers.busy': t.errorBusy,
  'peers.not_supported': t.errorNotSupported,
  'peers.too_large': t.errorMalformed,
  'peers.refused': t.errorRefused,
  'membership.not_member': t.errorNotMember,
  'membership.revoked': t.errorRevoked,
  'membership.outside_window': t.errorClock,
  'membership.from_future': t.errorClock,
  heartbeat: t.cameHeartbeat,
  disconnected: t.wentDisconnected,
  silent: t.wentSilent,
  this_node_stopped: t.wentStopped,
}

/** By the beginning of a code. */
const KINDS: readonly (readonly [prefix: string, words: () => string])[] = [
  ['membership.', t.errorMembership],
  ['sync.', t.errorMalformed],
  ['reconcile.', t.errorMalformed],
  ['database.', t.errorHere],
  ['storage.', t.errorHere],
  ['internal.', t.errorHere],
]

/** A stable code, not a sentence of the network. */
const isCode = (text: string): boolean => /^[a-z0-9_]+(\.[a-z0-9_]+)*$/.test(text)

/**
 * Why a node is not connected or not in step, for a person. Codes are translated; whatever the network said in its own words
 * while calling means that no address answered.
 */
export function errorWords(error: string): string {
  if (!isCode(error)) return t.errorNoAddress()
  const known = WORDS[error] ?? KINDS.find(([prefix]) => error.startsWith(prefix))?.[1]
  return known ? known() : t.errorOther({ code: error })
}
