import { Avatar, Button, entries, IconButton, Menu, type MenuEntry, toast } from '@stoa/ui'
import { formatList } from '@stoa/ui/messages'
import { documents as t } from '@stoa/ui/messages/documents'
import { useNavigate } from '@tanstack/react-router'
import {
  BookUp,
  CheckCheck,
  Copy,
  Download,
  Ellipsis,
  History,
  MessageSquare,
  PanelRight,
  Share2,
  Star,
  StarOff,
  Trash2,
} from 'lucide-react'
import { useState } from 'react'
import type { ExportFormat } from '../../data/documents.ts'
import { useRole } from '../../data/use-session.ts'
import { TopBar } from '../../frame/bars.tsx'
import { PHONE, useMedia } from '../../frame/use-media.ts'
import { useActions } from '../../keyboard/actions.ts'
import type { DocumentPanel } from './address.ts'
import { RoomDialog } from './beside/room-dialog.tsx'
import { exportDocument } from './files/export-document.ts'
import { ShelfDialog } from './files/shelf-dialog.tsx'
import { starDocument, trashDocument } from './list/use-document-acts.tsx'
import { SaveMark } from './save-mark.tsx'
import type { Present } from './session/presence.ts'
import { ShareDialog } from './sharing/share-dialog.tsx'
import { titleOf } from './title-of.ts'
import type { DocumentView } from './use-document-view.tsx'

interface DocumentBarProps {
  readonly view: DocumentView
  readonly panel: DocumentPanel | undefined
  readonly onPanel: (panel: DocumentPanel) => void
  readonly resolved: { readonly shown: boolean; readonly set: (shown: boolean) => void }
}

type BarDialog = 'share' | 'shelf' | 'room'

/** Name of the document, whether it is saved, who is here, and what one can do with it. */
export function DocumentBar({ view, panel, onPanel, resolved }: DocumentBarProps) {
  const { info, open, present, people } = view
  const navigate = useNavigate()
  const phone = useMedia(PHONE)
  const [dialog, setDialog] = useState<BarDialog>()
  const close = () => setDialog(undefined)
  const { text, language } = titleOf(info)
  const menu = useDocumentMenu(view, { onPanel, setDialog, resolved })
  useActions([
    {
      id: 'documents.comments',
      group: 'act',
      label: t.comments(),
      icon: MessageSquare,
      run: () => onPanel('comments'),
    },
    {
      id: 'documents.versions',
      group: 'act',
      label: t.versions(),
      icon: History,
      run: () => onPanel('versions'),
    },
    { id: 'documents.share', group: 'act', label: t.share(), icon: Share2, run: () => setDialog('share') },
    {
      id: 'documents.beside',
      group: 'act',
      label: t.openBesideRoom(),
      icon: PanelRight,
      run: () => setDialog('room'),
    },
  ])
  return (
    <>
      <TopBar
        title={text}
        {...(language && { language })}
        sub={<SaveMark open={open} />}
        onBack={() => void navigate({ to: '/documents' })}
        actions={
          <>
            <Here present={present} nameOf={(one) => people.get(one.accountId)?.display_name ?? one.name} />
            <IconButton
              icon={MessageSquare}
              label={t.comments()}
              on={panel === 'comments'}
              onClick={() => onPanel('comments')}
            />
            {!phone && (
              <>
                <IconButton
                  icon={History}
                  label={t.versions()}
                  on={panel === 'versions'}
                  onClick={() => onPanel('versions')}
                />
                <IconButton icon={PanelRight} label={t.openBesideRoom()} onClick={() => setDialog('room')} />
                <Button onClick={() => setDialog('share')}>{t.share()}</Button>
              </>
            )}
            <Menu trigger={<IconButton icon={Ellipsis} label={t.more()} />} items={menu} />
          </>
        }
      />
      <ShareDialog info={info} open={dialog === 'share'} onClose={close} />
      <ShelfDialog info={info} open={dialog === 'shelf'} onClose={close} />
      <RoomDialog documentId={info.id} open={dialog === 'room'} onClose={close} />
    </>
  )
}

/** Faces of some who have it open, and in words who writes. */
function Here({ present, nameOf }: { present: readonly Present[]; nameOf: (one: Present) => string }) {
  const writing = present.filter((one) => one.writing)
  const shown = writing.length > 0 ? writing : present
  if (present.length === 0) return null
  const names = formatList(shown.slice(0, 3).map(nameOf))
  const said =
    writing.length > 0 ? t.writing({ names, count: shown.length }) : t.reading({ names, count: shown.length })
  return (
    <>
      <span className="avs no-m" title={said}>
        {present.slice(0, 3).map((one) => (
          <Avatar key={one.accountId} name={nameOf(one)} seed={one.accountId} size="s" />
        ))}
      </span>
      <span className="sub here-names clip" role="status">
        {said}
      </span>
    </>
  )
}

interface MenuParts {
  readonly onPanel: (panel: DocumentPanel) => void
  readonly setDialog: (dialog: BarDialog) => void
  readonly resolved: DocumentBarProps['resolved']
}

const FORMATS: readonly (readonly [ExportFormat, () => string])[] = [
  ['markdown', t.asMarkdown],
  ['html', t.asHtml],
  ['docx', t.asDocx],
  ['epub', t.asEpub],
]

function useDocumentMenu({ info }: DocumentView, { onPanel, setDialog, resolved }: MenuParts): MenuEntry[] {
  const navigate = useNavigate()
  const phone = useMedia(PHONE)
  const guest = useRole() === 'guest'
  const link = `${location.origin}/documents/${info.id}`
  return entries(
    phone && { label: t.versions(), icon: History, onSelect: () => onPanel('versions') },
    phone && { label: t.share(), icon: Share2, onSelect: () => setDialog('share') },
    {
      label: info.starred ? t.unstar() : t.star(),
      icon: info.starred ? StarOff : Star,
      onSelect: () => void starDocument(info),
    },
    {
      label: t.copyLink(),
      icon: Copy,
      onSelect: () => void navigator.clipboard.writeText(link).then(() => toast(t.linkCopied())),
    },
    {
      ...{ label: t.showResolved(), icon: CheckCheck, checked: resolved.shown },
      onSelect: () => resolved.set(!resolved.shown),
    },
    'separator',
    {
      label: t.export(),
      icon: Download,
      items: FORMATS.map(([format, label]) => ({
        label: label(),
        onSelect: () => void exportDocument(info, format),
      })),
    },
    !guest && { label: t.toShelf(), icon: BookUp, onSelect: () => setDialog('shelf') },
    info.can.manage && 'separator',
    info.can.manage && {
      ...{ label: t.toTrash(), icon: Trash2, tone: 'bad' },
      onSelect: () => void trashDocument(info, () => void navigate({ to: '/documents' })),
    },
  )
}
