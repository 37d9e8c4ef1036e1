import { toast } from '@stoa/ui'
import { formatBytes } from '@stoa/ui/messages'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { useRef, useState } from 'react'
import { client } from '../../../data/api.ts'
import type { Attachment } from '../../../data/rooms.ts'
import { put } from '../../../data/uploads.ts'
import { problemText } from '../../../frame/problem-text.ts'

/** A file on its way into a message. */
export interface Upload {
  readonly id: string
  readonly name: string
  /** 0 to 1. */
  readonly share: number
}

/** As the contract has it. */
const MOST_FILES = 10
const MOST_BYTES = 104_857_600

/** Sends files for a message of a room, telling how far each is. `onReady` gets each that may be sent. */
export function useUploads(roomId: string, held: number, onReady: (file: Attachment) => void) {
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const controllers = useRef(new Map<string, AbortController>())
  const ready = useRef(onReady)
  ready.current = onReady
  const take = (id: string) => setUploads((all) => all.filter((one) => one.id !== id))
  const send = async (file: File) => {
    const id = crypto.randomUUID()
    const controller = new AbortController()
    controllers.current.set(id, controller)
    setUploads((all) => [...all, { id, name: file.name, share: 0 }])
    const onSent = (bytes: number) =>
      setUploads((all) => all.map((one) => (one.id === id ? { ...one, share: bytes / file.size } : one)))
    try {
      ready.current(await sendFile(roomId, file, controller.signal, onSent))
    } catch (error) {
      if (!controller.signal.aborted)
        toast({ text: `${t.uploadFailed({ name: file.name })} ${problemText(error)}`, tone: 'bad' })
    }
    take(id)
  }
  const add = (files: readonly File[]) => {
    const room = MOST_FILES - held - uploads.length
    if (files.length > room) toast({ text: t.tooMany({ count: MOST_FILES }), tone: 'bad' })
    for (const file of files.slice(0, Math.max(0, room))) {
      if (file.size > MOST_BYTES)
        toast({ text: t.tooLarge({ name: file.name, size: formatBytes(MOST_BYTES) }), tone: 'bad' })
      else if (file.size > 0) void send(file)
    }
  }
  const cancel = (id: string) => {
    controllers.current.get(id)?.abort()
    take(id)
  }
  return { uploads, add, cancel }
}

async function sendFile(
  roomId: string,
  file: File,
  signal: AbortSignal,
  onSent: (bytes: number) => void,
): Promise<Attachment> {
  const filename = file.name.replace(/[\p{Cc}/\\]/gu, '_').slice(-255) || 'file'
  const body = { room_id: roomId, filename, size: file.size, ...(file.type && { media_type: file.type }) }
  const upload = await client.call('createAttachment', { body }, { signal })
  await put(upload.put, file, signal, onSent)
  return client.call('completeAttachment', { path: { attachment_id: upload.id } }, { signal })
}
