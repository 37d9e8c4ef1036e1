import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { StreamLine } from './lines.ts'
import type { Target } from './use-opening.ts'

/** Lines have their true heights by then. */
const SETTLE_MS = 90
/** So long a message that was gone to stays marked. */
const FLASH_MS = 2600

/** Brings the stream to where one asked for, once it is there. Gives the key of the message that flashes. */
export function useTarget(
  target: Target,
  lines: readonly StreamLine[],
  show: (index: number | undefined, align: 'start' | 'center') => void,
): string | undefined {
  const done = useRef<Target>(undefined)
  const settle = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [flash, setFlash] = useState<string>()
  useLayoutEffect(() => {
    if (done.current === target || lines.length === 0) return
    done.current = target
    const { sequence } = target
    if (sequence === undefined) return show(undefined, 'start')
    const at = lines.findIndex((line) => line.kind === 'message' && line.message.sequence >= sequence)
    const under = lines[at - 1]?.kind === 'new' ? at - 1 : at
    const go = () => show(under < 0 ? undefined : under, target.flash ? 'center' : 'start')
    go()
    // Once more when what came into view has been measured: guesses of many lines add up.
    settle.current = setTimeout(go, SETTLE_MS)
    setFlash(target.flash)
  })
  useEffect(() => () => clearTimeout(settle.current), [])
  useEffect(() => {
    if (flash === undefined) return
    const timer = setTimeout(() => setFlash(undefined), FLASH_MS)
    return () => clearTimeout(timer)
  }, [flash])
  return flash
}
