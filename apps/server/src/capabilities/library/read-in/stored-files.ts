import { createHash } from 'node:crypto'
import type { LibraryComponents } from '../components.ts'
import { contentKey, coverKey } from '../keys.ts'
import type { StoredCover } from '../store/books.ts'
import { reserveEdition } from '../store/contents.ts'
import { lockDigest } from '../store/digests.ts'
import type { AnalysedFile } from './book-reader.ts'

interface Content {
  readonly tenantId: string
  readonly contentId: string
}

const EPUB = 'application/epub+zip'

/** Its last book was removed for good while it was read in. The next try finds nothing to do. */
export class ContentGone extends Error {
  override name = 'ContentGone'

  constructor() {
    super('The content was cleared up while it was read in')
  }
}

/** The EPUB made of a text. The content names it before it is written, so that clearing up leaves it alone. */
export async function storeEdition(
  { blobs, database }: Pick<LibraryComponents, 'blobs' | 'database'>,
  { tenantId, contentId }: Content,
  { edition }: Pick<AnalysedFile, 'edition'>,
): Promise<{ sha256: string; size: number } | undefined> {
  if (!edition) return undefined
  const sha256 = createHash('sha256').update(edition).digest('hex')
  await database.tenant({ tenantId, accountId: null }, async (tx) => {
    await lockDigest(tx, tenantId, sha256)
    if (!(await reserveEdition(tx, contentId, sha256))) throw new ContentGone()
  })
  await blobs.put(contentKey(tenantId, sha256), edition, { contentType: EPUB, maxBytes: edition.length })
  return { sha256, size: edition.length }
}

export async function storeCover(
  { blobs }: Pick<LibraryComponents, 'blobs'>,
  { tenantId, contentId }: Content,
  { cover }: Pick<AnalysedFile, 'cover'>,
): Promise<StoredCover | null> {
  if (!cover) return null
  const smallKey = coverKey(tenantId, contentId, 'small')
  const largeKey = coverKey(tenantId, contentId, 'large')
  const options = { contentType: 'image/webp', maxBytes: 8 << 20 }
  await Promise.all([blobs.put(smallKey, cover.small, options), blobs.put(largeKey, cover.large, options)])
  return { smallKey, largeKey, width: cover.width, height: cover.height, color: cover.color }
}
