import { useEffect } from 'react'
import { closeFootnote, type Reader } from '../reader-store.ts'

const CONTROLS =
  'button, a, input, textarea, select, [role=slider], [role=treeitem], [role=note], [contenteditable]'

/** Turns pages wherever the focus is, unless what has it wants the key; Escape closes one thing after another. */
export function usePageKeys({ view, store }: Reader): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (document.querySelector('[role="dialog"], [role="menu"]')) return
      if (event.key === 'Escape') return closeOne({ view, store })
      const target = event.target instanceof Element ? event.target : undefined
      if (target?.closest(CONTROLS) || view.element.contains(target ?? null)) return
      const back = event.key === 'PageUp' || (event.key === ' ' && event.shiftKey) || event.key === 'ArrowUp'
      if (!back && ![' ', 'PageDown', 'ArrowDown'].includes(event.key)) return
      event.preventDefault()
      void (back ? view.prev() : view.next())
    }
    addEventListener('keydown', onKeyDown)
    view.element.focus()
    return () => removeEventListener('keydown', onKeyDown)
  }, [view, store])
}

function closeOne({ view, store }: Pick<Reader, 'view' | 'store'>): void {
  const { footnote, marked, selection, panel, chrome } = store.getState()
  if (footnote) {
    closeFootnote(store)
    return
  }
  if (marked) store.setState({ marked: undefined })
  else if (selection) {
    view.clearSelection()
    store.setState({ selection: null })
  } else if (panel) store.setState({ panel: undefined })
  else store.setState({ chrome: !chrome })
  view.element.focus()
}
