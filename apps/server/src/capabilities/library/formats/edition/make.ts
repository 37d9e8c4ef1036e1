import { FileNotABookError } from '../errors.ts'
import { fb2Edition } from '../fb2/edition.ts'
import { limits } from '../limits.ts'
import { type ByteSource, readAll } from '../source.ts'
import { decodeMarkup, decodePlainText } from '../text/decode.ts'
import type { ZipArchive } from '../zip/archive.ts'
import { buildEdition } from './build.ts'
import { htmlEdition } from './html.ts'
import { markdownEdition } from './markdown.ts'
import { textEdition } from './text.ts'

/** What the reader opens as an EPUB made of it. */
export type EditionFormat = 'txt' | 'markdown' | 'html' | 'fb2'

/** The EPUB made of the file. The same file gives the same bytes. Throws a `FileError`. */
export async function makeEdition(
  source: ByteSource,
  format: EditionFormat,
  name: string,
  archive?: ZipArchive,
): Promise<Uint8Array<ArrayBuffer>> {
  if (format === 'fb2') return buildEdition(fb2Edition(await readFb2(source, archive), name))
  const bytes = await readAll(source, limits.markup)
  if (format === 'html') return buildEdition(htmlEdition(decodeMarkup(bytes).text, name))
  const { text } = decodePlainText(bytes)
  return buildEdition(format === 'markdown' ? markdownEdition(text, name) : textEdition(text, name))
}

async function readFb2(source: ByteSource, archive: ZipArchive | undefined): Promise<Uint8Array> {
  if (!archive) return readAll(source, limits.wholeFile)
  const entry = archive.entries.find((each) => /\.fb2$/i.test(each.name))
  if (!entry) throw new FileNotABookError({ found: 'zip' })
  return archive.read(entry, limits.wholeFile)
}
