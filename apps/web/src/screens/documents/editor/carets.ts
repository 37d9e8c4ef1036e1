import { inkOf } from '@stoa/ui'
import { Extension } from '@tiptap/core'
import { yCursorPlugin } from '@tiptap/y-tiptap'
import type { Awareness } from 'y-protocols/awareness'
import { accountOf } from '../session/presence.ts'

interface CaretOptions {
  readonly awareness: Awareness | undefined
  /** The name of an account, as the workspace has it. */
  readonly nameOf: (accountId: string, claimed: string) => string
}

/** Where the others write: a caret in the ink of each, with the name. Whose it is the server says, not the writer. */
export const Carets = Extension.create<CaretOptions>({
  name: 'carets',
  priority: 999,
  addOptions: () => ({ awareness: undefined, nameOf: (_, claimed) => claimed }),
  addProseMirrorPlugins() {
    const { awareness, nameOf } = this.options
    if (!awareness) return []
    const whose = (user: unknown, clientId: number) => {
      const accountId = accountOf(awareness.getStates().get(clientId))
      const claimed = isUser(user) ? user.name : ''
      return { ink: inkOf(accountId ?? claimed), name: accountId ? nameOf(accountId, claimed) : claimed }
    }
    return [
      yCursorPlugin(awareness, {
        cursorBuilder: (user: unknown, clientId: number) => {
          const { ink, name } = whose(user, clientId)
          const caret = document.createElement('span')
          caret.className = `car c-${ink}`
          caret.dataset.n = name
          return caret
        },
        selectionBuilder: (user: unknown, clientId: number) => ({
          class: `car-sel c-${whose(user, clientId).ink}`,
        }),
      }),
    ]
  },
})

const isUser = (user: unknown): user is { name: string } =>
  typeof user === 'object' && user !== null && 'name' in user && typeof user.name === 'string'
