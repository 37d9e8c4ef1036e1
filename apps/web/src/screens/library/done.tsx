import { Icon } from '@stoa/ui'
import { library as t } from '@stoa/ui/messages/library'
import { Check } from 'lucide-react'

/** A check that says what it means to who cannot see it. */
export const Done = () => (
  <span className="num">
    <Icon of={Check} size="xs" />
    <span className="sr">{t.finished()}</span>
  </span>
)
