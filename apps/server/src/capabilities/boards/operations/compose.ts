/** What goes into a post besides its title, checked as its author sees it. */
import type { components } from '@stoa/contracts'
import { type ContentRef, cidOf, type MediaRef } from '@stoa/records'
import type { TenantContext, Tx } from '../../../platform/database/database.ts'
import { encodeBody, type StoredCitation } from '../body.ts'
import type { BoardParts } from '../components.ts'
import { INLINE_BYTES, storedKey } from '../content/keys.ts'
import { mediaUnknown } from '../errors.ts'
import { putInline, putStored } from '../store/contents.ts'
import { uploadedMedia } from '../store/uploads.ts'

type Schemas = components['schemas']
type Written = Pick<Schemas['NewPost'], 'text' | 'media_ids' | 'citations'>

/** The body, kept in this transaction, and the images. `before`: images that the post has already. */
export async function composed(
  parts: BoardParts,
  tx: Tx,
  context: TenantContext,
  { text, media_ids: ids = [], citations = [] }: Written,
  before: readonly MediaRef[] = [],
): Promise<{ readonly content: ContentRef; readonly media: readonly MediaRef[] }> {
  const body = encodeBody({ text, citations: await citationsFrom(parts, tx, context, citations) })
  const at = new Date(parts.clock.now())
  await keep(parts, tx, context.tenantId, body, at)
  return { content: body.content, media: await mediaFrom(tx, context, ids, before) }
}

/** Keeps a body that was written here. A long one is in blob storage before the row that names it is committed. */
async function keep(
  { blobs }: BoardParts,
  tx: Tx,
  tenantId: string,
  { content, bytes }: { readonly content: ContentRef; readonly bytes: Uint8Array },
  at: Date,
): Promise<void> {
  const kept = { authored: true, at }
  if (bytes.length <= INLINE_BYTES) return putInline(tx, tenantId, content, bytes, kept)
  const options = { contentType: content.type, maxBytes: content.size }
  await blobs.put(storedKey(tenantId, content.digest), bytes, options)
  await putStored(tx, tenantId, content, undefined, kept)
}

async function citationsFrom(
  { visibleBook }: BoardParts,
  tx: Tx,
  context: TenantContext,
  wanted: readonly Schemas['NewBoardCitation'][],
): Promise<StoredCitation[]> {
  const citations: StoredCitation[] = []
  for (const { book_id, locator, quote, chapter } of wanted) {
    const { title, authors, sha256 } = await visibleBook(tx, context, book_id)
    citations.push({ file: sha256, title, authors, locator, quote, chapter: chapter ?? null })
  }
  return citations
}

/** @throws Problem 422 `media.unknown` */
async function mediaFrom(
  tx: Tx,
  { accountId }: TenantContext,
  ids: readonly string[],
  before: readonly MediaRef[],
): Promise<MediaRef[]> {
  const known = new Map(before.map((one) => [cidOf(one.image.digest), one]))
  const uploaded = await uploadedMedia(
    tx,
    accountId,
    ids.filter((id) => !known.has(id)),
  )
  return ids.map((id) => {
    const media = known.get(id) ?? uploaded.get(id)
    if (!media) throw mediaUnknown()
    return media
  })
}
