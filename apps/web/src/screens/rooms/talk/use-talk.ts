import type { TimelineSnapshot } from '@stoa/sdk'
import { useEffect, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { useSyncSummary } from '../../../data/sync.ts'
import { useConnection } from '../../../data/topics.ts'
import { useIdentity } from '../../../data/use-session.ts'
import type { Talk, TalkState } from './talk.ts'
import { currentTalks } from './talks.ts'

/** A room as this device holds it, followed while it is on screen. Only below the signed-in frame. */
export function useTalk(roomId: string): Talk {
  useIdentity()
  const talks = currentTalks()
  if (!talks) throw new Error('useTalk is only for screens inside an organisation.')
  useEffect(() => talks.follow(roomId), [talks, roomId])
  return talks.talk(roomId)
}

export function useTimeline({ room: { timeline } }: Talk): TimelineSnapshot {
  return useSyncExternalStore(
    (changed) => timeline.subscribe(changed),
    () => timeline.snapshot(),
  )
}

export const useTalkState = <Part>(talk: Talk, select: (state: TalkState) => Part): Part =>
  useStore(talk.state, select)

/** Whether what is written now has to wait: the device is offline, or the server does not answer. */
export function useAway(): boolean {
  const { online } = useSyncSummary()
  return useConnection(({ state }) => state !== 'open') || !online
}
