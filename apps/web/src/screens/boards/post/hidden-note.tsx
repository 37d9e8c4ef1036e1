import { boards as t } from '@stoa/ui/messages/boards'
import type { PostDetail } from '../../../data/boards.ts'
import { nameOf } from '../names.ts'

/** Why only moderators see it. */
export const HiddenNote = ({ of: { by, reason } }: { of: NonNullable<PostDetail['hidden']> }) => (
  <p className="gap muted">
    {reason ? t.hiddenBy({ name: nameOf(by), reason }) : t.hiddenPlain({ name: nameOf(by) })}
  </p>
)
