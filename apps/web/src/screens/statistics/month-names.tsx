import { type RefObject, useEffect, useState } from 'react'
import type { Week } from './calendar.ts'
import { monthText } from './time-words.ts'

interface MonthNamesProps {
  readonly weeks: readonly Week[]
  /** Width of a week in CSS px. */
  readonly step: number
  /** The box in which the weeks scroll sideways. */
  readonly scroller: RefObject<HTMLElement | null>
}

/** Names of months above their first weeks. One that would be cut by an edge is left out, or moved inside. */
export function MonthNames({ weeks, step, scroller }: MonthNamesProps) {
  const [first, setFirst] = useState(0)
  useEffect(() => {
    const box = scroller.current
    if (!box) return
    const look = () => setFirst(Math.ceil(box.scrollLeft / step))
    look()
    box.addEventListener('scroll', look, { passive: true })
    return () => box.removeEventListener('scroll', look)
  }, [scroller, step])
  return weeks.map(({ start, month }, column) => {
    if (month === undefined || column < first) return null
    const last = column >= weeks.length - 2
    return (
      <text key={start} x={column * step + (last ? step : 0)} y={11} {...(last && { textAnchor: 'end' })}>
        {monthText(month)}
      </text>
    )
  })
}
