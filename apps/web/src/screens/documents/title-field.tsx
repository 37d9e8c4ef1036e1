import { toast } from '@stoa/ui'
import { documents as t } from '@stoa/ui/messages/documents'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { client } from '../../data/api.ts'
import { type DocumentInfo, documentQuery, showDocument } from '../../data/documents.ts'
import { OfflineError } from '../../data/problem.ts'
import { queryClient } from '../../data/query-client.ts'
import { problemText } from '../../frame/problem-text.ts'
import { scriptLanguage } from '../../text/script-language.ts'

/** Written once one has stopped for so long. */
const PAUSE_MS = 800

const keyOf = (documentId: string) => `stoa.document-title.${documentId}`

interface TitleFieldProps {
  readonly info: DocumentInfo
  readonly editable: boolean
  /** Enter and arrow down lead into the text. */
  readonly onLeave: () => void
}

/** The title over the text. Kept on this device until the server has it. */
export function TitleField({ info, editable, onLeave }: TitleFieldProps) {
  const { written, write } = useTitle(info)
  const field = useRef<HTMLTextAreaElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: as high as what is written
  useEffect(() => {
    const element = field.current
    if (!element) return
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight}px`
  }, [written])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    onLeave()
  }
  return (
    <textarea
      ref={field}
      className="doc-title"
      rows={1}
      maxLength={300}
      value={written}
      readOnly={!editable}
      placeholder={t.untitled()}
      aria-label={t.title()}
      lang={scriptLanguage(written)}
      onChange={({ target }) => write(target.value.replace(/[\n\r]+/g, ' '))}
      onKeyDown={onKeyDown}
    />
  )
}

function useTitle({ id, title }: DocumentInfo) {
  const [draft, setDraft] = useState(() => localStorage.getItem(keyOf(id)) ?? undefined)
  useEffect(() => {
    if (draft === undefined) return
    const send = () => void sendTitle(id, draft).then((sent) => sent && setDraft(undefined))
    const pause = setTimeout(send, PAUSE_MS)
    addEventListener('online', send)
    return () => {
      clearTimeout(pause)
      removeEventListener('online', send)
    }
  }, [id, draft])
  const write = (next: string) => {
    localStorage.setItem(keyOf(id), next)
    setDraft(next)
  }
  return { written: draft ?? title, write }
}

/** Whether the server has answered for good. Whoever wrote last has named it: a title is one line, not a text to merge. */
async function sendTitle(documentId: string, title: string): Promise<boolean> {
  const path = { document_id: documentId }
  try {
    const { version } = await client.call('getDocument', { path })
    showDocument(await client.call('updateDocument', { path, body: { version, title: title.trim() } }))
  } catch (error) {
    if (error instanceof OfflineError) return false
    toast({ text: problemText(error), tone: 'bad' })
    await queryClient.invalidateQueries({ queryKey: documentQuery(documentId).queryKey })
  }
  if (localStorage.getItem(keyOf(documentId)) === title) localStorage.removeItem(keyOf(documentId))
  return true
}
