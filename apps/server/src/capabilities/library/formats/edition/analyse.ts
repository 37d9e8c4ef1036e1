import { analyseEpub } from '../epub/analyse.ts'
import { bytesSource } from '../source.ts'
import type { BookAnalysis } from '../types.ts'
import { ZipArchive } from '../zip/archive.ts'
import type { EditionFormat } from './make.ts'

const mediaTypes: Readonly<Record<EditionFormat, string>> = {
  txt: 'text/plain',
  markdown: 'text/markdown',
  html: 'text/html',
  fb2: 'application/x-fictionbook+xml',
}

/** The analysis of a file by its reading edition. */
export async function analyseEdition(
  edition: Uint8Array,
  format: EditionFormat,
  name: string,
): Promise<BookAnalysis> {
  const analysis = await analyseEpub(await ZipArchive.open(bytesSource(edition)), name)
  // The edition's own number is not the book's.
  const identifiers = analysis.identifiers.filter(({ value }) => !value.startsWith('urn:sha256:'))
  return { ...analysis, identifiers, format, mediaType: mediaTypes[format], opens: 'edition' }
}
