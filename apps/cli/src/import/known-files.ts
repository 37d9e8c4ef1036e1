import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Client } from '@stoa/sdk'

/** Which files the library has, so that a folder that was imported before costs reading it and not sending it. */
export interface KnownFiles {
  /** The book that these bytes are already; none for a file that cannot be read. */
  bookOf(path: string): Promise<string | undefined>
}

const PAGE = 200
/** Requests that an upload takes. */
const UPLOAD = 3

/** Asks for the library's files when that takes fewer requests than sending so many; otherwise nothing is known. */
export async function knownFiles(client: Client, workspaceId: string, files: number): Promise<KnownFiles> {
  const books = new Map<string, string>()
  let cursor: string | undefined
  do {
    const page = await readPage(client, workspaceId, cursor)
    for (const { id, sha256 } of page.items) if (sha256 !== null) books.set(sha256, id)
    cursor = page.total / PAGE > files * UPLOAD ? undefined : (page.next_cursor ?? undefined)
  } while (cursor !== undefined)
  return { bookOf: async (path) => (books.size === 0 ? undefined : books.get((await digestOf(path)) ?? '')) }
}

const readPage = (client: Client, workspaceId: string, cursor: string | undefined) =>
  client.call('listBooks', {
    query: { workspace_id: workspaceId, limit: PAGE, ...(cursor !== undefined && { cursor }) },
  })

async function digestOf(path: string): Promise<string | undefined> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(path), hash)
    return hash.digest('hex')
  } catch {
    return undefined // the upload says why
  }
}

/** Where books go when nothing else is said: the oldest workspace that can be seen. */
export async function firstWorkspace(client: Client): Promise<string | undefined> {
  const { items } = await client.call('listWorkspaces', {})
  return items
    .filter(({ archived }) => !archived)
    .map(({ id }) => id)
    .sort()
    .at(0)
}
