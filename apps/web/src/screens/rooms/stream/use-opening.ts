import type { RoomPlace } from '@stoa/sdk'
import { useEffect, useRef, useState } from 'react'
import type { Talk } from '../talk/talk.ts'

/** Where the stream is to stand; a new object for every time it is asked to go there. */
export interface Target {
  /** `undefined`: the end. */
  readonly sequence: number | undefined
  /** The message to outline for a moment. */
  readonly flash?: string
}

export interface Opening {
  readonly status: 'loading' | 'ready' | 'failed'
  readonly error: unknown
  readonly target: Target
  /** Goes to a place of the room, loading what is there. Gives false when there is nothing. */
  go(place: RoomPlace): Promise<boolean>
  retry(): void
}

const END: Target = { sequence: undefined }

/** Opens the room where the address says, else at the first unread message, and brings the stream to wherever one goes next. */
export function useOpening(
  talk: Talk,
  start: { readonly message: string | undefined; readonly unread: boolean },
): Opening {
  const [tries, setTries] = useState(0)
  const [shown, setShown] = useState<Pick<Opening, 'status' | 'error' | 'target'>>({
    ...{ status: talk.opened ? 'ready' : 'loading', error: undefined, target: END },
  })
  const unread = useRef(start.unread)
  const { message } = start
  const go = async (place: RoomPlace): Promise<boolean> => {
    const sequence = await talk.open(place)
    if (sequence === null && place !== 'newest' && place !== 'first unread') return false
    const flash = typeof place === 'object' && 'message' in place ? { flash: place.message } : {}
    setShown({ status: 'ready', error: undefined, target: { sequence: sequence ?? undefined, ...flash } })
    return true
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: `tries` opens it again
  useEffect(() => {
    let ended = false
    const place: RoomPlace = message ? { message } : unread.current ? 'first unread' : 'newest'
    unread.current = false
    const open = async () => {
      try {
        const found = await go(place)
        if (!found && !ended) await go('newest')
      } catch (error) {
        if (!ended) setShown({ status: talk.opened ? 'ready' : 'failed', error, target: END })
      }
    }
    void open()
    return () => {
      ended = true
    }
  }, [talk, message, tries])
  return { ...shown, go, retry: () => setTries((before) => before + 1) }
}
