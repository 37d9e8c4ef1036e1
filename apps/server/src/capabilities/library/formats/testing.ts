import { analyse } from './analyse.ts'
import { FileError } from './errors.ts'
import { passages } from './passages.ts'
import type { BookAnalysis, Passage } from './types.ts'

/** The analysis and all passages of a file in memory, for tests. */
export async function readBook(
  bytes: Uint8Array,
  name = 'book.bin',
): Promise<{ analysis: BookAnalysis; all: Passage[] }> {
  const file = { name, bytes }
  const analysis = await analyse(file)
  const all: Passage[] = []
  for await (const passage of passages(file, analysis)) all.push(passage)
  return { analysis, all }
}

/** The code and facts with which `bytes` are refused; undefined when they are a book. Throws what is no `FileError`. */
export async function refusal(
  bytes: Uint8Array,
  name = 'book.bin',
): Promise<{ code: string; params: object } | undefined> {
  try {
    await readBook(bytes, name)
    return undefined
  } catch (error) {
    if (error instanceof FileError) return { code: error.code, params: error.params }
    throw error
  }
}
