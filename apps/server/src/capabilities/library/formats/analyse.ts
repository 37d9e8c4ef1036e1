import { detect } from './detect.ts'
import { analyseEdition } from './edition/analyse.ts'
import { makeEdition, needsEdition } from './edition/make.ts'
import { analyseEpub } from './epub/analyse.ts'
import { FileUnsupportedError } from './errors.ts'
import { analysePdf } from './pdf/analyse.ts'
import { openSource } from './source.ts'
import type { BookAnalysis, BookFile, BookFormat } from './types.ts'

/** What the book says about itself. Throws a `FileError` for a file that cannot become a book. */
export async function analyse(file: BookFile): Promise<BookAnalysis> {
  await using source = await openSource(file)
  const { format, archive } = await detect(source, file.name)
  if (needsEdition(format)) {
    return noteLabel(
      await analyseEdition(await makeEdition(source, format, file.name, archive), format, file.name),
      file,
    )
  }
  if (format === 'epub' && archive) return noteLabel(await analyseEpub(archive, file.name), file)
  if (format === 'pdf') return noteLabel(await analysePdf(source, file.name), file)
  throw new FileUnsupportedError({ feature: format })
}

const extensions: Readonly<Record<string, readonly BookFormat[]>> = {
  epub: ['epub'],
  kepub: ['epub'],
  pdf: ['pdf'],
  mobi: ['mobi', 'azw3'],
  prc: ['mobi'],
  azw: ['mobi', 'azw3'],
  azw3: ['azw3', 'mobi'],
  fb2: ['fb2'],
  fbz: ['fb2'],
  cbz: ['cbz'],
  txt: ['txt', 'markdown'],
  md: ['markdown', 'txt'],
  markdown: ['markdown', 'txt'],
  html: ['html'],
  htm: ['html'],
  xhtml: ['html'],
}

/** A file whose name promises another format is taken for what it is, and says so. */
function noteLabel(analysis: BookAnalysis, { name }: BookFile): BookAnalysis {
  const extension = /\.(\w{1,10})$/.exec(name)?.[1]?.toLowerCase()
  const promised = extension ? extensions[extension] : undefined
  if (extension && promised && !promised.includes(analysis.format)) {
    analysis.warnings.push({ code: 'mislabelled', params: { named: extension, found: analysis.format } })
  }
  return analysis
}
