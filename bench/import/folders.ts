import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { largeLibrary } from '@stoa/testkit/books/index'

const SEED = 20_261_122

/** EPUBs of about 300 kB, every text another; a part of the same library by the number of its first book. */
export async function writeBooks(folder: string, first: number, count: number): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const { name, bytes } of largeLibrary(count, SEED, first)) await writeFile(join(folder, name), bytes)
}

/** Short texts, a hundred a folder. */
export async function writeNotes(folder: string, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const part = join(folder, String(Math.floor(index / 100)))
    if (index % 100 === 0) await mkdir(part, { recursive: true })
    await writeFile(join(part, `${index}.txt`), `Note ${index}\n\nThe ${index}th of many short texts.\n`)
  }
}
