import { isMac } from '@stoa/ui'
import { useEffect } from 'react'
import { type ActionRegistry, actions } from './actions.ts'
import { pressName, ShortcutReader } from './shortcut.ts'

const FIELDS = 'input, textarea, select, [contenteditable=""], [contenteditable="true"]'

/** Whether keys belong to what has focus: a field, an open menu or dialog. */
function isTaken(target: EventTarget | null): boolean {
  const element = target instanceof Element ? target : undefined
  return Boolean(
    element?.closest(FIELDS) || document.querySelector('[role="menu"], [role="dialog"], [role="listbox"]'),
  )
}

/** Listens on the window and runs the action a shortcut names. Returns what stops it. */
export function listenForShortcuts(registry: ActionRegistry, mac: boolean, now: () => number): () => void {
  const reader = new ShortcutReader()
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.repeat) return
    const known = new Set(registry.current().flatMap(({ shortcut }) => shortcut ?? []))
    const shortcut = reader.read(pressName(event, mac), now(), known)
    const action = shortcut === undefined ? undefined : registry.byShortcut(shortcut)
    if (!action || (isTaken(event.target) && !action.inFields)) return
    event.preventDefault()
    action.run()
  }
  addEventListener('keydown', onKeyDown)
  return () => removeEventListener('keydown', onKeyDown)
}

/** Once, in the frame. */
export function useKeyboard(): void {
  useEffect(() => listenForShortcuts(actions, isMac(), () => Date.now()), [])
}
