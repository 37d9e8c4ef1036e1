import { toast } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { useEffect, useMemo } from 'react'
import type { Message } from '../../../data/rooms.ts'
import { problemText } from '../../../frame/problem-text.ts'
import { quoteInDraft } from '../composer/drafts.ts'
import { withoutLinks } from '../composer/mentions.ts'
import type { Talk } from '../talk/talk.ts'

export interface MessageActs {
  react(message: Message, emoji: string, on: boolean): void
  /** Puts the message into the draft with this key. */
  quote(message: Message, draftKey: string): void
  /** At once here; for everybody when the time for undo is over, or the page goes away. */
  remove(message: Message): void
  copyLink(message: Message): Promise<void>
  copyText(message: Message): Promise<void>
}

/** Excerpt that a quote shows until it is sent. */
const EXCERPT = 280

export const quoteOf = (message: Message) => ({
  quote: { kind: 'message' as const, id: message.id, room_id: message.room_id },
  author: message.author.display_name,
  text: withoutLinks(message.body).text.slice(0, EXCERPT),
})

/** What one can do with messages of a room. */
export function useMessageActs(talk: Talk): MessageActs {
  const acts = useMemo(() => messageActs(talk), [talk])
  useEffect(() => {
    addEventListener('pagehide', acts.finish)
    return () => {
      removeEventListener('pagehide', acts.finish)
      acts.finish()
    }
  }, [acts])
  return acts
}

const told = (error: unknown) => toast({ text: problemText(error), tone: 'bad' })

function messageActs(talk: Talk): MessageActs & { finish: () => void } {
  const { room } = talk
  const leaving = new Set<string>()
  const remove = async (id: string) => {
    if (!leaving.delete(id)) return
    await room.remove(id).catch(told)
    talk.hide(id, false)
  }
  const copy = (text: string, said: string) =>
    navigator.clipboard.writeText(text).then(
      () => void toast(said),
      () => void toast({ text: t.copyFailed(), tone: 'bad' }),
    )
  return {
    react: ({ id }, emoji, on) => void room.react(id, emoji, on).catch(told),
    quote: (message, key) => quoteInDraft(key, quoteOf(message)),
    remove({ id }) {
      leaving.add(id)
      talk.hide(id, true)
      const undo = () => {
        leaving.delete(id)
        talk.hide(id, false)
      }
      toast({ text: t.removed(), undo, onExpire: () => void remove(id) })
    },
    copyLink: ({ id, room_id, thread_root_id }) => {
      const thread = thread_root_id === null ? '' : `&thread=${thread_root_id}`
      return copy(`${location.origin}/rooms/${room_id}?message=${id}${thread}`, t.linkCopied())
    },
    copyText: ({ body }) => copy(withoutLinks(body).text, t.textCopied()),
    finish: () => {
      for (const id of [...leaving]) void remove(id)
    },
  }
}
