import type { components } from '@stoa/contracts'
import { create } from 'zustand'
import { api, idempotencyKey, ok } from './api.ts'
import { errorOf, OfflineError } from './problem.ts'
import { queryClient } from './query-client.ts'

type Book = components['schemas']['Book']

export type UploadState = 'waiting' | 'sending' | 'sent' | 'failed' | 'cancelled'

/** One file on its way into the library. After it was sent the book itself tells how far it is. */
export interface FileUpload {
  readonly id: string
  readonly name: string
  readonly size: number
  readonly state: UploadState
  /** Bytes that left this device. */
  readonly sent: number
  readonly error?: unknown
  readonly book?: Book
  /** The same bytes were in the library already. */
  readonly known?: boolean
}

interface Source {
  readonly file: File
  readonly shelfId: string | undefined
  /** Made once per file: trying again makes no second book. */
  readonly key: string
  readonly controller: AbortController
}

interface UploadsState {
  readonly uploads: readonly FileUpload[]
}

const AT_ONCE = 3

/** Every file under way, for the rows above the grid. */
export const useUploads = create<UploadsState>(() => ({ uploads: [] }))

const sources = new Map<string, Source>()
let running = 0

const change = (id: string, next: Partial<FileUpload>): void =>
  useUploads.setState(({ uploads }) => ({
    uploads: uploads.map((upload) => (upload.id === id ? { ...upload, ...next } : upload)),
  }))

/** Adds files to the library, and to a shelf where one is given. Three at a time; the rest waits. */
export function addFiles(files: readonly File[], shelfId?: string): void {
  const added = files.map((file) => {
    const id = crypto.randomUUID()
    sources.set(id, { file, shelfId, key: idempotencyKey(), controller: new AbortController() })
    return { id, name: file.name, size: file.size, state: 'waiting', sent: 0 } as const
  })
  useUploads.setState(({ uploads }) => ({ uploads: [...uploads, ...added] }))
  pump()
}

export function retryUpload(id: string): void {
  const source = sources.get(id)
  if (!source) return
  sources.set(id, { ...source, controller: new AbortController() })
  useUploads.setState(({ uploads }) => ({
    uploads: uploads.map(({ error: _, ...upload }) =>
      upload.id === id ? { ...upload, state: 'waiting' as const, sent: 0 } : upload,
    ),
  }))
  pump()
}

/** Stops what is under way; what was sent already stays in the library. */
export function cancelUploads(): void {
  for (const { id, state } of useUploads.getState().uploads) {
    if (state !== 'waiting' && state !== 'sending') continue
    sources.get(id)?.controller.abort()
    change(id, { state: 'cancelled' })
  }
}

/** Takes the rows away that have nothing more to say. */
export function clearUploads(
  which: (upload: FileUpload) => boolean = ({ state }) => state !== 'sending',
): void {
  useUploads.setState(({ uploads }) => ({ uploads: uploads.filter((upload) => !which(upload)) }))
}

function pump(): void {
  while (running < AT_ONCE) {
    const next = useUploads.getState().uploads.find((upload) => upload.state === 'waiting')
    if (!next) return
    running++
    change(next.id, { state: 'sending' })
    void send(next.id).finally(() => {
      running--
      pump()
    })
  }
}

async function send(id: string): Promise<void> {
  const source = sources.get(id)
  if (!source) return
  const { file, shelfId, key, controller } = source
  const { signal } = controller
  try {
    const header = { 'idempotency-key': `${key}-upload` }
    const upload = await ok(
      api.POST('/api/v1/uploads', {
        params: { header },
        body: { filename: file.name, size: file.size, ...(file.type && { media_type: file.type }) },
        signal,
      }),
    )
    await put(upload.transfer, file, signal, (sent) => change(id, { sent }))
    const answer = await api.POST('/api/v1/books', {
      params: { header: { 'idempotency-key': `${key}-book` } },
      body: { upload_id: upload.id, ...(shelfId && { shelf_ids: [shelfId] }) },
      signal,
    })
    const book = await ok(Promise.resolve(answer))
    change(id, { state: 'sent', sent: file.size, book, known: answer.response.status === 200 })
    sources.delete(id)
    for (const key of ['books', 'library-summary', 'shelves'])
      void queryClient.invalidateQueries({ queryKey: [key] })
  } catch (error) {
    if (!signal.aborted) change(id, { state: 'failed', error })
  }
}

type Transfer = components['schemas']['SignedUrl']

/** With XMLHttpRequest: `fetch` does not tell how much was sent. @throws ApiError, OfflineError */
export function put(
  transfer: Transfer,
  file: File,
  signal: AbortSignal,
  onSent: (bytes: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(transfer.method, transfer.url)
    for (const [name, value] of Object.entries(transfer.headers)) request.setRequestHeader(name, value)
    request.upload.onprogress = ({ loaded }) => onSent(loaded)
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve()
      else reject(errorOf(new Response(null, { status: request.status }), parse(request.responseText)))
    }
    request.onerror = () => reject(new OfflineError('The file could not be sent.'))
    request.onabort = () => reject(new OfflineError('The upload was stopped.'))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
