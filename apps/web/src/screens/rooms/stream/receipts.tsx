import { Icon } from '@stoa/ui'
import { formatList } from '@stoa/ui/messages'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { Check, CheckCheck } from 'lucide-react'
import type { Message, Receipt } from '../../../data/rooms.ts'
import { useNames } from '../names.ts'
import type { Talk } from '../talk/talk.ts'
import { useTalkState } from '../talk/use-talk.ts'

/** Names that are written out. */
const NAMED = 2

/** How far a message of one's own has come: sent, delivered, read, by whom. */
export function Receipts({ message, talk }: { message: Message; talk: Talk }) {
  const receipts = useTalkState(talk, (state) => state.receipts)
  const nameOf = useNames()
  const { read, delivered, everybody } = reach(message, receipts)
  const names = read.slice(0, NAMED).map(nameOf)
  const rest = read.length - names.length
  const text =
    read.length === 0
      ? delivered > 0
        ? t.delivered()
        : t.sent()
      : everybody && read.length > NAMED
        ? t.readByAll()
        : t.readBy({
            names: rest > 0 ? t.andMore({ names: names.join(', '), count: rest }) : formatList(names),
          })
  return (
    <div className="rcpt">
      <Icon of={read.length > 0 || delivered > 0 ? CheckCheck : Check} size="xs" />
      {text}
    </div>
  )
}

/** Who of the others has read a message, and how many have it. */
export function reach(
  { sequence, author }: Pick<Message, 'sequence' | 'author'>,
  receipts: ReadonlyMap<string, Receipt>,
): { readonly read: readonly string[]; readonly delivered: number; readonly everybody: boolean } {
  const others = [...receipts.values()].filter(({ account_id }) => account_id !== author.account_id)
  const read = others.filter(({ read_sequence }) => read_sequence >= sequence)
  const delivered = others.filter(({ delivered_sequence }) => delivered_sequence >= sequence)
  return {
    read: read.map(({ account_id }) => account_id),
    delivered: delivered.length,
    everybody: others.length > 0 && read.length === others.length,
  }
}
