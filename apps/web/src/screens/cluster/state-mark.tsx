import { Icon } from '@stoa/ui'
import { cluster as t } from '@stoa/ui/messages/cluster'
import clsx from 'clsx'
import { CircleCheck, CircleDashed, CircleDot, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Cluster } from '../../data/cluster.ts'
import type { NodePresence } from './nodes.ts'

type Tone = 'ok' | 'warn' | 'bad' | undefined

const LOOKS: Readonly<Record<NodePresence, { icon: LucideIcon; tone: Tone; word: () => string }>> = {
  healthy: { icon: CircleCheck, tone: 'ok', word: t.healthy },
  degraded: { icon: TriangleAlert, tone: 'warn', word: t.degraded },
  unconfigured: { icon: CircleDashed, tone: undefined, word: t.unconfigured },
  online: { icon: CircleDot, tone: undefined, word: t.online },
  silent: { icon: TriangleAlert, tone: 'warn', word: t.silent },
  offline: { icon: CircleDashed, tone: undefined, word: t.offline },
}

interface StateMarkProps {
  readonly of: NodePresence
  readonly className?: string | undefined
  readonly children?: ReactNode
}

/** How a node is: a shape and a word. */
export function StateMark({ of, className, children }: StateMarkProps) {
  const { icon, tone, word } = LOOKS[of]
  return (
    <span className={clsx('mark', tone, className)}>
      <Icon of={icon} size="s" />
      {children ?? word()}
    </span>
  )
}

/** How the cluster is, in one line: `healthy: 4 of 5 members online`. */
export function ClusterMark({ of, className }: { of: Cluster; className?: string }) {
  const { state, reason, online, member_count: count } = of
  if (reason?.code === 'no_role' || reason?.code === 'no_cluster')
    return (
      <StateMark of="unconfigured" className={className}>
        {t.noCluster()}
      </StateMark>
    )
  if (reason?.code === 'start_failed')
    return (
      <span className={clsx('mark bad', className)}>
        <Icon of={TriangleAlert} size="s" />
        {t.stopped()}
      </span>
    )
  return (
    <StateMark of={state} className={className}>
      {count === 0
        ? LOOKS[state].word()
        : t.stateOf({ state: LOOKS[state].word(), members: t.onlineOf({ online, count }) })}
    </StateMark>
  )
}
