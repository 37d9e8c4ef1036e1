import { formatBytes, formatNumber } from '@stoa/ui/messages'
import { cluster as t } from '@stoa/ui/messages/cluster'
import type { CSSProperties, ReactNode } from 'react'
import type { ContentDiagnostics } from '../../data/cluster.ts'

const POLICIES: Readonly<Record<ContentDiagnostics['policy'], () => string>> = {
  all: t.policyAll,
  recent: t.policyRecent,
  on_demand: t.policyOnDemand,
  pinned: t.policyPinned,
}

/** What lies here and what is missing, by real counts; and how much room there is. */
export function Holdings({ of }: { of: ContentDiagnostics }) {
  const { index, bodies, policy } = of
  return (
    <section aria-labelledby="cluster-holds">
      <div className="h">
        <h2 id="cluster-holds">{t.holds()}</h2>
      </div>
      {!of.replicating && (
        <p className="muted none">
          {t.boardsOff({ reason: of.reason === 'other_organisation' ? t.offOther() : t.offNoNetwork() })}
        </p>
      )}
      <dl className="facts">
        <Fact name={t.records()} hint={index.kept_out > 0 && t.keptOut({ count: index.kept_out })}>
          {formatNumber(index.records)}
        </Fact>
        {of.replicating && <Fact name={t.recordsMissing()}>{missingText(of)}</Fact>}
        <Fact name={t.bodies()}>{formatNumber(bodies.present)}</Fact>
        <Fact name={t.bodiesMissing()} hint={bodies.missing > 0 && comingText(of)}>
          {formatNumber(bodies.missing)}
        </Fact>
        {of.replicating && <Fact name={t.policy()}>{POLICIES[policy]()}</Fact>}
      </dl>
      <Room of={of.cache} />
    </section>
  )
}

/** Zero only where somebody told what it holds. */
function missingText({ index, peers, sync_lag_seconds: lag }: ContentDiagnostics): ReactNode {
  if (lag === null) return <span className="muted">{peers.length === 0 ? t.nobodyHeard() : t.unknown()}</span>
  return formatNumber(index.missing)
}

const comingText = ({ bodies: { wanted } }: ContentDiagnostics): string =>
  wanted > 0 ? t.bodiesWanted({ count: wanted }) : t.bodiesOnDemand()

interface FactProps {
  readonly name: string
  readonly hint?: ReactNode
  readonly children: ReactNode
}

export function Fact({ name, hint, children }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="num">
        {children}
        {hint && <span className="hint">{hint}</span>}
      </dd>
    </div>
  )
}

function Room({ of }: { of: ContentDiagnostics['cache'] }) {
  const { bytes, budget, authored_bytes: authored, pinned_bytes: pinned, evicted } = of
  const part = (some: number): CSSProperties => ({
    width: `${Math.min(100, (100 * some) / Math.max(1, budget, bytes))}%`,
  })
  const said = t.cacheOf({ bytes: formatBytes(bytes), budget: formatBytes(budget) })
  return (
    <div className="room">
      <div className="row">
        <h3>{t.cache()}</h3>
        <span className="grow" />
        <span className="num">{said}</span>
      </div>
      <div className="meter" role="img" aria-label={`${t.cache()}: ${said}`}>
        <i className="authored" style={part(authored)} />
        <i className="fetched" style={part(bytes - authored)} />
      </div>
      <div className="hint legend num">
        <span className="authored">{t.cacheAuthored({ bytes: formatBytes(authored) })}</span>
        <span className="fetched">{t.cacheFetched({ bytes: formatBytes(bytes - authored) })}</span>
        {pinned > 0 && <span>{t.cachePinned({ bytes: formatBytes(pinned) })}</span>}
        {evicted > 0 && <span>{t.cacheEvicted({ count: evicted })}</span>}
      </div>
    </div>
  )
}
