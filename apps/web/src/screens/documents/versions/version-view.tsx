import { Banner, Button, Segmented, Skeleton, toast } from '@stoa/ui'
import { documents as t } from '@stoa/ui/messages/documents'
import { useQuery } from '@tanstack/react-query'
import { type Editor, useEditorState } from '@tiptap/react'
import { History } from 'lucide-react'
import { useMemo, useState } from 'react'
import { client } from '../../../data/api.ts'
import { type DocumentInfo, showDocument, versionQuery, versionsQuery } from '../../../data/documents.ts'
import { queryClient } from '../../../data/query-client.ts'
import { LoadError } from '../../../frame/load-error.tsx'
import { problemText } from '../../../frame/problem-text.ts'
import type { ContentNode } from '../content.ts'
import { changedWords, diffDocuments } from './diff-documents.ts'
import { DiffView } from './diff-view.tsx'
import { versionTime, versionTitle } from './version-panel.tsx'

type Against = 'now' | 'before' | 'none'

interface VersionViewProps {
  readonly info: DocumentInfo
  readonly editor: Editor
  readonly versionId: string
  readonly onClose: () => void
}

const EMPTY: ContentNode = { type: 'doc' }

/** What a version said: against the present text, against the version before it, or by itself. */
export function VersionView({ info, editor, versionId, onClose }: VersionViewProps) {
  const version = useQuery(versionQuery(info.id, versionId))
  const [against, setAgainst] = useState<Against>('now')
  const previousId = version.data?.previous_id ?? ''
  const previous = useQuery({
    ...versionQuery(info.id, previousId),
    enabled: against === 'before' && previousId !== '',
  })
  const now = useEditorState({ editor, selector: ({ editor: shown }) => shown.state.doc })
  const said = contentOf(version.data)
  const before = previousId === '' ? EMPTY : contentOf(previous.data)
  const changes = useMemo(() => {
    if (!said) return undefined
    if (against === 'now') return diffDocuments(said, now.toJSON())
    if (against === 'before') return before && diffDocuments(before, said)
    return diffDocuments(said, said)
  }, [said, before, against, now])
  if (version.isError) return <LoadError error={version.error} retry={version.refetch} />
  const words = changes && changedWords(changes)
  return (
    <div className="version-view">
      {version.data && (
        <Banner
          icon={History}
          action={
            <span className="row">
              {info.can.write && <RestoreButton info={info} versionId={versionId} onDone={onClose} />}
              <Button size="sm" variant="ghost" onClick={onClose}>
                {t.backToNow()}
              </Button>
            </span>
          }
        >
          {t.lookingAt({ name: versionTitle(version.data.version), when: versionTime(version.data.version) })}
        </Banner>
      )}
      <div className="row compare">
        <Segmented
          label={t.compare()}
          value={against}
          onChange={setAgainst}
          options={[
            { value: 'now', label: t.againstNow() },
            { value: 'before', label: t.againstBefore() },
            { value: 'none', label: t.justText() },
          ]}
        />
        {words && against !== 'none' && (
          <span className="hint num" role="status">
            {words.added + words.removed === 0
              ? t.nothingChanged()
              : t.cameAndWent({ came: words.added, went: words.removed })}
          </span>
        )}
      </div>
      {changes ? <DiffView changes={changes} whole={against === 'none'} /> : <Skeleton height={120} />}
    </div>
  )
}

const contentOf = (data: { content: unknown } | undefined) => data?.content as ContentNode | undefined

interface RestoreProps {
  readonly info: DocumentInfo
  readonly versionId: string
  readonly onDone: () => void
}

/** An edit like any other: what the document said before is kept, and one press brings it back. */
function RestoreButton({ info, versionId, onDone }: RestoreProps) {
  const [busy, setBusy] = useState(false)
  const restore = async (version_id: string): Promise<void> => {
    try {
      const path = { document_id: info.id, version_id }
      const { document, kept } = await client.call('restoreDocumentVersion', { path })
      showDocument(document)
      toast({ text: t.restored(), undo: () => restore(kept.id) })
    } catch (error) {
      toast({ text: problemText(error), tone: 'bad' })
    }
    await queryClient.invalidateQueries({ queryKey: versionsQuery(info.id).queryKey })
  }
  const press = async () => {
    setBusy(true)
    await restore(versionId)
    setBusy(false)
    onDone()
  }
  return (
    <Button size="sm" busy={busy} onClick={() => void press()}>
      {t.restore()}
    </Button>
  )
}
