import { toasts } from '@stoa/ui'
import { act, renderHook } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { mayChange, rolesGivenBy } from './roles.ts'
import { useUndoableRemoval } from './use-undoable-removal.ts'

afterEach(() => {
  for (const { id } of toasts.current()) toasts.expire(id)
})

const setUp = (remove: (id: string) => Promise<unknown> = vi.fn(async () => {})) => {
  const refresh = vi.fn(async () => {})
  const hook = renderHook(() => useUndoableRemoval(remove, refresh))
  return { remove, refresh, ...hook }
}
const lastToast = () => toasts.current().at(-1)

describe('taking something off a list', () => {
  it('hides it at once and removes it when the time for undo is over', async () => {
    const { result, remove, refresh } = setUp()
    act(() => result.current.take('a', 'Removed'))
    expect(result.current.isGone('a')).toBe(true)
    expect(remove).not.toHaveBeenCalled()
    await act(async () => toasts.expire(lastToast()?.id ?? 0))
    expect(remove).toHaveBeenCalledExactlyOnceWith('a')
    expect(refresh).toHaveBeenCalledOnce()
  })

  it('brings it back when undone, and never removes it', async () => {
    const { result, remove, unmount } = setUp()
    act(() => result.current.take('a', 'Removed'))
    await act(() => toasts.act(lastToast()?.id ?? 0))
    expect(result.current.isGone('a')).toBe(false)
    unmount()
    expect(remove).not.toHaveBeenCalled()
  })

  it('is final when one leaves the screen or the tab, and happens once', async () => {
    const { result, remove, unmount } = setUp()
    act(() => result.current.take('a', 'Removed'))
    await act(async () => void dispatchEvent(new Event('pagehide')))
    unmount()
    await act(async () => toasts.expire(lastToast()?.id ?? 0))
    expect(remove).toHaveBeenCalledOnce()
  })

  it('shows it again with the reason when the server refuses', async () => {
    const { result } = setUp(vi.fn(() => Promise.reject(new Error('no'))))
    act(() => result.current.take('a', 'Removed'))
    await act(async () => toasts.expire(lastToast()?.id ?? 0))
    expect(result.current.isGone('a')).toBe(false)
    expect(lastToast()?.tone).toBe('bad')
  })
})

describe('roles', () => {
  it('let only owners make and change owners', () => {
    expect(rolesGivenBy('owner')).toContain('owner')
    expect(rolesGivenBy('admin')).not.toContain('owner')
    expect(mayChange('admin', 'owner')).toBe(false)
    expect(mayChange('admin', 'member')).toBe(true)
    expect(mayChange('member', 'guest')).toBe(false)
  })
})
