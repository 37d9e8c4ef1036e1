import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from '@stoa/sdk'
import { temporaryFolder } from '@stoa/testkit/temporary-folder'
import type { Bench, Figure } from '../../tools/bench/row.ts'
import { stoa } from '../support/commands.ts'
import { becomeOwner } from '../support/owner.ts'
import { startServer } from '../support/server.ts'
import { addWithCalibre, hasCalibre } from './calibre.ts'
import { writeBooks } from './folders.ts'
import { prepareNotes } from './notes.ts'

const POLL_MS = 200

interface Sizes {
  /** Books in the first and in the last measured folder, and between them. */
  readonly part: number
  readonly middle: number
  readonly notes: number
}

/** How long each folder took. */
interface Seconds {
  readonly first: number
  readonly middle: number
  readonly last: number
  readonly again: number
}

/** Until every book was read in; a failed one is an error. */
async function untilRead(client: Client): Promise<void> {
  for (;;) {
    const counts = await client.call('getLibrarySummary', {})
    if (counts.failed > 0) throw new Error(`${counts.failed} books failed`)
    if (counts.processing === 0) return
    await delay(POLL_MS)
  }
}

/** `stoa import` of folders, one after the other, each until its last book can be read and found; seconds. */
export const run: Bench = async ({ quick, size, log }) => {
  const books = size ?? (quick ? 40 : 2000)
  const part = Math.min(200, books >> 1)
  const sizes = { part, middle: books - 2 * part, notes: quick ? 500 : 10_000 }
  const folder = await temporaryFolder('stoa-bench')
  try {
    const shelf = join(folder, 'books')
    const starts = [0, sizes.part, sizes.part + sizes.middle] as const
    await writeBooks(join(shelf, '1'), starts[0], sizes.part)
    if (sizes.middle > 0) await writeBooks(join(shelf, '2'), starts[1], sizes.middle)
    await writeBooks(join(shelf, '3'), starts[2], sizes.part)
    log('files written')
    return await importAll(folder, sizes, log)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function importAll(folder: string, sizes: Sizes, log: (line: string) => void): Promise<Figure[]> {
  const data = join(folder, 'data')
  const server = await startServer(data)
  try {
    const owner = await becomeOwner(server)
    const { client } = owner
    const env = { STOA_URL: server.url, XDG_CONFIG_HOME: join(folder, 'config') }
    const link =
      /https?:\S+/.exec(await stoa(['sign-in-link', '--data', data, '--url', server.url], env))?.[0] ?? ''
    await stoa(['sign-in', link], env)
    await untilRead(client)
    const timed = async (name: string) => {
      const began = performance.now()
      await stoa(['import', join(folder, name)], env)
      await untilRead(client)
      const seconds = (performance.now() - began) / 1000
      log(`${name}: ${seconds.toFixed(1)} s`)
      return seconds
    }
    const first = await timed('books/1')
    const middle = sizes.middle > 0 ? await timed('books/2') : 0
    const last = await timed('books/3')
    await prepareNotes(join(folder, 'notes'), sizes.notes, { data, owner })
    const again = await timed('notes')
    return figuresOf(sizes, { first, middle, last, again }, await calibre(folder, sizes.part, log))
  } finally {
    await server.stop()
  }
}

/** Books per second of the peer, on the first folder: its library is small then, and it at its fastest; all take a quarter of an hour. */
async function calibre(
  folder: string,
  part: number,
  log: (line: string) => void,
): Promise<number | undefined> {
  if (!(await hasCalibre())) {
    log('no calibredb here: no peer')
    return undefined
  }
  const seconds = await addWithCalibre(join(folder, 'books', '1'), folder)
  log(`calibredb: ${seconds.toFixed(1)} s`)
  return part / seconds
}

function figuresOf({ part, middle, notes }: Sizes, seconds: Seconds, peer: number | undefined): Figure[] {
  const all = part * 2 + middle
  const total = seconds.first + seconds.middle + seconds.last
  const speed = { metric: 'speed', unit: 'books per s' }
  return [
    { case: `first ${part} of ${all} EPUBs of 300 kB`, ...speed, value: part / seconds.first },
    {
      ...{ case: `last ${part} of ${all} EPUBs of 300 kB`, ...speed, value: part / seconds.last },
      ...{ peer: `first ${part}`, peerValue: part / seconds.first },
    },
    {
      ...{ case: `all ${all} EPUBs, with passages and search index`, ...speed, value: all / total },
      ...(peer !== undefined && { peer: `calibredb add of ${part} (metadata alone)`, peerValue: peer }),
    },
    { case: `again, ${notes} unchanged files`, metric: 'time', value: seconds.again, unit: 's' },
  ]
}
