import type { DocumentState } from '@stoa/sdk/documents'
import { Button, StatusMark } from '@stoa/ui'
import { documents as t } from '@stoa/ui/messages/documents'
import { useEffect, useState } from 'react'
import type { OpenDocument } from './session/open-document.ts'
import { useDocumentState } from './session/use-document.ts'

/** What is unsaved for less than so long is not worth a word. */
const CALM_MS = 700

/** Where what one typed stands: saved, being saved, kept on this device, or in trouble. */
export function SaveMark({ open }: { open: OpenDocument }) {
  const session = useDocumentState(open, (state) => state.session)
  const kind = useCalm(kindOf(session))
  switch (kind) {
    case 'saved':
      return <StatusMark kind="done">{t.saved()}</StatusMark>
    case 'saving':
      return <StatusMark kind="working">{t.saving()}</StatusMark>
    case 'connecting':
      return <StatusMark kind="working">{t.connecting()}</StatusMark>
    case 'kept':
      return <StatusMark kind="offline">{t.keptHere()}</StatusMark>
    case 'offline':
      return <StatusMark kind="offline">{t.offline()}</StatusMark>
    case 'failed':
      return (
        <>
          <StatusMark kind="failed">{session.unsaved ? t.notSaved() : t.notConnected()}</StatusMark>
          <Button variant="ghost" size="sm" onClick={() => open.reconnect()}>
            {t.tryAgain()}
          </Button>
        </>
      )
  }
}

type SaveKind = 'saved' | 'saving' | 'connecting' | 'kept' | 'offline' | 'failed'

export function kindOf({ connection, synced, unsaved, storing, problem }: DocumentState): SaveKind {
  if (problem !== undefined && connection === 'closed') return 'failed'
  if (connection === 'waiting' || connection === 'closed') return unsaved ? 'kept' : 'offline'
  if (!storing) return unsaved ? 'kept' : 'saved'
  if (connection === 'connecting') return unsaved ? 'kept' : 'connecting'
  return unsaved ? 'saving' : synced ? 'saved' : 'connecting'
}

/** Saving that is over at once is not shown: the mark would flicker with every stroke. */
function useCalm(kind: SaveKind): SaveKind {
  const [shown, setShown] = useState(kind)
  const hasty = kind === 'saving' || kind === 'connecting'
  useEffect(() => {
    if (!hasty) return setShown(kind)
    const timer = setTimeout(() => setShown(kind), CALM_MS)
    return () => clearTimeout(timer)
  }, [kind, hasty])
  return hasty ? shown : kind
}
