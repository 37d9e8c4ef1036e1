import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { largeLibrary } from '@stoa/testkit/books/index'

const SEED = 20_261_122

/** EPUBs of about 300 kB, every text another; a part of the same library by the number of its first book. */
export async function writeBooks(folder: string, first: number, count: number): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const { name, bytes } of largeLibrary(count, SEED, first)) await writeFile(join(folder, name), bytes)
}
