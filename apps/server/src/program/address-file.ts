import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const fileOf = (dataDir: string): string => join(dataDir, 'address')

/** Notes where the program on this data folder is reached, for what works beside it: a busy port makes it take another. */
export async function writeAddress(dataDir: string, url: string): Promise<void> {
  await writeFile(fileOf(dataDir), `${url}\n`)
}

/** Where it is, or was when it ended without saying so. */
export async function readAddress(dataDir: string): Promise<string | undefined> {
  const text = await readFile(fileOf(dataDir), 'utf8').catch(() => '')
  return URL.parse(text.trim())?.origin
}

export async function removeAddress(dataDir: string): Promise<void> {
  await rm(fileOf(dataDir), { force: true })
}
