import { Banner, Button } from '@stoa/ui'
import { documents as t } from '@stoa/ui/messages/documents'
import { Lock, Trash2 } from 'lucide-react'
import { client } from '../../data/api.ts'
import { showDocument } from '../../data/documents.ts'
import { useDocumentState } from './session/use-document.ts'
import type { DocumentView } from './use-document-view.tsx'

/** What stands in the way of writing, over the text: what happened, what was kept, one act. */
export function Troubles({ view }: { view: DocumentView }) {
  const { info, open } = view
  const session = useDocumentState(open, (state) => state.session)
  if (info.trashed_at !== null) {
    const back = async () =>
      showDocument(await client.call('restoreDocument', { path: { document_id: info.id } }))
    return (
      <Banner
        icon={Trash2}
        action={
          <Button size="sm" onClick={() => void back()}>
            {t.bringBack()}
          </Button>
        }
      >
        {t.inTrash()}
      </Banner>
    )
  }
  if (session.problem === 'storage.failed') return <Banner tone="bad">{t.deviceFull()}</Banner>
  if (session.connection === 'closed' && session.problem !== undefined) {
    return (
      <Banner
        tone="bad"
        action={
          <Button size="sm" onClick={() => open.reconnect()}>
            {t.tryAgain()}
          </Button>
        }
      >
        {PROBLEMS[session.problem]?.() ?? t.refused()}
      </Banner>
    )
  }
  if (!session.storing) return <Banner>{t.cannotStore()}</Banner>
  if (!info.can.write || session.mode === 'read')
    return <Banner icon={Lock}>{info.can.comment ? t.commentOnly() : t.readOnly()}</Banner>
  return null
}

const PROBLEMS: Readonly<Record<string, () => string>> = {
  'document.not_found': t.goneMeanwhile,
  'access.denied': t.goneMeanwhile,
  'document.too_large': t.tooLarge,
  'update.too_large': t.tooLarge,
}
