import { detect } from './detect.ts'
import { makeEdition, needsEdition } from './edition/make.ts'
import { epubPassages } from './epub/passages.ts'
import { pdfPassages } from './pdf/passages.ts'
import { bytesSource, openSource } from './source.ts'
import type { BookAnalysis, BookFile, Passage } from './types.ts'
import { ZipArchive } from './zip/archive.ts'

/** The book's text in citable pieces, in reading order. `analysis` is what `analyse` gave for the same bytes. */
export async function* passages(file: BookFile, analysis: BookAnalysis): AsyncGenerator<Passage> {
  await using source = await openSource(file)
  const { format, archive } = await detect(source, file.name)
  if (needsEdition(format)) {
    const edition = await makeEdition(source, format, file.name, archive)
    yield* epubPassages(await ZipArchive.open(bytesSource(edition)), analysis)
  } else if (format === 'epub' && archive) yield* epubPassages(archive, analysis)
  else if (format === 'pdf') yield* pdfPassages(source, analysis)
}
