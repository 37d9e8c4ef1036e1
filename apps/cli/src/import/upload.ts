import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import { isStoaError, uuidv7 } from '@stoa/kernel'
import { ApiError, type Client, ConnectionError, errorOf } from '@stoa/sdk'

export type Uploaded =
  | { readonly kind: 'added' | 'known'; readonly bookId: string }
  | { readonly kind: 'failed'; readonly reason: string }

const TRIES = 4
const FIRST_PAUSE_MS = 500

export interface Destination {
  readonly client: Client
  /** Of the server; it may keep files itself, and then gives addresses below its own. */
  readonly origin: string
  /** Where the books go; the server's choice when absent. */
  readonly workspaceId?: string
  /** How to wait between tries. */
  pause(milliseconds: number): Promise<void>
}

/**
 * Brings one file into the library: reserve, transfer, make the book. A lost connection or a busy server is tried again with the
 * same keys, so that nothing is made twice; the server's refusal of this file is a result, not an error.
 * @throws ApiError, CliError when no file would be accepted (signed out, no right)
 */
export async function uploadBook({ pause, ...destination }: Destination, path: string): Promise<Uploaded> {
  const keys = { upload: uuidv7(), book: uuidv7() }
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(destination, path, keys)
    } catch (error) {
      const wait = pauseAfter(error, attempt)
      if (wait === undefined) return { kind: 'failed', reason: reasonOf(error) }
      await pause(wait)
    }
  }
}

async function once(
  { client, origin, workspaceId }: Omit<Destination, 'pause'>,
  path: string,
  keys: { upload: string; book: string },
): Promise<Uploaded> {
  const file = await openAsBlob(path)
  const reserved = await client.call(
    'createUpload',
    { body: { filename: basename(path), size: file.size } },
    { idempotencyKey: keys.upload },
  )
  await transfer(origin, reserved.transfer, file)
  const { data, response, error } = await client.http.POST('/api/v1/books', {
    params: { header: { 'idempotency-key': keys.book } },
    body: { upload_id: reserved.id, ...(workspaceId !== undefined && { workspace_id: workspaceId }) },
  })
  if (data === undefined) throw errorOf(response, error)
  return { kind: response.status === 200 ? 'known' : 'added', bookId: data.id }
}

/** Sends the bytes to the blob storage; the address is signed, no token goes there. */
async function transfer(
  origin: string,
  { url, method, headers }: { url: string; method: string; headers: Readonly<Record<string, string>> },
  file: Blob,
): Promise<void> {
  const response = await fetch(new URL(url, origin), { method, headers, body: file }).catch(
    (cause: unknown) => {
      throw new ConnectionError('The storage cannot be reached.', { cause })
    },
  )
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw errorOf(response, body)
}

/** Milliseconds to wait before the next try; none when another try would end the same. */
function pauseAfter(error: unknown, attempt: number): number | undefined {
  if (isStoaError(error) || (error instanceof ApiError && [401, 403].includes(error.status))) throw error
  const passing =
    error instanceof ConnectionError ||
    (error instanceof ApiError && [429, 502, 503, 504].includes(error.status))
  if (!passing || attempt >= TRIES) return undefined
  const asked = error instanceof ApiError ? (error.retryAfter ?? 0) * 1000 : 0
  return Math.max(asked, FIRST_PAUSE_MS * 2 ** (attempt - 1))
}

function reasonOf(error: unknown): string {
  if (error instanceof ApiError) return `${error.message} (${error.code})`
  return error instanceof Error ? error.message : String(error)
}
