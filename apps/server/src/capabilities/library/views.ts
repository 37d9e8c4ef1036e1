import type { components } from '@stoa/contracts'
import type { BlobStore } from '../../platform/blobs/blobs.ts'
import type { Locator } from './formats/types.ts'
import type { BookRow, StoredCover } from './store/books.ts'
import type { ShelfRow } from './store/shelves.ts'

export type Book = components['schemas']['Book']
export type Cover = components['schemas']['Cover']
export type People = ReadonlyMap<string, string>

const DAY = 86_400

/** Long expiry: the address of a cover stays the same for half a day, so browsers keep it. */
export async function coverView(blobs: BlobStore, cover: StoredCover): Promise<Cover> {
  const sign = (key: string) => blobs.signGet(key, { contentType: 'image/webp', expiresInSeconds: 2 * DAY })
  const [small, large] = await Promise.all([sign(cover.smallKey), sign(cover.largeKey)])
  return {
    small_url: small.url,
    large_url: large.url,
    width: cover.width,
    height: cover.height,
    color: cover.color,
  }
}

/** What the contract calls a Book. `people` names who added it. */
export async function bookView(row: BookRow, blobs: BlobStore, people: People): Promise<Book> {
  const { failure } = row
  return {
    id: row.id,
    workspace_id: row.workspace_id,
    state: row.state,
    progress: row.progress,
    failure: failure && {
      code: failure.code,
      message: failure.message,
      details: { ...failure.details },
      retryable: failure.retryable,
      failed_at: failure.failedAt,
    },
    format: row.format as Book['format'],
    title: row.title,
    subtitle: row.subtitle,
    authors: row.authors,
    language: row.language,
    publisher: row.publisher,
    published: row.published,
    description: row.description,
    series: row.series,
    series_index: row.series_index,
    identifiers: row.identifiers,
    tags: row.tags,
    direction: row.direction,
    cover: row.cover && (await coverView(blobs, row.cover)),
    filename: row.filename,
    size: row.size,
    sha256: row.sha256,
    page_count: row.page_count,
    word_count: row.word_count,
    shelf_ids: row.shelf_ids,
    reading: readingView(row),
    highlight_count: row.highlight_count ?? 0,
    added_by: { account_id: row.added_by, display_name: people.get(row.added_by) ?? '' },
    added_at: row.added_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
    trashed_at: row.trashed_at?.toISOString() ?? null,
    version: row.version,
  }
}

export function readingView(row: BookRow): Book['reading'] {
  return {
    status: row.status ?? 'none',
    fraction: row.fraction ?? 0,
    label: row.label,
    updated_at: row.read_at?.toISOString() ?? null,
    device_name: row.device_name,
  }
}

export function shelfView(row: ShelfRow): components['schemas']['Shelf'] {
  const { created_at, ...rest } = row
  return { ...rest, created_at: created_at.toISOString() }
}

/** The contract's form of a locator that was found while reading a file in. */
export function locatorView(locator: Locator): components['schemas']['Locator'] {
  if (locator.type === 'epub') {
    const { type, cfi, fraction, sectionIndex } = locator
    return {
      type,
      cfi,
      ...(fraction !== undefined && { fraction }),
      ...(sectionIndex !== undefined && { section_index: sectionIndex }),
    }
  }
  const { type, page, start, end, quads, fraction } = locator
  return {
    type,
    page,
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(quads && { quads: quads.map((quad) => [...quad]) }),
    ...(fraction !== undefined && { fraction }),
  }
}
