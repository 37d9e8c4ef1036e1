import { detect } from './detect.ts'
import { epubPassages } from './epub/passages.ts'
import { openSource } from './source.ts'
import type { BookAnalysis, BookFile, Passage } from './types.ts'

/** The book's text in citable pieces, in reading order. `analysis` is what `analyse` gave for the same bytes. */
export async function* passages(file: BookFile, analysis: BookAnalysis): AsyncGenerator<Passage> {
  await using source = await openSource(file)
  const { format, archive } = await detect(source, file.name)
  if (format === 'epub' && archive) yield* epubPassages(archive, analysis)
}
