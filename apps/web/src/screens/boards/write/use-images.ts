import { toast } from '@stoa/ui'
import { formatBytes } from '@stoa/ui/messages'
import { boards as t } from '@stoa/ui/messages/boards'
import { useRef, useState } from 'react'
import { client } from '../../../data/api.ts'
import { put } from '../../../data/uploads.ts'
import { boardProblem } from '../moderate.ts'
import type { DraftImage } from './drafts.ts'
import { shrink } from './shrink.ts'

/** A picture on its way. */
export interface Sending {
  readonly id: string
  readonly name: string
  /** 0 to 1. */
  readonly share: number
}

/** As the contract has it. */
const MOST_IMAGES = 16
const MOST_BYTES = 31_457_280

/** Sends pictures for a post, telling how far each is; `onReady` gets each that may be posted. */
export function useImages(held: number, onReady: (image: DraftImage) => void) {
  const [sending, setSending] = useState<readonly Sending[]>([])
  const controllers = useRef(new Map<string, AbortController>())
  const take = (id: string) => setSending((all) => all.filter((one) => one.id !== id))
  const send = async (file: File) => {
    const id = crypto.randomUUID()
    const controller = new AbortController()
    controllers.current.set(id, controller)
    setSending((all) => [...all, { id, name: file.name, share: 0 }])
    const onShare = (share: number) =>
      setSending((all) => all.map((one) => (one.id === id ? { ...one, share } : one)))
    try {
      onReady(await upload(file, controller.signal, onShare))
    } catch (error) {
      if (!controller.signal.aborted) toast({ text: failureText(file, error), tone: 'bad' })
    }
    controllers.current.delete(id)
    take(id)
  }
  const add = (files: readonly File[]) => {
    const free = Math.max(0, MOST_IMAGES - held - sending.length)
    if (files.length > free) toast({ text: t.tooManyImages({ count: MOST_IMAGES }), tone: 'bad' })
    for (const file of files.slice(0, free)) void send(file)
  }
  const cancel = (id: string) => {
    controllers.current.get(id)?.abort()
    take(id)
  }
  return { sending, add, cancel }
}

class TooLarge extends Error {
  override readonly name = 'TooLarge'
}

const failureText = ({ name }: File, error: unknown): string =>
  error instanceof TooLarge
    ? t.imageTooLarge({ name, size: formatBytes(MOST_BYTES) })
    : `${t.imageFailed({ name })} ${boardProblem(error)}`

async function upload(
  file: File,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<DraftImage> {
  const smaller = await shrink(file)
  if (smaller.size > MOST_BYTES) throw new TooLarge()
  const reserved = await client.call('createBoardMedia', { body: { size: smaller.size } }, { signal })
  const bytes = smaller instanceof File ? smaller : new File([smaller], file.name, { type: smaller.type })
  await put(reserved.put, bytes, signal, (sent) => onShare(sent / smaller.size))
  const { id, image } = await client.call(
    'completeBoardMedia',
    { path: { upload_id: reserved.id } },
    { signal },
  )
  return { id, image }
}
