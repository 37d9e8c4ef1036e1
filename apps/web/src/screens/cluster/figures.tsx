import { formatNumber } from '@stoa/ui/messages'
import { cluster as t } from '@stoa/ui/messages/cluster'
import { useQuery } from '@tanstack/react-query'
import { type ContentDiagnostics, type ContentSample, contentSamplesQuery } from '../../data/cluster.ts'
import { spanParts, spanText } from './amounts.ts'
import { TrendLine } from './trend-line.tsx'

interface Figure {
  readonly key: keyof Omit<ContentSample, 'at'>
  readonly name: () => string
  readonly value: number | null
  readonly hint: string
  readonly share: boolean
}

/** The four figures of the content plane (A7), and how they went. What is not known is not drawn. */
export function Figures({ of, now }: { of: ContentDiagnostics; now: number }) {
  const { data } = useQuery(contentSamplesQuery)
  return (
    <section className="kpi" aria-label={t.figures()}>
      {figuresOf(of).map((figure) => (
        <FigureCell key={figure.key} of={figure} samples={data?.items ?? []} now={now} />
      ))}
    </section>
  )
}

function figuresOf({ fetches, cache, sync_lag_seconds: lag }: ContentDiagnostics): Figure[] {
  const { success_rate: rate, latency_p95_seconds: time } = fetches
  const lagHint = lag === null ? t.nobodyHeard() : lag === 0 ? t.nothingMissing() : t.sinceMissing()
  const fetched = (known: number | null) => (known === null ? t.noFetchYet() : t.ofLastFetches())
  return [
    { key: 'success_rate', name: t.figureFetched, value: rate, hint: fetched(rate), share: true },
    { key: 'latency_p95_seconds', name: t.figureTime, value: time, hint: fetched(time), share: false },
    {
      ...{ key: 'hit_rate', name: t.figureHits, value: cache.hit_rate, share: true },
      hint: cache.hit_rate === null ? t.noReadYet() : t.ofLastReads(),
    },
    { key: 'sync_lag_seconds', name: t.figureLag, value: lag, hint: lagHint, share: false },
  ]
}

const shareParts = (share: number) => ({
  value: formatNumber(share * 100, { maximumFractionDigits: share > 0.9 && share < 1 ? 1 : 0 }),
  unit: '%',
})

function FigureCell({ of, samples, now }: { of: Figure; samples: readonly ContentSample[]; now: number }) {
  const { key, name, value, hint, share } = of
  const parts = value === null ? undefined : share ? shareParts(value) : spanParts(value)
  const points = [...samples.map((one) => ({ at: Date.parse(one.at), value: one[key] })), { at: now, value }]
  return (
    <div data-figure={key}>
      <div className="label">{name()}</div>
      <div className="v num">
        {parts ? (
          <>
            {parts.value}
            <small>{parts.unit}</small>
          </>
        ) : (
          <span className="unknown">{t.unknown()}</span>
        )}
      </div>
      <div className="hint">{hint}</div>
      <TrendLine
        {...{ name: name(), points, now }}
        {...(share && { top: 1 })}
        label={(top) => (share ? '100' : spanText(top))}
      />
    </div>
  )
}
