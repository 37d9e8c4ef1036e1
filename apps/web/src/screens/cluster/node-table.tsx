import { Badge, Icon } from '@stoa/ui'
import { formatList, formatMoment } from '@stoa/ui/messages'
import { cluster as t } from '@stoa/ui/messages/cluster'
import clsx from 'clsx'
import { ArrowRightLeft, Check, Waypoints } from 'lucide-react'
import { agoText, roundTripText, shortId, spanText } from './amounts.ts'
import { errorWords } from './error-words.ts'
import { type Behind, countNodes, type NodeLine } from './nodes.ts'
import { StateMark } from './state-mark.tsx'

/** Everybody this node knows: how they are, how they are reached, and how far behind them it is. */
export function NodeTable({ of, now }: { of: readonly NodeLine[]; now: number }) {
  if (of.length === 0) return <p className="muted">{t.nobodyYet()}</p>
  return (
    <table className="tbl nodes">
      <thead>
        <tr>
          <th scope="col">{t.node()}</th>
          <th scope="col">{t.state()}</th>
          <th scope="col" className="hm">
            {t.path()}
          </th>
          <th scope="col" className="hm">
            {t.roundTrip()}
          </th>
          <th scope="col">{t.behind()}</th>
          <th scope="col" className="r hm">
            {t.heard()}
          </th>
        </tr>
      </thead>
      <tbody>
        {of.map((node) => (
          <NodeRow key={node.peerId} of={node} now={now} />
        ))}
      </tbody>
    </table>
  )
}

function NodeRow({ of, now }: { of: NodeLine; now: number }) {
  const self = of.connection === 'self'
  const reasons = [...new Set(of.errors.map(errorWords))]
  return (
    <tr data-node={of.peerId} className={clsx(of.presence === 'offline' && 'away')}>
      <td>
        <div className="name">
          <b className="clip">{of.name}</b>
          {self && <Badge>{t.thisOne()}</Badge>}
          {!of.member && <Badge>{t.guest()}</Badge>}
          {of.name !== shortId(of.peerId) && (
            <span className="mono muted hm" title={of.peerId}>
              {shortId(of.peerId)}
            </span>
          )}
        </div>
        {!self && of.connection !== 'none' && (
          <div className="hint only-m num">
            <Path of={of.connection} />
            {of.roundTripMs !== null && <span>{roundTripText(of.roundTripMs)}</span>}
          </div>
        )}
        {reasons.map((reason) => (
          <div key={reason} className="hint" title={of.errors.join('\n')}>
            {reason}
          </div>
        ))}
        {of.otherSnapshot && <div className="hint">{t.otherSnapshot()}</div>}
      </td>
      <td>
        <StateMark of={of.presence} />
      </td>
      <td className="hm">
        <Path of={of.connection} />
      </td>
      <td className="num hm">{roundTripText(of.roundTripMs)}</td>
      <td className="num">
        <BehindCell of={of.behind} />
      </td>
      <td className="num r hm muted">
        {self ? (
          '—'
        ) : of.heardAt === null ? (
          of.member ? (
            t.neverHeard()
          ) : (
            t.unconfigured()
          )
        ) : (
          <time title={formatMoment(of.heardAt)}>{agoText(of.heardAt, now)}</time>
        )}
      </td>
    </tr>
  )
}

function Path({ of }: { of: NodeLine['connection'] }) {
  if (of === 'self' || of === 'none') return <span className="muted">—</span>
  return (
    <span className="mark">
      <Icon of={of === 'direct' ? ArrowRightLeft : Waypoints} size="xs" />
      {of === 'direct' ? t.direct() : t.relayed()}
    </span>
  )
}

function BehindCell({ of }: { of: Behind }) {
  switch (of.kind) {
    case 'itself':
    case 'off':
      return <span className="muted">—</span>
    case 'unknown':
      return <span className="muted">{t.unknown()}</span>
    case 'in-step':
      return (
        <span className="mark ok">
          <Icon of={Check} size="xs" />
          {t.inStep()}
        </span>
      )
    case 'behind':
      return (
        <>
          <span className="late">{spanText(of.seconds)}</span>
          {of.missing !== null && of.missing > 0 && (
            <span className="muted lack"> {t.missing({ count: of.missing })}</span>
          )}
        </>
      )
  }
}

/** `5 members, 1 guest · 3 direct, 2 relayed` */
export function nodeSummary(nodes: readonly NodeLine[]): string {
  const { members, guests, direct, relayed } = countNodes(nodes)
  const who = [t.members({ count: members }), ...(guests > 0 ? [t.guests({ count: guests })] : [])]
  const how = [
    ...(direct > 0 ? [t.directCount({ count: direct })] : []),
    ...(relayed > 0 ? [t.relayedCount({ count: relayed })] : []),
  ]
  return how.length === 0 ? formatList(who) : `${formatList(who)} · ${formatList(how)}`
}
