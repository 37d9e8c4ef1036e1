import { analyseCbz } from './cbz/analyse.ts'
import { type Detected, detect } from './detect.ts'
import { analyseEdition } from './edition/analyse.ts'
import { makeEdition } from './edition/make.ts'
import { analyseEpub } from './epub/analyse.ts'
import { analyseMobi } from './mobi/analyse.ts'
import { analysePdf } from './pdf/analyse.ts'
import { type ByteSource, openSource } from './source.ts'
import type { BookAnalysis, BookFile, BookFormat } from './types.ts'

/** What the book says about itself. Throws a `FileError` for a file that cannot become a book. */
export async function analyse(file: BookFile): Promise<BookAnalysis> {
  await using source = await openSource(file)
  const analysis = await analyseFound(source, await detect(source, file.name), file.name)
  const label = labelOf(file.name)
  if (label && !label.formats.includes(analysis.format)) {
    analysis.warnings.push({
      code: 'mislabelled',
      params: { named: label.extension, found: analysis.format },
    })
  }
  return analysis
}

async function analyseFound(source: ByteSource, found: Detected, name: string): Promise<BookAnalysis> {
  switch (found.format) {
    case 'epub':
      return analyseEpub(found.archive, name)
    case 'cbz':
      return analyseCbz(found.archive, name)
    case 'pdf':
      return analysePdf(source, name)
    case 'mobi':
    case 'azw3':
      return analyseMobi(source, found.format, name)
    case 'fb2':
      return analyseEdition(await makeEdition(source, 'fb2', name, found.archive), 'fb2', name)
    default:
      return analyseEdition(await makeEdition(source, found.format, name), found.format, name)
  }
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

/** What the file's name promises; a file is taken for what it is, and says so where the two differ. */
function labelOf(name: string): { extension: string; formats: readonly BookFormat[] } | undefined {
  const extension = /\.(\w{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? ''
  const formats = Object.hasOwn(extensions, extension) ? extensions[extension] : undefined
  return formats && { extension, formats }
}
