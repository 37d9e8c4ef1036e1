import { toast } from '@stoa/ui'
import { useEffect, useRef, useState } from 'react'
import { problemText } from '../../frame/problem-text.ts'

interface Pending {
  commit: () => Promise<void>
}

/**
 * Takes things off a list at once and for good ten seconds later, unless undone. Leaving the screen or the tab makes it final
 * right away. `isGone(id)` hides what is on its way out.
 */
export function useUndoableRemoval(
  remove: (id: string) => Promise<unknown>,
  refresh: () => Promise<unknown>,
) {
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set())
  const pending = useRef(new Map<string, Pending>())
  const show = (id: string) => setGone((before) => new Set([...before].filter((other) => other !== id)))

  useEffect(() => {
    const waiting = pending.current
    const commitAll = () => {
      for (const { commit } of [...waiting.values()]) void commit()
    }
    addEventListener('pagehide', commitAll)
    return () => {
      removeEventListener('pagehide', commitAll)
      commitAll()
    }
  }, [])

  const take = (id: string, text: string) => {
    setGone((before) => new Set([...before, id]))
    const commit = async () => {
      if (!pending.current.delete(id)) return
      try {
        await remove(id)
        await refresh()
      } catch (error) {
        toast({ text: problemText(error), tone: 'bad' })
      }
      show(id)
    }
    pending.current.set(id, { commit })
    toast({
      text,
      undo: () => {
        pending.current.delete(id)
        show(id)
      },
      onExpire: () => void commit(),
    })
  }
  return { isGone: (id: string) => gone.has(id), take }
}
