import { formatList, formatNumber } from '@stoa/ui/messages'
import { rooms as t } from '@stoa/ui/messages/rooms'
import clsx from 'clsx'
import type { Message } from '../../../data/rooms.ts'
import { useNames } from '../names.ts'

interface ReactionsProps {
  readonly of: Message['reactions']
  readonly accountId: string
  readonly onReact: (emoji: string, on: boolean) => void
}

/** Who reacted how; one's own are set, and pressing takes them back. */
export function Reactions({ of: reactions, accountId, onReact }: ReactionsProps) {
  const nameOf = useNames()
  return (
    <div className="rx">
      {reactions.map(({ emoji, count, account_ids }) => {
        const mine = account_ids.includes(accountId)
        const names = formatList(account_ids.slice(0, 12).map(nameOf))
        return (
          <button
            key={emoji}
            type="button"
            className={clsx(mine && 'on')}
            aria-pressed={mine}
            title={t.reactedBy({ emoji, names })}
            onClick={() => onReact(emoji, !mine)}
          >
            <span>{emoji}</span>
            {formatNumber(count)}
            <span className="sr"> {names}</span>
          </button>
        )
      })}
    </div>
  )
}
