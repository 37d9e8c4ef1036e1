import { Icon, IconButton, ListRow, ListSection, Menu, Skeleton } from '@stoa/ui'
import { documents as t } from '@stoa/ui/messages/documents'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { AtSign, Clock, FileText, Lock, type LucideIcon, PenLine, Plus, Star, Trash2 } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { type DocumentSummary, documentsQuery } from '../../../data/documents.ts'
import { workspacesQuery } from '../../../data/workspaces.ts'
import { ListColumn } from '../../../frame/bars.tsx'
import { LoadError } from '../../../frame/load-error.tsx'
import type { DocumentsView } from '../address.ts'
import { titleOf } from '../title-of.ts'
import { useNewDocument } from './use-new-document.ts'

const VIEWS: readonly { view: DocumentsView | undefined; icon: LucideIcon; label: () => string }[] = [
  { view: undefined, icon: Clock, label: t.recent },
  { view: 'starred', icon: Star, label: t.keptClose },
  { view: 'mine', icon: PenLine, label: t.mine },
  { view: 'mentions', icon: AtSign, label: t.mentions },
]

/** So many documents of a workspace stand in the column. */
const MOST = 12

interface DocumentColumnProps {
  /** The document or the view that is on screen. */
  readonly current: string | undefined
  readonly workspaceId?: string | undefined
  /** Headings of the document on screen. */
  readonly outline?: ReactNode
}

/** The column of documents: ways to look at them, the latest of each workspace, the headings of the one on screen. */
export function DocumentColumn({ current, workspaceId, outline }: DocumentColumnProps) {
  const recent = useInfiniteQuery(documentsQuery({}))
  const workspaces = useQuery(workspacesQuery).data?.items
  const { may, items } = useNewDocument(workspaceId)
  const first = recent.data?.pages[0]?.items
  const groups = useMemo(() => grouped(first ?? [], workspaces ?? []), [first, workspaces])
  return (
    <ListColumn
      title={t.documents()}
      action={
        may && <Menu trigger={<IconButton icon={Plus} size="sm" label={t.newDocument()} />} items={items} />
      }
    >
      {VIEWS.map(({ view, icon, label }) => (
        <ListRow
          key={view ?? 'recent'}
          icon={icon}
          label={label()}
          on={current === (view ?? 'recent')}
          as={<Link to="/documents" search={view ? { view } : {}} />}
        />
      ))}
      {recent.isError && <LoadError error={recent.error} retry={recent.refetch} />}
      {recent.isPending && <Ghosts />}
      {groups.map(({ id, name, documents }) => (
        <div key={id}>
          <ListSection label={name} />
          {documents.slice(0, MOST).map((one) => (
            <DocumentLine key={one.id} info={one} on={one.id === current} />
          ))}
          {documents.length > MOST && (
            <ListRow
              label={t.allOf({ count: documents.length })}
              className="muted"
              as={<Link to="/documents" search={{ workspace: id }} />}
            />
          )}
        </div>
      ))}
      {outline}
      <div className="list-end">
        <ListRow
          icon={Trash2}
          label={t.trash()}
          on={current === 'trash'}
          as={<Link to="/documents" search={{ view: 'trash' }} />}
        />
      </div>
    </ListColumn>
  )
}

function DocumentLine({ info, on }: { info: DocumentSummary; on: boolean }) {
  return (
    <ListRow
      icon={info.visibility === 'private' ? Lock : FileText}
      label={<span lang={titleOf(info).language}>{titleOf(info).text}</span>}
      end={info.starred ? <Icon of={Star} size="xs" /> : undefined}
      on={on}
      as={<Link to="/documents/$documentId" params={{ documentId: info.id }} />}
    />
  )
}

const Ghosts = () => (
  <div className="ghost-rows">
    {['70%', '52%', '64%', '40%'].map((width) => (
      <Skeleton key={width} width={width} />
    ))}
  </div>
)

/** By workspace, each in the order of the last edit. */
function grouped(all: readonly DocumentSummary[], workspaces: readonly { id: string; name: string }[]) {
  return workspaces
    .map(({ id, name }) => ({ id, name, documents: all.filter(({ workspace_id }) => workspace_id === id) }))
    .filter(({ documents }) => documents.length > 0)
}
