import { FileDrmError, FileNotABookError, FileUnsupportedError } from '../errors.ts'
import type { ZipArchive } from './archive.ts'

const picture = /\.(jpe?g|png|gif|webp|avif|jxl|bmp|svg)$/i
/** Files that comic archives carry beside their pages. */
const beside =
  /(^|\/)(comicinfo\.xml|\.ds_store|thumbs\.db|desktop\.ini|[^/]*\.(txt|nfo|json|xml))$|^__macosx\//i

const officeMarks: readonly (readonly [RegExp, string])[] = [
  [/^word\//, 'docx'],
  [/^xl\//, 'xlsx'],
  [/^ppt\//, 'pptx'],
  [/^Index\/.*\.iwa$/, 'pages'],
  [/^AndroidManifest\.xml$/, 'apk'],
]

/** Tells the book formats that are ZIP containers apart by what is in them. */
export async function detectArchive(archive: ZipArchive): Promise<'epub' | 'cbz' | 'fb2'> {
  const mimetype = await readMimetype(archive)
  if (archive.find('META-INF/container.xml') || mimetype === 'application/epub+zip') return 'epub'
  if (archive.find('license.lcpl')) throw new FileDrmError({ scheme: 'lcp' })
  const names = archive.entries.map((entry) => entry.name)
  if (names.some((name) => /\.fb2$/i.test(name))) return 'fb2'
  const pictures = names.filter((name) => picture.test(name) && !beside.test(name))
  const rest = names.filter((name) => !picture.test(name) && !beside.test(name))
  if (pictures.length > 0 && rest.length <= pictures.length / 10) return 'cbz'
  for (const [mark, feature] of officeMarks) {
    if (names.some((name) => mark.test(name))) throw new FileUnsupportedError({ feature })
  }
  const openDocument = /^application\/vnd\.oasis\.opendocument\.(\w+)/.exec(mimetype ?? '')
  if (openDocument) throw new FileUnsupportedError({ feature: `opendocument ${openDocument[1]}` })
  throw new FileNotABookError({ found: 'zip' })
}

async function readMimetype(archive: ZipArchive): Promise<string | undefined> {
  const entry = archive.find('mimetype')
  if (!entry || entry.size > 256) return undefined
  const content = await archive.read(entry)
  return new TextDecoder().decode(content).trim()
}
