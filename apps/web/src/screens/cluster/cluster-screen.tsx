import './cluster.css'
import { Button, EmptyState, toast } from '@stoa/ui'
import { cluster as t } from '@stoa/ui/messages/cluster'
import { useMutation } from '@tanstack/react-query'
import { Lock, Plus, RotateCw } from 'lucide-react'
import { useState } from 'react'
import { refreshCluster, retryConnections } from '../../data/cluster.ts'
import { useManages } from '../../data/use-session.ts'
import { LoadError } from '../../frame/load-error.tsx'
import { problemText } from '../../frame/problem-text.ts'
import { useActions } from '../../keyboard/actions.ts'
import { SettingsPage } from '../settings/settings-page.tsx'
import { AddNode } from './add-node.tsx'
import { ClusterBody } from './cluster-body.tsx'
import { Freshness, StaleNote } from './freshness.tsx'
import { RowGhosts } from './row-ghosts.tsx'
import { ClusterMark } from './state-mark.tsx'
import { useSources } from './use-sources.ts'

/** How this node and the others are, what is missing here and why: for those who run the machine. */
export default function ClusterScreen() {
  if (useManages()) return <ForOperators />
  return (
    <SettingsPage title={t.cluster()}>
      <EmptyState title={t.forbiddenTitle()} icon={Lock}>
        {t.forbiddenText()}
      </EmptyState>
    </SettingsPage>
  )
}

function useRetry() {
  return useMutation({
    mutationFn: retryConnections,
    onSuccess: ({ online, member_count: count }) => toast(t.connected({ online, count })),
    onError: (error) => toast({ text: problemText(error), tone: 'bad' }),
    onSettled: refreshCluster,
  })
}

function ForOperators() {
  const sources = useSources()
  const { cluster, pending, error, updatedAt, refetch } = sources
  const retry = useRetry()
  const [adding, setAdding] = useState(false)
  const invitation = cluster?.invitation
  const call = () => !retry.isPending && retry.mutate()
  useActions([
    { id: 'cluster.refresh', group: 'act', label: t.refresh(), icon: RotateCw, shortcut: 'r', run: refetch },
    ...(cluster?.configured
      ? [{ id: 'cluster.retry', group: 'act' as const, label: t.callOthers(), shortcut: 'c', run: call }]
      : []),
    ...(invitation
      ? [
          {
            id: 'cluster.add',
            group: 'act' as const,
            label: t.addNode(),
            icon: Plus,
            run: () => setAdding(true),
          },
        ]
      : []),
  ])
  const shown = cluster !== undefined || sources.content !== undefined
  return (
    <SettingsPage
      title={t.cluster()}
      sub={cluster && <ClusterMark of={cluster} className="no-m" />}
      wide
      action={
        shown && (
          <>
            <Freshness {...{ updatedAt, refetch }} />
            {invitation && (
              <Button icon={Plus} className="no-m" onClick={() => setAdding(true)}>
                {t.addNode()}
              </Button>
            )}
          </>
        )
      }
    >
      {shown ? (
        <>
          {cluster && <ClusterMark of={cluster} className="only-m" />}
          <StaleNote {...{ updatedAt, error, refetch }} />
          <ClusterBody
            sources={sources}
            busy={retry.isPending}
            onRetry={call}
            onAdd={() => setAdding(true)}
          />
        </>
      ) : pending ? (
        <RowGhosts />
      ) : (
        <LoadError error={error} retry={refetch} />
      )}
      {invitation && <AddNode {...{ invitation, open: adding, onClose: () => setAdding(false) }} />}
    </SettingsPage>
  )
}
