import { type Operation, operation, type Reply } from '../../../platform/http/operation.ts'
import { notFound } from '../../../platform/http/problem.ts'
import type { LibraryComponents } from '../components.ts'
import { bookNotReady } from '../errors.ts'
import { contentKey } from '../keys.ts'
import { visibleBook } from '../scope.ts'
import { type ContentRow, findContent } from '../store/contents.ts'

const EPUB = 'application/epub+zip'
const EXTENSIONS: Readonly<Record<string, string>> = { markdown: 'md' }
/** Long enough for a large book on a slow line; short enough for a link that leaks. */
const URL_SECONDS = 6 * 3600

type Edition = Pick<Reply<'getBookFile'>['body'], 'format' | 'edition' | 'media_type' | 'size' | 'sha256'>

function editionOf(content: ContentRow, wanted: 'original' | 'reading'): Edition {
  const format = (content.format ?? 'epub') as Edition['format']
  if (wanted === 'reading' && content.reading_sha256 !== null) {
    const size = content.reading_size ?? 0
    return { format: 'epub', edition: 'reading', media_type: EPUB, size, sha256: content.reading_sha256 }
  }
  const media_type = content.media_type ?? 'application/octet-stream'
  return { format, edition: wanted, media_type, size: content.size, sha256: content.sha256 }
}

export const getBookFile = (components: LibraryComponents): Operation =>
  operation('getBookFile', async (request) => {
    const { context, params, query } = request
    const found = await request.read(async (tx) => {
      const book = await visibleBook(components, tx, context, params.book_id)
      const content = await findContent(tx, book.content_id)
      return { book, content }
    })
    if (!found.content) throw notFound('book')
    if (found.content.analysed_at === null) throw bookNotReady()
    const edition = editionOf(found.content, query.edition ?? 'reading')
    const extension = EXTENSIONS[edition.format] ?? edition.format
    const signed = await components.blobs.signGet(contentKey(context.tenantId, edition.sha256), {
      contentType: edition.media_type,
      expiresInSeconds: URL_SECONDS,
      ...(query.download && { downloadName: `${found.book.title}.${extension}` }),
    })
    const transfer = { ...signed, headers: { ...signed.headers }, expires_at: signed.expiresAt.toISOString() }
    return { status: 200, body: { ...edition, transfer } }
  })
