import { act, render } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Action, ActionRegistry, actions, useActions } from './actions.ts'
import { listenForShortcuts } from './use-keyboard.ts'

const action = (id: string, more: Partial<Action> = {}): Action => ({
  id,
  label: id,
  group: 'act',
  run: vi.fn(),
  ...more,
})
const type = (key: string, target: EventTarget = document.body, init: KeyboardEventInit = {}) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init })
  target.dispatchEvent(event)
  return event
}

function Screen({ label, run }: { label: string; run: () => void }) {
  useActions([{ id: 'test.run', label, group: 'act', run }])
  return null
}

describe('the registry of actions', () => {
  it('lets the latest layer cover an id and gives it back when that goes', () => {
    const registry = new ActionRegistry()
    registry.add([action('open', { label: 'Open book' })])
    const leave = registry.add([action('open', { label: 'Open note' })])
    expect(registry.current().map(({ label }) => label)).toEqual(['Open note'])
    leave()
    expect(registry.current().map(({ label }) => label)).toEqual(['Open book'])
  })
})

describe('useActions', () => {
  const shown = () => actions.current().find(({ id }) => id === 'test.run')

  it('registers while mounted and always runs the latest closure', () => {
    const [first, second] = [vi.fn(), vi.fn()]
    const changes = vi.fn()
    const view = render(<Screen label="Run" run={first} />)
    const stop = actions.subscribe(changes)
    view.rerender(<Screen label="Run" run={second} />)
    shown()?.run()
    expect(first).not.toHaveBeenCalled()
    expect(second).toHaveBeenCalledOnce()
    expect(changes).not.toHaveBeenCalled()
    act(() => view.rerender(<Screen label="Run faster" run={second} />))
    expect(shown()?.label).toBe('Run faster')
    view.unmount()
    expect(shown()).toBeUndefined()
    stop()
  })
})

describe('shortcuts on the window', () => {
  let stop = () => {}
  const start = (list: readonly Action[]) => {
    const registry = new ActionRegistry()
    registry.add(list)
    stop = listenForShortcuts(registry, false, () => 0)
  }
  afterEach(() => {
    stop()
    document.body.replaceChildren()
  })

  it('run the action and keep the key from the browser', () => {
    const go = action('go', { shortcut: 'g l' })
    start([go])
    type('g')
    const event = type('l')
    expect(go.run).toHaveBeenCalledOnce()
    expect(event.defaultPrevented).toBe(true)
  })

  it('leave fields alone, except for those meant for them', () => {
    const [next, palette] = [
      action('next', { shortcut: 'j' }),
      action('palette', { shortcut: 'mod+k', inFields: true }),
    ]
    start([next, palette])
    const input = document.body.appendChild(document.createElement('input'))
    type('j', input)
    type('k', input, { ctrlKey: true })
    expect(next.run).not.toHaveBeenCalled()
    expect(palette.run).toHaveBeenCalledOnce()
  })

  it('rest while a menu or dialog is open, and while a word is being composed', () => {
    const next = action('next', { shortcut: 'j' })
    start([next])
    type('j', document.body, { isComposing: true })
    const dialog = document.body.appendChild(document.createElement('div'))
    dialog.setAttribute('role', 'dialog')
    type('j')
    expect(next.run).not.toHaveBeenCalled()
  })
})
