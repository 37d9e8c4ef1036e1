import { buffer } from 'node:stream/consumers'
import type { TenantContext } from '../../../platform/database/database.ts'
import type { DocumentsComponents } from '../components.ts'
import { fileKey, thumbnailKey } from '../keys.ts'
import { type ReadyFile, readableFiles } from '../store/files.ts'
import { type DocumentNode, newId, schema } from '../texts.ts'
import type { FoundPicture, ReadFile } from './docx-import.ts'

/** A picture that was stored for a new document, and the id under which it stands in what was read. */
export interface KeptPicture {
  readonly placedAs: string
  readonly file: Pick<ReadyFile, 'id' | 'filename' | 'size' | 'media_type' | 'image'>
}

/** Pictures out of the file, and images of other documents that the caller may read: stored anew for this one. */
export async function keepPictures(
  components: DocumentsComponents,
  context: TenantContext,
  { doc, pictures }: Pick<ReadFile, 'doc' | 'pictures'>,
): Promise<KeptPicture[]> {
  const inside = new Set(pictures.map(({ id }) => id))
  const ids = (await schema()).filesOf(doc).filter((id) => !inside.has(id))
  const elsewhere = await components.database.tenantRead(context, (tx) => readableFiles(tx, ids))
  const kept: KeptPicture[] = []
  for (const picture of pictures)
    kept.push(...(await store(components, context.tenantId, picture, picture.id)))
  for (const { id } of elsewhere) {
    const bytes = await buffer(await components.blobs.get(fileKey(context.tenantId, id)))
    kept.push(...(await store(components, context.tenantId, { id: newId(components), bytes }, id)))
  }
  return kept
}

/** Nothing when it is no picture that a browser shows. */
async function store(
  { blobs, thumbnailOf }: DocumentsComponents,
  tenantId: string,
  { id, bytes }: FoundPicture,
  placedAs: string,
): Promise<KeptPicture[]> {
  const picture = await thumbnailOf(async () => bytes)
  if (!picture) return []
  const { mediaType, image } = picture
  await blobs.put(fileKey(tenantId, id), bytes, { contentType: mediaType, maxBytes: bytes.length })
  const small = { contentType: 'image/webp', maxBytes: picture.bytes.length }
  await blobs.put(thumbnailKey(tenantId, id), picture.bytes, small)
  const filename = `image.${mediaType.slice('image/'.length)}`
  return [{ placedAs, file: { id, filename, size: bytes.length, media_type: mediaType, image } }]
}

/** The document with the pictures that were kept; the others' descriptions stand in their places. */
export async function withPictures(doc: DocumentNode, kept: readonly KeptPicture[]): Promise<DocumentNode> {
  const ids = new Map(kept.map(({ placedAs, file }) => [placedAs, file.id]))
  return (await schema()).toDocument(replaced(doc.toJSON() as Json, ids))
}

interface Json {
  readonly type: string
  readonly attrs?: Readonly<Record<string, unknown>>
  readonly content?: readonly Json[]
}

function replaced(node: Json, ids: ReadonlyMap<string, string>): Json {
  if (node.type === 'image')
    return { ...node, attrs: { ...node.attrs, file_id: ids.get(String(node.attrs?.file_id)) } }
  return node.content === undefined
    ? node
    : { ...node, content: node.content.map((one) => replaced(one, ids)) }
}
