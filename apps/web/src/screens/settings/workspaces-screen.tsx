import type { components } from '@stoa/contracts'
import { Badge, Button, EmptyState, entries, Icon, IconButton, Menu, toast } from '@stoa/ui'
import { settings as t } from '@stoa/ui/messages/settings'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import clsx from 'clsx'
import { Archive, ArchiveRestore, Ellipsis, Layers, Pencil, Plus, Users } from 'lucide-react'
import { useState } from 'react'
import { api, idempotencyKey, ok } from '../../data/api.ts'
import { useManages } from '../../data/use-session.ts'
import { workspacesQuery } from '../../data/workspaces.ts'
import { LoadError } from '../../frame/load-error.tsx'
import { problemText } from '../../frame/problem-text.ts'
import { LoadingRows } from './loading-rows.tsx'
import { NameDialog } from './name-dialog.tsx'
import { SettingsGroup, SettingsPage } from './settings-page.tsx'
import { WorkspacePeople } from './workspace-people.tsx'

type Workspace = components['schemas']['Workspace']
type Doing = { what: 'create' } | { what: 'rename' | 'people'; workspace: Workspace } | undefined

const update = (workspace: Workspace, change: { name?: string; archived?: boolean }) =>
  ok(
    api.PATCH('/api/v1/workspaces/{workspace_id}', {
      params: { path: { workspace_id: workspace.id } },
      body: { ...change, version: workspace.version },
    }),
  )

/** Rooms of the library: each with its own books and people. */
export default function WorkspacesScreen() {
  const queries = useQueryClient()
  const manages = useManages()
  const workspaces = useQuery(workspacesQuery)
  const [doing, setDoing] = useState<Doing>()
  const [key, setKey] = useState(idempotencyKey)
  const refresh = () => queries.invalidateQueries({ queryKey: workspacesQuery.queryKey })
  const create = async (name: string) => {
    const params = { header: { 'idempotency-key': key } }
    await ok(api.POST('/api/v1/workspaces', { params, body: { name } }))
    setKey(idempotencyKey())
    await refresh()
  }
  const archive = async (workspace: Workspace, archived: boolean) => {
    try {
      const changed = await update(workspace, { archived })
      await refresh()
      if (archived)
        toast({ text: t.archivedToast({ name: workspace.name }), undo: () => archive(changed, false) })
    } catch (error) {
      toast({ text: problemText(error, { 'workspace.last': t.lastWorkspace }), tone: 'bad' })
    }
  }
  const add = (
    <Button icon={Plus} onClick={() => setDoing({ what: 'create' })}>
      {t.newWorkspace()}
    </Button>
  )
  const items = workspaces.data?.items
  return (
    <SettingsPage
      title={t.workspaces()}
      text={t.workspacesText()}
      action={manages && items?.length !== 0 && add}
    >
      {workspaces.isError ? (
        <LoadError error={workspaces.error} retry={workspaces.refetch} />
      ) : items?.length === 0 ? (
        <EmptyState title={t.workspaceEmpty()} icon={Layers} action={manages && add}>
          {t.workspaceEmptyText()}
        </EmptyState>
      ) : (
        <SettingsGroup>
          {!items && <LoadingRows />}
          {items?.map((workspace) => (
            <WorkspaceRow
              key={workspace.id}
              workspace={workspace}
              manages={manages}
              onDo={(what) => setDoing({ what, workspace })}
              onArchive={(archived) => void archive(workspace, archived)}
            />
          ))}
        </SettingsGroup>
      )}
      <NameDialog
        open={doing?.what === 'create'}
        onOpenChange={() => setDoing(undefined)}
        title={t.newWorkspace()}
        label={t.workspaceName()}
        action={t.create()}
        save={create}
      />
      {doing?.what === 'rename' && (
        <NameDialog
          open
          onOpenChange={() => setDoing(undefined)}
          title={t.rename()}
          label={t.workspaceName()}
          start={doing.workspace.name}
          action={t.rename()}
          save={(name) => update(doing.workspace, { name }).then(refresh)}
        />
      )}
      {doing?.what === 'people' && (
        <WorkspacePeople workspace={doing.workspace} onClose={() => setDoing(undefined)} />
      )}
    </SettingsPage>
  )
}

interface WorkspaceRowProps {
  workspace: Workspace
  manages: boolean
  onDo: (what: 'rename' | 'people') => void
  onArchive: (archived: boolean) => void
}

function WorkspaceRow({ workspace, manages, onDo, onArchive }: WorkspaceRowProps) {
  const { name, archived, member_count } = workspace
  return (
    <div className={clsx('who', archived && 'off')}>
      <span className="glyph">
        <Icon of={Layers} />
      </span>
      <div>
        <div className="name">
          <b className="clip">{name}</b>
          {archived && <Badge>{t.archived()}</Badge>}
        </div>
        <span className="hint num">{t.people({ count: member_count })}</span>
      </div>
      {manages && (
        <Menu
          trigger={<IconButton icon={Ellipsis} label={t.more({ name })} />}
          items={entries(
            !archived && { label: t.whoIsIn(), icon: Users, onSelect: () => onDo('people') },
            { label: t.rename(), icon: Pencil, onSelect: () => onDo('rename') },
            'separator',
            archived
              ? { label: t.restore(), icon: ArchiveRestore, onSelect: () => onArchive(false) }
              : { label: t.archive(), icon: Archive, onSelect: () => onArchive(true) },
          )}
        />
      )}
    </div>
  )
}
