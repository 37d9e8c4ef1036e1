import { toast } from '@stoa/ui'
import { formatBytes } from '@stoa/ui/messages'
import { documents as t } from '@stoa/ui/messages/documents'
import type { Editor } from '@tiptap/core'
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
} from '@tiptap/y-tiptap'
import { type RefObject, useRef, useState } from 'react'
import { client, idempotencyKey } from '../../../data/api.ts'
import { put } from '../../../data/uploads.ts'
import { problemText } from '../../../frame/problem-text.ts'

/** A picture on its way into the document. */
export interface Sending {
  readonly id: string
  readonly name: string
  /** 0 to 1. */
  readonly share: number
}

/** As the contract has it. */
const MOST_BYTES = 26_214_400

/** Sends pictures and puts them into the text where they were dropped, whatever is written there meanwhile. */
export function useImages(documentId: string, editor: RefObject<Editor | null>) {
  const [sending, setSending] = useState<readonly Sending[]>([])
  const controllers = useRef(new Map<string, AbortController>())
  const end = (id: string) => setSending((all) => all.filter((one) => one.id !== id))
  const send = async (file: File, at: number) => {
    const id = crypto.randomUUID()
    const controller = new AbortController()
    controllers.current.set(id, controller)
    setSending((all) => [...all, { id, name: file.name, share: 0 }])
    const place = editor.current && placeholder(editor.current, at)
    try {
      const fileId = await sendImage(documentId, file, controller.signal, (bytes) =>
        setSending((all) => all.map((one) => (one.id === id ? { ...one, share: bytes / file.size } : one))),
      )
      const node = { type: 'image', attrs: { file_id: fileId, alt: '' } }
      editor.current
        ?.chain()
        .insertContentAt(place?.() ?? editor.current.state.doc.content.size, node)
        .run()
    } catch (error) {
      if (!controller.signal.aborted)
        toast({ text: `${t.imageFailed({ name: file.name })} ${problemText(error)}`, tone: 'bad' })
    }
    end(id)
  }
  const add = (files: readonly File[], at: number) => {
    for (const file of files) {
      if (file.size > MOST_BYTES)
        toast({ text: t.imageTooLarge({ name: file.name, size: formatBytes(MOST_BYTES) }), tone: 'bad' })
      else if (file.size > 0) void send(file, at)
    }
  }
  const cancel = (id: string) => {
    controllers.current.get(id)?.abort()
    end(id)
  }
  return { sending, add, cancel }
}

/** Where a place in the text is later on. */
function placeholder({ state }: Editor, at: number): (() => number | undefined) | undefined {
  const sync = ySyncPluginKey.getState(state)
  if (!sync?.binding) return undefined
  const { type, doc, binding } = sync
  const relative = absolutePositionToRelativePosition(at, type, binding.mapping)
  return () => relativePositionToAbsolutePosition(doc, type, relative, binding.mapping) ?? undefined
}

async function sendImage(
  documentId: string,
  file: File,
  signal: AbortSignal,
  onSent: (bytes: number) => void,
): Promise<string> {
  const path = { document_id: documentId }
  const filename = file.name.replace(/[\p{Cc}/\\]/gu, '_').slice(-255) || 'image'
  const body = { filename, size: file.size, ...(file.type && { media_type: file.type }) }
  const { id, put: to } = await client.call(
    'createDocumentFile',
    { path, body },
    { signal, idempotencyKey: idempotencyKey() },
  )
  await put(to, file, signal, onSent)
  await client.call('completeDocumentFile', { path: { ...path, file_id: id } }, { signal })
  return id
}
