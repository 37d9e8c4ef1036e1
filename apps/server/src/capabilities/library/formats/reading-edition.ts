import { detect } from './detect.ts'
import { makeEdition } from './edition/make.ts'
import { FileUnsupportedError } from './errors.ts'
import { openSource } from './source.ts'
import type { BookFile } from './types.ts'

/**
 * The EPUB 3 that the reader opens in place of a text, Markdown, HTML or FictionBook file, and that the locators of its
 * passages refer to. Deterministic. Throws a `FileError`; `file.unsupported` for formats that are opened as they are.
 */
export async function readingEdition(file: BookFile): Promise<Uint8Array<ArrayBuffer>> {
  await using source = await openSource(file)
  const found = await detect(source, file.name)
  switch (found.format) {
    case 'txt':
    case 'markdown':
    case 'html':
      return makeEdition(source, found.format, file.name)
    case 'fb2':
      return makeEdition(source, found.format, file.name, found.archive)
    default:
      throw new FileUnsupportedError({ feature: `reading edition of ${found.format}` })
  }
}
