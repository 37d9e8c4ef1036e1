import { useEffect, useState } from 'react'
import type { Awareness } from 'y-protocols/awareness'

/** Somebody who has the document open. */
export interface Present {
  readonly accountId: string
  /** As the account itself says. */
  readonly name: string
  /** The caret stands in the text. */
  readonly writing: boolean
}

type State = Readonly<Record<string, unknown>>

/** Whose state it is, as the server wrote it. */
export function accountOf(state: State | undefined): string | undefined {
  const account = state?.account_id
  return typeof account === 'string' ? account : undefined
}

function nameOf({ user }: State): string {
  return typeof user === 'object' && user !== null && 'name' in user ? String(user.name) : ''
}

/** Everybody but oneself, each once, those who write first. */
export function presentIn(states: ReadonlyMap<number, State>, own: string): Present[] {
  const found = new Map<string, Present>()
  for (const state of states.values()) {
    const accountId = accountOf(state)
    if (accountId === undefined || accountId === own) continue
    const writing = Boolean(state.cursor) || (found.get(accountId)?.writing ?? false)
    found.set(accountId, { accountId, name: nameOf(state), writing })
  }
  return [...found.values()].sort(
    (a, b) => Number(b.writing) - Number(a.writing) || a.name.localeCompare(b.name),
  )
}

/** Who else has the document open, and says that one has. */
export function usePresence(awareness: Awareness, me: { id: string; name: string }): readonly Present[] {
  const [present, setPresent] = useState<readonly Present[]>([])
  const { id, name } = me
  useEffect(() => {
    awareness.setLocalStateField('user', { name })
    const read = () => {
      const next = presentIn(awareness.getStates(), id)
      setPresent((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next))
    }
    read()
    awareness.on('change', read)
    return () => {
      awareness.off('change', read)
      awareness.setLocalStateField('cursor', null)
    }
  }, [awareness, id, name])
  return present
}
