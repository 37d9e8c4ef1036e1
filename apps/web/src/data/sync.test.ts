import { describe, expect, it, vi } from 'vitest'
import { SyncStatus } from './sync.ts'

describe('the state of saving', () => {
  it('adds up what all queues report', () => {
    const status = new SyncStatus()
    status.report('notes', { saving: 1, waiting: 2, failed: 0 })
    status.report('positions', { saving: 0, waiting: 1, failed: 1 })
    expect(status.current()).toMatchObject({ saving: 1, waiting: 3, failed: 1, online: true })
    status.report('positions', undefined)
    expect(status.current()).toMatchObject({ waiting: 2, failed: 0 })
  })

  it('tries all of them again', () => {
    const status = new SyncStatus()
    const [notes, positions] = [vi.fn(), vi.fn()]
    status.report('notes', { saving: 0, waiting: 0, failed: 1, retry: notes })
    status.report('positions', { saving: 0, waiting: 1, failed: 0, retry: positions })
    status.current().retry()
    expect(notes).toHaveBeenCalledOnce()
    expect(positions).toHaveBeenCalledOnce()
  })

  it('tells listeners of the network only when it changes', () => {
    const status = new SyncStatus()
    const listener = vi.fn()
    status.subscribe(listener)
    status.setOnline(true)
    status.setOnline(false)
    expect(listener).toHaveBeenCalledOnce()
    expect(status.current().online).toBe(false)
  })
})
