import { relative, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from '@stoa/sdk'
import { findBooks } from '../import/find-books.ts'
import { firstWorkspace, knownFiles } from '../import/known-files.ts'
import { type Uploaded, uploadBook } from '../import/upload.ts'

const AT_ONCE = 3

/**
 * `stoa import DIR`: uploads every book below a folder, some at a time, with one line for each as it is done. Running it again
 * adds only what is new. Resolves with the exit status: 1 when a file was refused.
 */
export async function importFolder(
  folder: string,
  server: { client: Client; origin: string },
  print: (text: string) => void,
): Promise<number> {
  const root = resolve(folder)
  const files = await findBooks(root)
  const bringIn = await importer(server, files.length)
  const counts = { added: 0, known: 0, failed: 0 }
  const waiting = [...files]
  let done = 0
  const worker = async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const result = await bringIn(file)
      counts[result.kind]++
      print(`[${++done}/${files.length}] ${describe(result)}  ${relative(root, file)}${reason(result)}`)
    }
  }
  const workers = Array.from({ length: AT_ONCE }, worker)
  await Promise.all(workers).finally(() => {
    waiting.length = 0 // one that cannot go on stops the others, too
    return Promise.allSettled(workers)
  })
  print(`${counts.added} added, ${counts.known} already there, ${counts.failed} failed`)
  if (counts.added > 0) print('The server reads the new ones in; their progress is in the library.')
  return counts.failed > 0 ? 1 : 0
}

/** Sends one file, unless the library has it. */
async function importer(server: { client: Client; origin: string }, files: number) {
  const workspaceId = await firstWorkspace(server.client)
  const known = workspaceId && (await knownFiles(server.client, workspaceId, files))
  const pause = (milliseconds: number) => delay(milliseconds)
  const destination = { ...server, ...(workspaceId !== undefined && { workspaceId }), pause }
  return async (file: string): Promise<Uploaded> => {
    const bookId = known && (await known.bookOf(file))
    return bookId ? { kind: 'known', bookId } : uploadBook(destination, file)
  }
}

function describe({ kind }: Uploaded): string {
  return { added: 'added  ', known: 'there  ', failed: 'failed ' }[kind]
}

function reason(result: Uploaded): string {
  return result.kind === 'failed' ? `: ${result.reason}` : ''
}
