import { detect } from './detect.ts'
import { makeEdition } from './edition/make.ts'
import { epubPassages } from './epub/passages.ts'
import { mobiPassages } from './mobi/passages.ts'
import { pdfPassages } from './pdf/passages.ts'
import { bytesSource, openSource } from './source.ts'
import type { BookAnalysis, BookFile, Passage } from './types.ts'
import { ZipArchive } from './zip/archive.ts'

/** The book's text in citable pieces, in reading order. `analysis` is what `analyse` gave for the same bytes. */
export async function* passages(file: BookFile, analysis: BookAnalysis): AsyncGenerator<Passage> {
  await using source = await openSource(file)
  const found = await detect(source, file.name)
  switch (found.format) {
    case 'epub':
      return yield* epubPassages(found.archive, analysis)
    case 'pdf':
      return yield* pdfPassages(source, analysis)
    case 'mobi':
    case 'azw3':
      return yield* mobiPassages(source, analysis)
    case 'cbz':
      return
    case 'fb2':
      return yield* editionPassages(await makeEdition(source, 'fb2', file.name, found.archive), analysis)
    default:
      return yield* editionPassages(await makeEdition(source, found.format, file.name), analysis)
  }
}

async function* editionPassages(edition: Uint8Array, analysis: BookAnalysis): AsyncGenerator<Passage> {
  yield* epubPassages(await ZipArchive.open(bytesSource(edition)), analysis)
}
