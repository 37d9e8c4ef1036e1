import { boards as t } from '@stoa/ui/messages/boards'
import type { BoardComment, PostDetail } from '../../../data/boards.ts'
import { nameOf } from '../names.ts'

/** Whether only moderators and its author are told what it says. */
export const isWithheld = ({ hidden, body }: PostDetail | BoardComment): boolean =>
  hidden !== null && body.state === 'unavailable' && body.reason === 'deleted'

/** Who hid it, and why. */
export const HiddenNote = ({ of: { by, reason } }: { of: NonNullable<PostDetail['hidden']> }) => (
  <p className="gap muted">
    {reason ? t.hiddenBy({ name: nameOf(by), reason }) : t.hiddenPlain({ name: nameOf(by) })}
  </p>
)
