import { boards as t } from '@stoa/ui/messages/boards'
import type { KeptOutReason } from '../../../data/boards.ts'

const WORDS: Readonly<Record<KeptOutReason, () => string>> = {
  pending: t.outPending,
  before_cause: t.outBeforeCause,
  unknown_key: t.outUnknownKey,
  retired_key: t.outRetiredKey,
  superseded: t.outSuperseded,
  banned: t.outBanned,
  no_right: t.outNoRight,
  not_author: t.outNotAuthor,
  wrong_target: t.outWrongTarget,
  locked: t.outLocked,
}

const isKnown = (reason: string): reason is KeptOutReason => Object.hasOwn(WORDS, reason)

/** Why a record does not count; a reason that only a newer node knows is told as it is. */
export const keptOutText = (reason: string): string => (isKnown(reason) ? WORDS[reason]() : reason)
