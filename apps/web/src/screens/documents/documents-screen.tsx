import './documents.css'
import { Button, ConfirmByName, EmptyState, Input, Menu } from '@stoa/ui'
import { documents as t } from '@stoa/ui/messages/documents'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Plus, Search } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import type { DocumentSummary } from '../../data/documents.ts'
import { TopBar } from '../../frame/bars.tsx'
import { Page } from '../../frame/page.tsx'
import { useActions } from '../../keyboard/actions.ts'
import type { DocumentsAddress, DocumentsView } from './address.ts'
import { DocumentColumn } from './list/document-column.tsx'
import { DocumentList } from './list/document-list.tsx'
import { MentionList } from './list/mention-list.tsx'
import { destroyDocument } from './list/use-document-acts.tsx'
import { useNewDocument } from './list/use-new-document.ts'
import { titleOf } from './title-of.ts'

const TITLES: Readonly<Record<DocumentsView, () => string>> = {
  starred: t.keptClose,
  mine: t.mine,
  mentions: t.mentions,
  trash: t.trash,
}

/** Documents: the latest, one's own, those kept close, of one workspace, or what is in the trash. */
export function DocumentsScreen() {
  const address = useSearch({ from: '/signed-in/frame/documents' })
  const { view, workspace } = address
  const fresh = useNewDocument(workspace)
  const make = () => void fresh.make()
  const label = t.newDocument()
  useActions(
    fresh.may ? [{ id: 'documents.new', group: 'act', label, icon: Plus, shortcut: 'c', run: make }] : [],
  )
  return (
    <Page
      list={<DocumentColumn current={view ?? (workspace ? undefined : 'recent')} workspaceId={workspace} />}
      listTitle={t.documents()}
    >
      <TopBar
        title={view ? TITLES[view]() : t.documents()}
        actions={fresh.may && <Menu trigger={<Button icon={Plus}>{label}</Button>} items={fresh.items} />}
      />
      <div className="scroll">
        {view === 'mentions' ? (
          <MentionList />
        ) : (
          <Found key={`${view} ${workspace}`} address={address} fresh={fresh} />
        )}
      </div>
    </Page>
  )
}

interface FoundProps {
  readonly address: DocumentsAddress
  readonly fresh: ReturnType<typeof useNewDocument>
}

/** A search box over the documents of a view. */
function Found({ address, fresh }: FoundProps) {
  const { q, ...where } = address
  const { view, workspace } = where
  const navigate = useNavigate()
  const [find, setFind] = useState(q ?? '')
  const [destroying, setDestroying] = useState<DocumentSummary>()
  const query = useDeferredValue(find.trim())
  const filter = {
    ...(workspace && { workspace_id: workspace }),
    ...(view === 'starred' && { starred: true }),
    ...(view === 'mine' && { mine: true }),
    ...(view === 'trash' && { trashed: true }),
    ...(query && { query }),
  }
  const change = (words: string) => {
    setFind(words)
    const search = { ...where, ...(words.trim() && { q: words.trim() }) }
    void navigate({ to: '/documents', search, replace: true })
  }
  return (
    <div className="doc-list">
      <Input
        icon={Search}
        placeholder={t.findDocument()}
        aria-label={t.findDocument()}
        value={find}
        onChange={({ target }) => change(target.value)}
      />
      {view === 'trash' && <p className="hint">{t.trashHint()}</p>}
      <DocumentList
        filter={filter}
        empty={<Nothing view={view} searched={query !== ''} fresh={fresh} />}
        onDestroy={setDestroying}
      />
      {destroying && (
        <ConfirmByName
          open
          onOpenChange={() => setDestroying(undefined)}
          title={t.destroyTitle()}
          description={t.destroyText()}
          name={titleOf(destroying).text}
          action={t.destroy()}
          onConfirm={() => destroyDocument(destroying)}
        />
      )}
    </div>
  )
}

interface NothingProps {
  readonly view: DocumentsView | undefined
  readonly searched: boolean
  readonly fresh: ReturnType<typeof useNewDocument>
}

function Nothing({ view, searched, fresh }: NothingProps) {
  if (searched) return <EmptyState title={t.nothingFound()}>{t.nothingFoundText()}</EmptyState>
  if (view === 'trash') return <EmptyState title={t.trashEmpty()}>{t.trashHint()}</EmptyState>
  if (view === 'starred') return <EmptyState title={t.nothingStarred()}>{t.nothingStarredText()}</EmptyState>
  return (
    <EmptyState
      title={t.emptyTitle()}
      action={fresh.may && <Button onClick={() => void fresh.make()}>{t.newDocument()}</Button>}
    >
      {t.emptyText()}
    </EmptyState>
  )
}
