import { Button, Icon } from '@stoa/ui'
import { formatBytes, formatRelative } from '@stoa/ui/messages'
import { cluster as t } from '@stoa/ui/messages/cluster'
import clsx from 'clsx'
import { CircleAlert, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { agoText, spanText } from './amounts.ts'
import { CopyLine } from './copy-line.tsx'
import { errorWords } from './error-words.ts'
import type { NodeLine } from './nodes.ts'
import { isRetried, type Trouble } from './troubles.ts'

interface TroubleListProps {
  readonly of: readonly Trouble[]
  readonly now: number
  readonly busy: boolean
  readonly onRetry: () => void
}

/** What needs attention, the gravest first; one button calls the others again. */
export function TroubleList({ of, now, busy, onRetry }: TroubleListProps) {
  if (of.length === 0) return null
  const first = of.find(isRetried)
  return (
    <section className="troubles" aria-label={t.troubles()}>
      {of.map((trouble) => (
        <TroubleRow
          key={trouble.kind === 'behind' ? trouble.node.peerId : trouble.kind}
          of={trouble}
          now={now}
          action={
            trouble === first && (
              <Button variant="primary" busy={busy} onClick={onRetry}>
                {t.retryNow()}
              </Button>
            )
          }
        />
      ))}
    </section>
  )
}

const isGrave = ({ kind }: Trouble) => kind === 'start_failed' || kind === 'no_majority' || kind === 'behind'

function TroubleRow({ of, now, action }: { of: Trouble; now: number; action: ReactNode }) {
  const grave = isGrave(of)
  return (
    <div className={clsx('err', !grave && 'warn')} role={grave ? 'alert' : 'status'}>
      <Icon of={grave ? CircleAlert : TriangleAlert} />
      <b>{titleOf(of, now)}</b>
      <div className="about">{aboutOf(of, now)}</div>
      {action && <div className="row">{action}</div>}
    </div>
  )
}

function titleOf(of: Trouble, now: number): string {
  switch (of.kind) {
    case 'start_failed':
      return t.startFailed()
    case 'no_snapshot':
      return t.noSnapshot()
    case 'not_member':
      return t.notMember()
    case 'no_majority':
      return t.noMajority()
    case 'away':
      return of.nodes.length === 1
        ? t.awayOne({ name: of.nodes[0]?.name ?? '' })
        : t.awayMany({ count: of.nodes.length })
    case 'behind':
      return t.behindTitle({ name: of.node.name, time: spanText(of.seconds) })
    case 'over_budget':
      return t.overBudget()
    case 'proof':
      return of.ended ? t.proofEnded() : t.proofSoon({ when: formatRelative(of.until, now) })
    case 'entries':
      return t.entriesTitle({ count: of.faults.length })
  }
}

function aboutOf(of: Trouble, now: number): ReactNode {
  switch (of.kind) {
    case 'start_failed':
      return (
        <>
          <p>{t.startFailedText()}</p>
          <code>{of.text}</code>
        </>
      )
    case 'no_snapshot':
      return <p>{t.noSnapshotText()}</p>
    case 'not_member':
      return (
        <>
          <p>{t.notMemberText()}</p>
          <CopyLine text={admission(of.peerId, of.addresses)} />
        </>
      )
    case 'no_majority':
      return <p>{t.noMajorityText({ online: of.online, members: of.members })}</p>
    case 'away':
      return <Away nodes={of.nodes} now={now} />
    case 'behind':
      return (
        <>
          <p>
            {reasonsOf(of.node)} {of.missing ? t.behindMissing({ count: of.missing }) : ''} {t.behindText()}
          </p>
          <Said by={of.node} />
        </>
      )
    case 'over_budget':
      return <p>{t.overBudgetText({ bytes: formatBytes(of.bytes), budget: formatBytes(of.budget) })}</p>
    case 'proof':
      return (
        <>
          <p>{t.proofText()}</p>
          <CopyLine text="npm run stoa -- cluster rotate-admin" />
        </>
      )
    case 'entries':
      return of.faults.map(({ entry, reason }) => (
        <code key={entry}>
          {entry}: {reason}
        </code>
      ))
  }
}

/** What lets a node in; whoever types it chooses the name. */
const admission = (peerId: string, addresses: readonly string[]): string =>
  `npm run stoa -- cluster snapshot --add '${peerId}=NAME${addresses.length > 0 ? `@${addresses.join(',')}` : ''}'`

const reasonsOf = ({ errors }: NodeLine): string => [...new Set(errors.map(errorWords))].join(' ')

function Away({ nodes, now }: { nodes: readonly NodeLine[]; now: number }) {
  return (
    <>
      <ul>
        {nodes.map((node) => (
          <li key={node.peerId}>
            {nodes.length > 1 && <b>{node.name}</b>}
            <span className="num">
              {node.heardAt === null ? t.neverHeardText() : t.lastHeard({ when: agoText(node.heardAt, now) })}
            </span>
            <span>{reasonsOf(node)}</span>
          </li>
        ))}
      </ul>
      <p>{t.awayText()}</p>
      {nodes.map((node) => (
        <Said key={node.peerId} by={node} />
      ))}
    </>
  )
}

/** The network's own words, for whoever has to find the fault. */
function Said({ by }: { by: NodeLine }) {
  if (by.errors.length === 0) return null
  return (
    <details>
      <summary>{t.detailsOf({ name: by.name })}</summary>
      {by.errors.map((error) => (
        <code key={error}>{error}</code>
      ))}
    </details>
  )
}
