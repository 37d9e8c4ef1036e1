import { statistics as t } from '@stoa/ui/messages/statistics'
import { Details } from './details.tsx'
import { hourText, timeText } from './time-words.ts'

/** When in the day one reads: a bar for each hour. `hours`: 24 sums of seconds. */
export function HourBars({ hours }: { hours: readonly number[] }) {
  const most = Math.max(1, ...hours)
  const bars = hours.map((seconds, hour) => ({ hour, seconds }))
  return (
    <section className="stat">
      <h2>{t.hours()}</h2>
      <div className="hours" aria-hidden="true">
        {bars.map(({ hour, seconds }) => (
          <span key={hour} title={t.hourTitle({ hour: hourText(hour), time: timeText(seconds) })}>
            <span className="bar" style={{ height: `${(seconds / most) * 100}%` }} />
            <span className="at num">{hour % 6 === 0 ? hourText(hour) : ''}</span>
          </span>
        ))}
      </div>
      <Details
        caption={t.hours()}
        head={[t.hourColumn(), t.timeColumn()]}
        rows={bars
          .filter(({ seconds }) => seconds > 0)
          .map(({ hour, seconds }) => [hourText(hour), timeText(seconds)])}
      />
    </section>
  )
}
