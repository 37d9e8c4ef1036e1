import { detect } from './detect.ts'
import { makeEdition, needsEdition } from './edition/make.ts'
import { FileUnsupportedError } from './errors.ts'
import { openSource } from './source.ts'
import type { BookFile } from './types.ts'

/**
 * The EPUB 3 that the reader opens in place of a text, Markdown, HTML or FictionBook file, and that the locators of its
 * passages refer to. Deterministic. Throws a `FileError`; `file.unsupported` for formats that are opened as they are.
 */
export async function readingEdition(file: BookFile): Promise<Uint8Array<ArrayBuffer>> {
  await using source = await openSource(file)
  const { format, archive } = await detect(source, file.name)
  if (!needsEdition(format)) throw new FileUnsupportedError({ feature: `reading edition of ${format}` })
  return makeEdition(source, format, file.name, archive)
}
