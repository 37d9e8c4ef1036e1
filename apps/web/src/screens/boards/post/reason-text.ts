import { boards as t } from '@stoa/ui/messages/boards'
import type { FetchReason } from '../../../data/boards.ts'

const WORDS: Readonly<Record<FetchReason, () => string>> = {
  no_peers: t.reasonNoPeers,
  not_found: t.reasonNotFound,
  timeout: t.reasonTimeout,
  stalled: t.reasonStalled,
  wrong_bytes: t.reasonWrongBytes,
  too_large: t.reasonTooLarge,
  refused: t.reasonRefused,
  busy: t.reasonBusy,
  failed: t.reasonFailed,
  deleted: t.reasonDeleted,
  local_failure: t.reasonLocalFailure,
}

/** Why content is not on this node, and what will bring it. */
export const reasonText = (reason: FetchReason | null): string => (reason ? WORDS[reason]() : '')
