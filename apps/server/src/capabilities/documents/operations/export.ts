import { type Operation, operation, type Request } from '../../../platform/http/operation.ts'
import type { DocumentsComponents } from '../components.ts'
import { versionNotFound } from '../errors.ts'
import { docxFile } from '../formats/docx-file.ts'
import { epubFile } from '../formats/epub-file.ts'
import { htmlFile } from '../formats/html-file.ts'
import { carriedImages, type Images } from '../formats/images.ts'
import { enter } from '../scope.ts'
import { type ReadyFile, readableFiles } from '../store/files.ts'
import { contentOfVersion } from '../store/versions.ts'
import { type DocumentNode, schema, type Texts } from '../texts.ts'

export const getDocumentContent = (_: DocumentsComponents, texts: Texts): Operation =>
  operation('getDocumentContent', async (request) => {
    const { context, params } = request
    await request.read((tx) => enter(tx, context, params.document_id))
    const { doc } = await texts.read({ tenantId: context.tenantId, documentId: params.document_id })
    const { outlineOf, toMarkdown, wordCount } = await schema()
    const outline = outlineOf(doc).map(({ level, text }) => ({ level, text }))
    const body = { content: doc.toJSON(), markdown: toMarkdown(doc), word_count: wordCount(doc), outline }
    return { status: 200, body }
  })

/** What is to be written into a file. */
interface Exported {
  readonly title: string
  readonly authors: readonly string[]
  readonly doc: DocumentNode
  readonly files: readonly ReadyFile[]
}

type Export = Request<'exportDocument'>

async function exported(components: DocumentsComponents, texts: Texts, request: Export): Promise<Exported> {
  const { context, params, query } = request
  const documentId = params.document_id
  const { toDocument, filesOf } = await schema()
  const known = await request.read(async (tx) => {
    const { document } = await enter(tx, context, documentId)
    const content = query.version_id && (await contentOfVersion(tx, documentId, query.version_id))
    if (query.version_id !== undefined && content === undefined) throw versionNotFound()
    const people = await components.people(tx, [document.created_by])
    return { title: document.title, authors: [...people.values()], content }
  })
  const place = { tenantId: context.tenantId, documentId }
  const doc = known.content === undefined ? (await texts.read(place)).doc : toDocument(known.content)
  const files = await request.read((tx) => readableFiles(tx, filesOf(doc)))
  return { ...known, doc, files }
}

export const exportDocument = (components: DocumentsComponents, texts: Texts): Operation =>
  operation('exportDocument', async (request) => {
    const { format } = request.query
    const { title, authors, doc, files } = await exported(components, texts, request)
    const headers = {
      'content-disposition': disposition(title, EXTENSIONS[format]),
      'content-type': TYPES[format],
    }
    if (format === 'markdown') return { status: 200, headers, body: (await schema()).toMarkdown(doc) }
    const images = await carriedImages(components, request.context.tenantId, files)
    return { status: 200, headers, body: await fileOf(format, { title, authors, doc, images }) }
  })

async function fileOf(
  format: 'html' | 'docx' | 'epub',
  { title, authors, doc, images }: Omit<Exported, 'files'> & { readonly images: Images },
): Promise<string | Uint8Array> {
  if (format === 'html') return htmlFile(title, doc, images)
  if (format === 'docx') return docxFile(title, doc, images)
  return epubFile({ title: title || '…', authors, language: languageOf(doc) }, doc, images)
}

/** Chinese where a good part of it is; a document has no language of its own. */
export const languageOf = (doc: DocumentNode): 'zh' | 'en' => {
  const text = doc.textContent
  return (text.match(/\p{Script=Han}/gu)?.length ?? 0) * 4 > text.length ? 'zh' : 'en'
}

const EXTENSIONS = { markdown: 'md', html: 'html', docx: 'docx', epub: 'epub' } as const
const TYPES = {
  markdown: 'text/markdown; charset=utf-8',
  html: 'text/html; charset=utf-8',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  epub: 'application/epub+zip',
} as const

/** RFC 6266: a name in ASCII for old clients, and the real one. */
function disposition(title: string, extension: string): string {
  const name = `${
    title
      .replace(/[\p{Cc}/\\:*?"<>|]+/gu, ' ')
      .trim()
      .slice(0, 100)
      .toWellFormed() || 'document'
  }.${extension}`
  const ascii = name.replace(/[^\x20-\x7e]/g, '_').replaceAll('%', '_')
  const encoded = encodeURIComponent(name).replace(/['()]/g, (char) => `%${char.charCodeAt(0).toString(16)}`)
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
