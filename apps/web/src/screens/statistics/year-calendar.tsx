import { formatDay } from '@stoa/ui/messages'
import { statistics as t } from '@stoa/ui/messages/statistics'
import { useLayoutEffect, useRef } from 'react'
import type { ReadingStatistics } from '../../data/statistics.ts'
import { type LocalDate, levelOf, monthSums, noonOf, weeksBetween } from './calendar.ts'
import { Details } from './details.tsx'
import { MonthNames } from './month-names.tsx'
import { monthText, timeText, weekdayText } from './time-words.ts'

const SIZE = 12
const STEP = 15
const LEFT = 34
const TOP = 20

/** A square for each day of twelve months, stronger the longer one read. Says nothing about days without. */
export function YearCalendar({
  days,
  from,
  to,
}: {
  days: ReadingStatistics['days']
  from: LocalDate
  to: LocalDate
}) {
  const scroller = useRef<HTMLDivElement>(null)
  const weeks = weeksBetween(from, to)
  const byDate = new Map(days.map((day) => [day.date, day]))
  const width = weeks.length * STEP
  const height = TOP + 7 * STEP
  // On a phone the newest weeks come first into view.
  useLayoutEffect(() => {
    const box = scroller.current
    if (box) box.scrollLeft = box.scrollWidth
  }, [])
  return (
    <section className="stat">
      <h2>{t.calendar()}</h2>
      <div className="cal">
        <Weekdays />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways on a phone, with the keyboard, too */}
        <div className="weeks" ref={scroller} tabIndex={0}>
          <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
            <MonthNames weeks={weeks} step={STEP} scroller={scroller} />
            {weeks.map(({ start, days: cells }, column) => (
              <g key={start} transform={`translate(${column * STEP} 0)`}>
                {cells.map(
                  (date, row) =>
                    date !== undefined && (
                      <rect
                        key={date}
                        y={TOP + row * STEP}
                        width={SIZE}
                        height={SIZE}
                        rx={2.5}
                        className={`l${levelOf(byDate.get(date)?.seconds ?? 0)}`}
                      >
                        <title>{dayText(date, byDate.get(date))}</title>
                      </rect>
                    ),
                )}
              </g>
            ))}
          </svg>
        </div>
      </div>
      <div className="scale" aria-hidden="true">
        <span>{t.less()}</span>
        {[0, 1, 2, 3, 4].map((level) => (
          <span key={level} className={`sq l${level}`} />
        ))}
        <span>{t.more()}</span>
      </div>
      <Details
        caption={t.calendar()}
        head={[t.monthColumn(), t.dayColumn(), t.timeColumn()]}
        rows={monthSums(days).map(({ month, days: count, seconds }) => [
          monthText(month, true),
          String(count),
          timeText(seconds),
        ])}
      />
    </section>
  )
}

const Weekdays = () => (
  <svg width={LEFT} height={TOP + 7 * STEP} aria-hidden="true">
    {[0, 2, 4].map((weekday) => (
      <text key={weekday} x={0} y={TOP + weekday * STEP + SIZE - 2}>
        {weekdayText(weekday)}
      </text>
    ))}
  </svg>
)

function dayText(date: LocalDate, found: ReadingStatistics['days'][number] | undefined): string {
  const day = formatDay(noonOf(date))
  if (!found || found.seconds <= 0) return t.dayNothing({ day })
  return t.dayBooks({ day, time: timeText(found.seconds), count: found.books })
}
