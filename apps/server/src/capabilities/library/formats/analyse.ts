import { detect } from './detect.ts'
import { analyseEpub } from './epub/analyse.ts'
import { FileUnsupportedError } from './errors.ts'
import { openSource } from './source.ts'
import type { BookAnalysis, BookFile } from './types.ts'

/** What the book says about itself. Throws a `FileError` for a file that cannot become a book. */
export async function analyse(file: BookFile): Promise<BookAnalysis> {
  await using source = await openSource(file)
  const { format, archive } = await detect(source, file.name)
  if (format === 'epub' && archive) return analyseEpub(archive, file.name)
  throw new FileUnsupportedError({ feature: format })
}
