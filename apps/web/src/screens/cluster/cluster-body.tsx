import { Button, EmptyState } from '@stoa/ui'
import { cluster as t } from '@stoa/ui/messages/cluster'
import { Building2, Plus, Unplug } from 'lucide-react'
import { Alone } from './alone.tsx'
import { FetchList } from './fetch-list.tsx'
import { Figures } from './figures.tsx'
import { Holdings } from './holdings.tsx'
import { Lately } from './lately.tsx'
import { NodeTable, nodeSummary } from './node-table.tsx'
import { ThisNode } from './this-node.tsx'
import { TroubleList } from './trouble-list.tsx'
import { troublesOf } from './troubles.ts'
import type { Sources } from './use-sources.ts'

interface ClusterBodyProps {
  readonly sources: Sources
  readonly busy: boolean
  readonly onRetry: () => void
  readonly onAdd: () => void
}

/** Outside of a cluster: how to make one. Inside: what is wrong first, then figures, nodes, fetches, what lies here. */
export function ClusterBody({ sources, busy, onRetry, onAdd }: ClusterBodyProps) {
  const { cluster, elsewhere, content, nodes, nameOf } = sources
  const now = Date.now()
  if (elsewhere || !cluster?.configured) {
    return (
      <>
        {elsewhere ? <Elsewhere /> : cluster?.reason?.code === 'no_role' ? <NoRole /> : cluster && <Alone />}
        {content && <Holdings of={content} />}
        {cluster && <ThisNode of={cluster} nameOf={nameOf} now={now} />}
      </>
    )
  }
  return (
    <>
      <TroubleList of={troublesOf(cluster, nodes, content, now)} {...{ now, busy, onRetry }} />
      {content && <Figures of={content} now={now} />}
      <section aria-labelledby="cluster-nodes">
        <div className="h">
          <h2 id="cluster-nodes">{t.nodes()}</h2>
          <span className="muted num">{nodes.length > 0 && nodeSummary(nodes)}</span>
          <span className="grow" />
          {cluster.invitation && (
            <Button icon={Plus} size="sm" className="only-m" onClick={onAdd}>
              {t.addNode()}
            </Button>
          )}
        </div>
        <NodeTable of={nodes} now={now} />
      </section>
      <FetchList nameOf={nameOf} now={now} />
      {content && <Holdings of={content} />}
      <Lately nameOf={nameOf} now={now} />
      <ThisNode of={cluster} nameOf={nameOf} now={now} />
    </>
  )
}

const Elsewhere = () => (
  <EmptyState title={t.elsewhereTitle()} icon={Building2}>
    {t.elsewhereText()}
  </EmptyState>
)

const NoRole = () => (
  <EmptyState title={t.noRoleTitle()} icon={Unplug}>
    {t.noRoleText()}
  </EmptyState>
)
