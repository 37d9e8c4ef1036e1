import './statistics.css'
import { Button, EmptyState, Segmented, Skeleton } from '@stoa/ui'
import { formatNumber } from '@stoa/ui/messages'
import { shell } from '@stoa/ui/messages/shell'
import { statistics as t } from '@stoa/ui/messages/statistics'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import clsx from 'clsx'
import { type ReadingStatistics, statisticsQuery } from '../../data/statistics.ts'
import { TopBar } from '../../frame/bars.tsx'
import { LoadError } from '../../frame/load-error.tsx'
import { Page } from '../../frame/page.tsx'
import { BookTimes } from './book-times.tsx'
import { localDateOf, monthOf, yearBefore } from './calendar.ts'
import { HourBars } from './hour-bars.tsx'
import { timeText } from './time-words.ts'
import { YearCalendar } from './year-calendar.tsx'

/** How long one read, when, and what: for oneself alone. */
export function StatisticsScreen() {
  const { range = 'month' } = useSearch({ from: '/signed-in/frame/statistics' })
  const navigate = useNavigate()
  const today = localDateOf(new Date())
  const start = yearBefore(today)
  const year = useQuery(statisticsQuery(start, today))
  const period = useQuery(statisticsQuery(range === 'year' ? start : `${monthOf(today)}-01`, today))
  const failed = [year, period].find(({ isError, data }) => isError && data === undefined)
  return (
    <Page>
      <TopBar
        title={shell.reading()}
        flush
        actions={
          <Segmented
            label={t.range()}
            value={range}
            onChange={(value) =>
              void navigate({
                to: '/statistics',
                search: value === 'year' ? { range: value } : {},
                replace: true,
              })
            }
            options={[
              { value: 'month', label: t.month() },
              { value: 'year', label: t.year() },
            ]}
          />
        }
      />
      <div className="scroll">
        <div className="stats">
          {failed ? (
            <LoadError error={failed.error} retry={failed.refetch} />
          ) : !year.data || !period.data ? (
            <Ghosts />
          ) : year.data.total_seconds === 0 ? (
            <Empty />
          ) : (
            <div className={clsx('contents', period.isPlaceholderData && 'stale')}>
              <Totals found={period.data} />
              <YearCalendar days={year.data.days} from={start} to={today} />
              {period.data.total_seconds === 0 ? (
                <p className="muted">{t.emptyPeriod()}</p>
              ) : (
                <>
                  <HourBars hours={period.data.hours} />
                  <BookTimes books={period.data.books} />
                </>
              )}
            </div>
          )}
        </div>
      </div>
    </Page>
  )
}

function Totals({ found }: { found: ReadingStatistics }) {
  const days = found.days.filter(({ seconds }) => seconds > 0).length
  const facts = [
    { name: t.total(), value: timeText(found.total_seconds) },
    { name: t.daysLabel(), value: formatNumber(days) },
    { name: t.booksRead(), value: formatNumber(found.books.length) },
    { name: t.finished(), value: formatNumber(found.finished) },
  ]
  return (
    <dl className="totals">
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="num">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Empty() {
  return (
    <EmptyState
      title={t.emptyTitle()}
      action={
        <Button asChild>
          <Link to="/library">{t.toLibrary()}</Link>
        </Button>
      }
    >
      {t.emptyText()}
    </EmptyState>
  )
}

function Ghosts() {
  return (
    <div className="ghosts" aria-hidden="true">
      <Skeleton height={58} />
      <Skeleton height={140} />
      <Skeleton height={140} />
    </div>
  )
}
