import { act, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Toaster } from './toast.tsx'
import { type ToastRequest, ToastStore } from './toast-store.ts'
import { TooltipProvider } from './tooltip.tsx'

let store: ToastStore

beforeEach(() => {
  vi.useFakeTimers()
  store = new ToastStore()
  render(
    <TooltipProvider>
      <Toaster store={store} />
    </TooltipProvider>,
  )
})
afterEach(() => vi.useRealTimers())

const pass = (seconds: number) => {
  act(() => {
    vi.advanceTimersByTime(seconds * 1000)
  })
}
const show = (request: ToastRequest) => {
  act(() => {
    store.show(request)
  })
}

describe('toasts', () => {
  it('stay four seconds, and say when they go', () => {
    const onExpire = vi.fn()
    show({ text: 'Copied', onExpire })
    expect(screen.getByRole('status').textContent).toContain('Copied')
    pass(3)
    expect(screen.queryByText('Copied')).not.toBeNull()
    pass(1)
    expect(screen.queryByText('Copied')).toBeNull()
    expect(onExpire).toHaveBeenCalledOnce()
  })

  it('offer undo for ten seconds and do not expire once it is taken', () => {
    const [undo, onExpire] = [vi.fn(), vi.fn()]
    show({ text: 'Removed', undo, onExpire })
    pass(9)
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
    expect(undo).toHaveBeenCalledOnce()
    pass(5)
    expect(onExpire).not.toHaveBeenCalled()
    expect(screen.queryByText('Removed')).toBeNull()
  })

  it('wait while they have the focus', () => {
    show({ text: 'Removed', undo: vi.fn() })
    screen.getByRole('button', { name: 'Undo' }).focus()
    pass(30)
    expect(screen.queryByText('Removed')).not.toBeNull()
    screen.getByRole('button', { name: 'Undo' }).blur()
    pass(11)
    expect(screen.queryByText('Removed')).toBeNull()
  })

  it('stay until closed when something failed', () => {
    show({ text: 'Not saved', tone: 'bad' })
    pass(60)
    expect(screen.getByRole('alert').textContent).toContain('Not saved')
    fireEvent.click(screen.getByRole('button', { name: 'Close' }))
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('each keep a clock of their own', () => {
    show({ text: 'first', seconds: 2 })
    pass(1)
    show({ text: 'second', seconds: 2 })
    pass(1)
    expect(screen.queryByText('first')).toBeNull()
    expect(screen.queryByText('second')).not.toBeNull()
  })
})
