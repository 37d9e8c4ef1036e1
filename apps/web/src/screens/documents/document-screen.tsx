import './documents.css'
import { Button, EmptyState } from '@stoa/ui'
import { documents as t } from '@stoa/ui/messages/documents'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { documentQuery } from '../../data/documents.ts'
import { ApiError, OfflineError } from '../../data/problem.ts'
import { TopBar } from '../../frame/bars.tsx'
import { LoadError } from '../../frame/load-error.tsx'
import { Page } from '../../frame/page.tsx'
import { DocumentStage } from './document-stage.tsx'
import { DocumentColumn } from './list/document-column.tsx'

/** A document, with its comments, versions and collisions beside it. */
export function DocumentScreen() {
  const { documentId } = useParams({ from: '/signed-in/frame/documents/$documentId' })
  const info = useQuery(documentQuery(documentId))
  if (info.data) return <DocumentStage key={documentId} info={info.data} />
  return (
    <Page list={<DocumentColumn current={documentId} />} listTitle={t.documents()} deep>
      <Absent error={info.error} retry={info.refetch} />
    </Page>
  )
}

function Absent({ error, retry }: { error: unknown; retry: () => unknown }) {
  const navigate = useNavigate()
  const gone = error instanceof ApiError && error.status === 404
  const away = error instanceof OfflineError
  const back = (
    <Button asChild>
      <Link to="/documents">{t.backToDocuments()}</Link>
    </Button>
  )
  return (
    <>
      <TopBar title={gone ? t.gone() : t.documents()} onBack={() => void navigate({ to: '/documents' })} />
      {gone ? (
        <EmptyState title={t.gone()} action={back}>
          {t.goneText()}
        </EmptyState>
      ) : away ? (
        <EmptyState title={t.notHere()} action={<Button onClick={retry}>{t.tryAgain()}</Button>}>
          {t.notHereText()}
        </EmptyState>
      ) : (
        <div className="scroll">{error ? <LoadError error={error} retry={retry} /> : null}</div>
      )}
    </>
  )
}
