import { Banner, Button } from '@stoa/ui'
import { documents as t } from '@stoa/ui/messages/documents'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { GitMerge } from 'lucide-react'
import { useState } from 'react'
import type { DocumentInfo } from '../../data/documents.ts'
import { Page } from '../../frame/page.tsx'
import { NARROW, useMedia } from '../../frame/use-media.ts'
import { useActions } from '../../keyboard/actions.ts'
import type { KeptCollision } from '../../offline/database.ts'
import { addressOf, OpenPassage, type Passage } from '../../passages/open-passage.ts'
import type { DocumentAddress, DocumentPanel } from './address.ts'
import { CollisionPanel, useCollided } from './collisions/collision-panel.tsx'
import { useCollisions } from './collisions/kept-collisions.ts'
import { CommentPanel } from './comments/comment-panel.tsx'
import { Margin } from './comments/margin.tsx'
import { DocumentBar } from './document-bar.tsx'
import { DocumentText } from './document-text.tsx'
import { FormatBar } from './editor/format-bar.tsx'
import { DocumentColumn } from './list/document-column.tsx'
import { OutlineList } from './list/outline-list.tsx'
import { Troubles } from './troubles.tsx'
import { type DocumentView, useDocumentView } from './use-document-view.tsx'
import { VersionPanel } from './versions/version-panel.tsx'
import { VersionView } from './versions/version-view.tsx'

const SIDE = 380

/** The stage of one document. */
export function DocumentStage({ info }: { info: DocumentInfo }) {
  const { address, go, open } = useDocumentAddress(info)
  const { panel, version, thread } = address
  const [showResolved, setShowResolved] = useState(false)
  const narrow = useMedia(NARROW)
  const collisions = useCollisions(info.id)
  const view = useDocumentView({
    ...{ info, showResolved, threadId: thread, still: version !== undefined },
    onCommenting: () => panel !== 'comments' && go({ panel: 'comments' }),
  })
  const { editor } = view
  useCollided(editor, collisions)
  const close = () => go({})
  useCloseKey(panel, close)
  const toggle = (which: DocumentPanel) => go(panel === which ? {} : { panel: which })
  const resolved = { shown: showResolved, set: setShowResolved }
  return (
    <OpenPassage value={open}>
      <Page
        list={
          <DocumentColumn
            current={info.id}
            workspaceId={info.workspace_id}
            outline={<OutlineList editor={editor} />}
          />
        }
        listTitle={t.documents()}
        side={sideOf({ view, address, narrow, collisions, resolved, go })}
        sideWidth={SIDE}
        onCloseSide={close}
        deep
      >
        <DocumentBar view={view} panel={panel} onPanel={toggle} resolved={resolved} />
        <Troubles view={view} />
        {panel !== 'collisions' && (
          <CollisionBanner count={collisions.length} onLook={() => toggle('collisions')} />
        )}
        {editor && view.editable && <FormatBar editor={editor} help={view.help} />}
        <div className="scroll doc-scroll">
          {version !== undefined && editor && view.loaded ? (
            <VersionView key={version} {...{ info, editor }} versionId={version} onClose={close} />
          ) : (
            <Sheet view={view} margin={!narrow && (panel === 'comments' || panel === undefined)} />
          )}
        </div>
      </Page>
    </OpenPassage>
  )
}

/** The text, with the comments beside it where there are any. */
function Sheet({ view, margin }: { view: DocumentView; margin: boolean }) {
  const { editor, commenting } = view
  const beside = margin && (commenting.shown.length > 0 || commenting.drafting !== undefined)
  return (
    <div className={beside ? 'docw with-margin' : 'docw'}>
      <div className="dpad">
        <DocumentText view={view} />
      </div>
      {editor && beside && <Margin editor={editor} commenting={commenting} />}
    </div>
  )
}

function CollisionBanner({ count, onLook }: { count: number; onLook: () => void }) {
  if (count === 0) return null
  return (
    <Banner
      icon={GitMerge}
      action={
        <Button size="sm" onClick={onLook}>
          {t.lookAtBoth()}
        </Button>
      }
    >
      {t.collisionsBanner({ count })}
    </Banner>
  )
}

interface SideParts {
  readonly view: DocumentView
  readonly address: DocumentAddress
  readonly narrow: boolean
  readonly collisions: readonly KeptCollision[]
  readonly resolved: { readonly shown: boolean; readonly set: (shown: boolean) => void }
  readonly go: (address: DocumentAddress) => void
}

/** What stands beside the sheet, if anything does. */
function sideOf({ view, address, narrow, collisions, resolved, go }: SideParts) {
  const { info, editor, editable, commenting } = view
  const close = () => go({})
  if (address.panel === 'versions') {
    const choose = (version: string) => go({ panel: 'versions', version })
    return <VersionPanel info={info} chosen={address.version} onChoose={choose} onClose={close} />
  }
  if (address.panel === 'collisions' && editor)
    return <CollisionPanel {...{ editor, collisions, editable }} onClose={close} />
  if (address.panel === 'comments' && narrow)
    return <CommentPanel commenting={commenting} resolved={resolved} onClose={close} />
  return undefined
}

/** Escape closes what stands beside. */
function useCloseKey(panel: DocumentPanel | undefined, run: () => void): void {
  const label = t.closePanel()
  useActions(
    panel ? [{ id: 'documents.close', group: 'act', label, shortcut: 'escape', keysOnly: true, run }] : [],
  )
}

function useDocumentAddress({ id }: DocumentInfo) {
  const address = useSearch({ from: '/signed-in/frame/documents/$documentId' })
  const navigate = useNavigate()
  const go = (search: DocumentAddress) =>
    void navigate({ to: '/documents/$documentId', params: { documentId: id }, search, replace: true })
  /** The book at the passage, with the document beside it. */
  const open = (passage: Passage) =>
    void navigate({
      to: '/books/$bookId',
      params: { bookId: passage.book_id },
      search: { ...addressOf(passage), document: id },
    })
  return { address, go, open }
}
