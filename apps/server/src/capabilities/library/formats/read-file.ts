import { analyse } from './analyse.ts'
import { type ProcessedCover, processCover } from './cover.ts'
import { readingEdition } from './reading-edition.ts'
import type { BookAnalysis, BookFile } from './types.ts'

/** Everything the library keeps of a file besides its bytes and its passages. */
export interface AnalysedFile {
  /** Without `cover`, which is processed below. */
  analysis: BookAnalysis
  /** The EPUB that the reader opens instead of the file. */
  edition?: Uint8Array<ArrayBuffer>
  cover?: ProcessedCover
}

/** Analyses a file, makes its reading edition where it needs one, and its cover. Throws a `FileError`. */
export async function readFile(file: BookFile): Promise<AnalysedFile> {
  const { cover: picture, ...analysis } = await analyse(file)
  const cover = picture && (await processCover(picture))
  if (picture && !cover) analysis.warnings.push({ code: 'cover_unreadable', params: { part: 'cover' } })
  const edition = analysis.opens === 'edition' ? await readingEdition(file) : undefined
  return { analysis, ...(edition && { edition }), ...(cover && { cover }) }
}
