import { rooms as t } from '@stoa/ui/messages/rooms'
import { shell } from '@stoa/ui/messages/shell'
import { useState } from 'react'
import type { Message } from '../../../data/rooms.ts'
import { type Action, useActions } from '../../../keyboard/actions.ts'
import type { RowActs } from './row-acts.ts'

interface StreamKeys {
  readonly lines: readonly { readonly kind: string; readonly key: string; readonly message?: Message }[]
  readonly acts: RowActs
  readonly enabled: boolean
  readonly last: number
  readonly show: (index: number) => void
}

/** `j` and `k` walk through the messages, `r` replies, `e` edits. Gives the key of the one that is marked. */
export function useStreamKeys({ lines, acts, enabled, last, show }: StreamKeys): string | undefined {
  const [cursor, setCursor] = useState<string>()
  const at = lines.findIndex(({ key }) => key === cursor)
  const current = lines[at]?.message
  const move = (step: 1 | -1) => {
    // The first step marks the last message on screen.
    let next = at < 0 ? last : at + step
    while (lines[next] && !lines[next]?.message) next += at < 0 ? -1 : step
    const line = lines[next]
    if (!line) return
    setCursor(line.key)
    show(next)
  }
  const keysOnly = { group: 'list', keysOnly: true } as const
  const list: Action[] = [
    { ...keysOnly, id: 'list.next', label: shell.keysNext(), shortcut: 'j', run: () => move(1) },
    { ...keysOnly, id: 'list.previous', label: shell.keysPrevious(), shortcut: 'k', run: () => move(-1) },
    {
      ...{ ...keysOnly, id: 'rooms.reply', label: t.keyReply(), shortcut: 'r' },
      run: () => current && acts.canPost && acts.reply?.(current),
    },
    {
      ...{ ...keysOnly, id: 'rooms.edit', label: t.keyEdit(), shortcut: 'e' },
      run: () => current && acts.isOwn(current) && acts.edit(current),
    },
  ]
  useActions(enabled ? list : [])
  return cursor
}
