import { useMemo, useRef, useState } from 'react'
import type { Message, RoomInfo } from '../../../data/rooms.ts'
import { useIdentity } from '../../../data/use-session.ts'
import type { ToSend } from '../send-to-room.tsx'
import type { Talk } from '../talk/talk.ts'
import type { RowActs } from './row-acts.ts'
import { quoteOf, useMessageActs } from './use-message-acts.ts'

interface RowActsOptions {
  readonly talk: Talk
  readonly room: RoomInfo
  /** The draft that quotes go into. */
  readonly drafting: string
  /** Undefined inside a thread. */
  readonly onThread: ((message: Message) => void) | undefined
  readonly onElsewhere: (what: ToSend) => void
}

/** What rows can do, as one object that stays the same while nothing about it changes. */
export function useRowActs(options: RowActsOptions) {
  const { talk, room, drafting } = options
  const { account } = useIdentity()
  const base = useMessageActs(talk)
  const [editing, setEditing] = useState<string>()
  const latest = useRef(options)
  latest.current = options
  const { post, moderate } = room.can
  const inThread = options.onThread === undefined
  const acts = useMemo((): RowActs => {
    const isOwn = ({ author }: Message) => author.account_id === account.id
    return {
      ...base,
      accountId: account.id,
      canPost: post,
      isOwn,
      mayRemove: (message) => isOwn(message) || moderate,
      reply: inThread ? undefined : (message) => latest.current.onThread?.(message),
      quote: (message) => base.quote(message, drafting),
      quoteElsewhere: (message) => latest.current.onElsewhere({ kind: 'quote', ...quoteOf(message) }),
      edit: ({ id }) => setEditing(id),
      saveEdit: async ({ id }, body) => void (await talk.room.edit(id, body)),
      endEdit: () => setEditing(undefined),
    }
  }, [base, account.id, post, moderate, inThread, drafting, talk])
  const editLast = () => {
    const rows = talk.room.timeline.snapshot().rows
    const own = rows.findLast(
      (row) => row.kind === 'message' && acts.isOwn(row.message) && row.message.deleted_at === null,
    )
    if (own) setEditing(own.key)
  }
  return { acts, editing, editLast }
}
