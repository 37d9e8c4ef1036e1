/** Boards, posts and authors as the contract shows them. */
import { buffer } from 'node:stream/consumers'
import type { components } from '@stoa/contracts'
import { CHUNK_BYTES, cidOf, type MediaRef } from '@stoa/records'
import { BlobNotFound } from '../../platform/blobs/errors.ts'
import type { TenantContext, Tx } from '../../platform/database/database.ts'
import { decodeBody, type StoredCitation } from './body.ts'
import type { BoardParts } from './components.ts'
import { storedKey } from './content/keys.ts'
import type { ContentState } from './content/source.ts'
import { type BoardRights, rightsIn } from './rules.ts'
import type { BoardRow } from './store/boards.ts'
import { type ContentRow, findContents } from './store/contents.ts'
import { countMissing } from './store/kept.ts'
import { accountsOf, authorOfAccount } from './store/keys.ts'
import { namesOf } from './store/names.ts'
import type { PostRow } from './store/posts.ts'

type Schemas = components['schemas']
type Author = Schemas['Author']

const URL_SECONDS = 3600
const FETCHING = { state: 'fetching', reason: null } as const

/** Who these authors are: members here by their account, others as trusted nodes say. */
export async function presentAuthors(
  { people }: Pick<BoardParts, 'people'>,
  tx: Tx,
  ids: readonly (string | null)[],
): Promise<(id: string) => Author> {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  const accounts = await accountsOf(tx, wanted)
  const display = await people(tx, [...accounts.values()])
  const said = Map.groupBy(
    await namesOf(
      tx,
      wanted.filter((id) => !accounts.has(id)),
    ),
    (row) => row.author_id,
  )
  return (id) => {
    const account = accounts.get(id)
    if (account !== undefined)
      return { author_id: id, display_name: display.get(account) ?? '', account_id: account, verified: true }
    const [best] = said.get(id) ?? []
    return {
      author_id: id,
      display_name: best?.name ?? '',
      account_id: null,
      verified: best?.trusted ?? false,
    }
  }
}

export async function rightsOf(tx: Tx, context: TenantContext, board: BoardRow): Promise<BoardRights> {
  return rightsIn(board, await authorOfAccount(tx, context.accountId), context.role)
}

export async function presentBoards(
  parts: BoardParts,
  tx: Tx,
  context: TenantContext,
  rows: readonly BoardRow[],
): Promise<Schemas['Board'][]> {
  const authors = await presentAuthors(
    parts,
    tx,
    rows.map((row) => row.owner_id),
  )
  const me = await authorOfAccount(tx, context.accountId)
  const replicated = parts.content.replicates(context.tenantId)
  return rows.map((row) => boardView(row, { authors, me, replicated, context }))
}

function boardView(
  row: BoardRow,
  {
    authors,
    me,
    replicated,
    context,
  }: {
    authors: (id: string) => Author
    me: string | null
    replicated: boolean
    context: TenantContext
  },
): Schemas['Board'] {
  return {
    id: row.id,
    title: row.title,
    access: row.access,
    reach: row.reach,
    policy: row.policy,
    owner: row.owner_id === null ? null : authors(row.owner_id),
    post_count: row.post_count,
    last_active_at: row.last_active_at.toISOString(),
    created_at: row.created_at.toISOString(),
    replicated,
    can: rightsIn(row, me, context.role),
  }
}

export async function presentBoard(
  parts: BoardParts,
  tx: Tx,
  context: TenantContext,
  row: BoardRow,
): Promise<Schemas['BoardDetail']> {
  const { moderators, authors, banned } = row
  const who = await presentAuthors(parts, tx, [row.owner_id, ...moderators, ...authors, ...banned])
  const me = await authorOfAccount(tx, context.accountId)
  const replicated = parts.content.replicates(context.tenantId)
  return {
    ...boardView(row, { authors: who, me, replicated, context }),
    moderators: moderators.map(who),
    authors: authors.map(who),
    banned: banned.map(who),
    accepted: row.accepted,
    kept_out: row.kept_out,
  }
}

/** Posts for a list: thumbnails, no bodies. */
export async function presentPosts(
  parts: BoardParts,
  tx: Tx,
  tenantId: string,
  rows: readonly PostRow[],
): Promise<Schemas['Post'][]> {
  const authors = await presentAuthors(
    parts,
    tx,
    rows.flatMap((row) => [row.author_id, row.hidden_by]),
  )
  const media = rows.flatMap((row) => row.media)
  const here = await findContents(
    tx,
    media.map(({ thumb }) => thumb.digest),
  )
  return Promise.all(
    rows.map(async (row) => postView(row, authors, await imagesOf(parts, tenantId, row.media, here, false))),
  )
}

function postView(
  row: PostRow,
  authors: (id: string) => Author,
  images: Schemas['BoardImage'][],
): Schemas['Post'] {
  return {
    ...{ id: row.id, board_id: row.board_id, title: row.title, images },
    author: authors(row.author_id),
    content_cid: cidOf(row.digest),
    size: row.size,
    comment_count: row.comment_count,
    ...{ pinned: row.pinned, locked: row.locked, deleted: row.deleted, kept: row.kept },
    hidden: hiddenNote(row, authors),
    body_state: row.body_here ? 'present' : 'missing',
    created_at: row.created_at.toISOString(),
    edited_at: row.edited_at?.toISOString() ?? null,
    last_active_at: row.last_active_at.toISOString(),
  }
}

const hiddenNote = ({ hidden_by: by, hidden_reason: reason }: PostRow, authors: (id: string) => Author) =>
  by === null ? null : { by: authors(by), reason: reason ?? '' }

/** `full`: with the addresses of the images themselves. */
export async function imagesOf(
  { blobs }: Pick<BoardParts, 'blobs'>,
  tenantId: string,
  media: readonly MediaRef[],
  here: ReadonlyMap<string, ContentRow>,
  full: boolean,
): Promise<Schemas['BoardImage'][]> {
  const url = async (digest: string) => {
    const row = here.get(digest)
    if (!row?.whole || !row.in_storage) return null
    const options = { contentType: row.media_type, expiresInSeconds: URL_SECONDS }
    return (await blobs.signGet(storedKey(tenantId, digest), options)).url
  }
  return Promise.all(
    media.map(async ({ image, thumb, width, height }) => ({
      ...{ width, height, size: image.size, mime: image.type },
      image_cid: cidOf(image.digest),
      thumb_cid: cidOf(thumb.digest),
      thumb_url: await url(thumb.digest),
      image_url: full ? await url(image.digest) : null,
    })),
  )
}

/** What is told in place of what somebody may not see or took back. */
const withheld: Schemas['PostBody'] = { state: 'unavailable', reason: 'deleted', text: null, citations: [] }

/** Posts or comments with their bodies. `missing`: what is known of those that are not here. */
export async function presentDetails(
  parts: BoardParts,
  tx: Tx,
  context: TenantContext,
  board: BoardRow,
  rows: readonly PostRow[],
  missing: ContentState,
): Promise<Schemas['PostDetail'][]> {
  const { tenantId } = context
  const me = await authorOfAccount(tx, context.accountId)
  const can = rightsIn(board, me, context.role)
  const authors = await presentAuthors(
    parts,
    tx,
    rows.flatMap((row) => [row.author_id, row.hidden_by]),
  )
  const media = rows.flatMap((row) => row.media)
  const digests = [
    ...rows.map((row) => row.digest),
    ...media.flatMap(({ image, thumb }) => [image.digest, thumb.digest]),
  ]
  const here = await findContents(tx, digests)
  const details: Schemas['PostDetail'][] = []
  for (const row of rows) {
    const visible = !row.deleted && (row.hidden_by === null || can.moderate || row.author_id === me)
    const images = visible ? await imagesOf(parts, tenantId, row.media, here, true) : []
    // Whoever is banned changes nothing any more, of what is their own either.
    const mine = me !== null && row.author_id === me && !row.deleted && !board.banned.includes(me)
    details.push({
      ...postView(row, authors, images),
      title: visible ? row.title : '',
      kept_missing: row.kept && row.root_id === null ? await countMissing(tx, row.id) : 0,
      body: visible ? await bodyOf(parts, tx, tenantId, row, here.get(row.digest), missing) : withheld,
      can: {
        edit: mine,
        delete: mine,
        hide: can.moderate && !row.deleted,
        comment: can.comment && (!row.locked || can.moderate),
      },
    })
  }
  return details
}

async function bodyOf(
  parts: BoardParts,
  tx: Tx,
  tenantId: string,
  row: PostRow,
  content: ContentRow | undefined,
  missing: ContentState,
): Promise<Schemas['PostBody']> {
  const bytes =
    content?.whole && content.size <= CHUNK_BYTES ? await bytesOf(parts, tenantId, content) : undefined
  if (bytes === undefined) {
    const state = missing.state === 'present' ? FETCHING : missing
    return { ...state, text: null, citations: [] }
  }
  const { text, citations } = decodeBody(bytes, row.media_type)
  return { state: 'present', reason: null, text, citations: await presentCitations(parts, tx, citations) }
}

/** `undefined` when the bytes are not where they should be: they will be fetched again. */
async function bytesOf(
  { blobs, content }: Pick<BoardParts, 'blobs' | 'content'>,
  tenantId: string,
  { bytes, digest }: ContentRow,
): Promise<Uint8Array | undefined> {
  if (bytes !== null) return bytes
  try {
    return await buffer(await blobs.get(storedKey(tenantId, digest)))
  } catch (error) {
    if (!(error instanceof BlobNotFound)) throw error
    content.lost(tenantId, digest)
    return undefined
  }
}

async function presentCitations(
  { booksOfFiles }: Pick<BoardParts, 'booksOfFiles'>,
  tx: Tx,
  citations: readonly StoredCitation[],
): Promise<Schemas['BoardCitation'][]> {
  const books = await booksOfFiles(
    tx,
    citations.map(({ file }) => file),
  )
  return citations.map(({ file, title, authors, locator, quote, chapter }) => ({
    ...{ book_id: books.get(file) ?? null, locator, quote, chapter },
    book_title: title,
    book_authors: [...authors],
  }))
}

/** A comment is shown like a post, without what only posts have. */
export function asComment(detail: Schemas['PostDetail'], row: PostRow): Schemas['Comment'] {
  const { id, author, images, hidden, deleted, body, created_at, edited_at, can } = detail
  return {
    ...{ id, author, images, hidden, deleted, body, created_at, edited_at, can },
    post_id: row.root_id ?? row.id,
    parent_id: row.parent_id ?? row.id,
  }
}
