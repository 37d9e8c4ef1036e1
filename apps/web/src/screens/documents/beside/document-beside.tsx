import '../documents.css'
import { Button, IconButton, Menu, Skeleton } from '@stoa/ui'
import { documents as t } from '@stoa/ui/messages/documents'
import { shell } from '@stoa/ui/messages/shell'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ArrowRightLeft, Ellipsis, FileText, X } from 'lucide-react'
import { type DocumentInfo, documentQuery } from '../../../data/documents.ts'
import { LoadError } from '../../../frame/load-error.tsx'
import { OpenPassage, type Passage } from '../../../passages/open-passage.ts'
import { DocumentText } from '../document-text.tsx'
import { FormatBar } from '../editor/format-bar.tsx'
import { SaveMark } from '../save-mark.tsx'
import { titleOf } from '../title-of.ts'
import { Troubles } from '../troubles.tsx'
import { useDocumentView } from '../use-document-view.tsx'
import { DocumentChoice } from './document-choice.tsx'

export interface DocumentBesideProps {
  /** What it stands beside: documents about it come first. */
  readonly book?: { readonly id: string; readonly title: string; readonly workspace_id: string }
  /** Undefined: it is to be chosen. */
  readonly documentId: string | undefined
  readonly onDocument: (documentId: string | undefined) => void
  readonly onOpenPassage: (passage: Passage, documentId: string) => void
  readonly onClose: () => void
}

/** A document beside a book or a room: one reads, or talks, and writes on one screen. */
export default function DocumentBeside(props: DocumentBesideProps) {
  const { documentId, onClose, onDocument, book } = props
  if (documentId !== undefined) return <Loaded key={documentId} {...props} documentId={documentId} />
  return (
    <>
      <Head onClose={onClose} />
      <div className="scroll">
        <DocumentChoice {...(book && { book })} onPick={onDocument} />
      </div>
    </>
  )
}

const Head = ({ onClose }: { onClose: () => void }) => (
  <div className="rh">
    <div className="grow nm">{t.documentBeside()}</div>
    <IconButton icon={X} label={shell.closeSide()} onClick={onClose} />
  </div>
)

function Loaded(props: DocumentBesideProps & { documentId: string }) {
  const info = useQuery(documentQuery(props.documentId))
  if (info.data) return <Writing {...props} info={info.data} />
  return (
    <>
      <Head onClose={props.onClose} />
      <div className="scroll">
        {info.isError ? (
          <>
            <LoadError error={info.error} retry={info.refetch} />
            <Button onClick={() => props.onDocument(undefined)}>{t.otherDocument()}</Button>
          </>
        ) : (
          <div className="ghost-text">
            <Skeleton width="60%" height={22} />
            <Skeleton />
            <Skeleton width="80%" />
          </div>
        )}
      </div>
    </>
  )
}

function Writing({ info, onDocument, onOpenPassage, onClose }: DocumentBesideProps & { info: DocumentInfo }) {
  const navigate = useNavigate()
  const whole = (panel?: 'comments') =>
    void navigate({
      to: '/documents/$documentId',
      params: { documentId: info.id },
      search: panel ? { panel } : {},
    })
  const view = useDocumentView({
    info,
    showResolved: false,
    threadId: undefined,
    onCommenting: () => whole('comments'),
  })
  const { editor, editable, help } = view
  const { text, language } = titleOf(info)
  const menu = [
    { label: t.openDocument(), icon: FileText, onSelect: () => whole() },
    { label: t.otherDocument(), icon: ArrowRightLeft, onSelect: () => onDocument(undefined) },
  ]
  return (
    <OpenPassage value={(passage) => onOpenPassage(passage, info.id)}>
      <div className="rh">
        <div className="grow">
          <div className="nm clip" lang={language}>
            {text}
          </div>
        </div>
        <SaveMark open={view.open} />
        <Menu trigger={<IconButton icon={Ellipsis} label={t.more()} />} items={menu} />
        <IconButton icon={X} label={shell.closeSide()} onClick={onClose} />
      </div>
      <Troubles view={view} />
      {editor && editable && <FormatBar editor={editor} help={help} small />}
      <div className="scroll doc-scroll beside">
        <DocumentText view={{ ...view, begin: undefined }} />
      </div>
    </OpenPassage>
  )
}
