/** Messages as the contract shows them. Nothing here depends on who asks, so that one copy serves all readers of a room. */
import type { components } from '@stoa/contracts'
import type { Tx } from '../../platform/database/database.ts'
import type { CitedBook, RoomsComponents } from './components.ts'
import { attachmentKey, thumbnailKey } from './keys.ts'
import { plainText } from './rules.ts'
import {
  type MessageRow,
  messagesById,
  type StoredAttachment,
  type StoredCitation,
  type StoredQuote,
} from './store/messages.ts'
import { type ReactionRow, reactionsOf } from './store/reactions.ts'
import { type RoomRow, roomsById } from './store/rooms.ts'

type Schemas = components['schemas']
export type Message = Schemas['Message']
export type RoomPlace = Pick<RoomRow, 'id' | 'workspace_id' | 'visibility' | 'kind'>

const URL_SECONDS = 3600
const QUOTED_LENGTH = 1000

/** Names by account. */
export type People = ReadonlyMap<string, string>

/** Looked up once for a whole page. */
interface Lookups {
  readonly people: People
  readonly books: ReadonlyMap<string, CitedBook>
  readonly reactions: ReadonlyMap<string, ReactionRow[]>
  readonly quoted: ReadonlyMap<string, MessageRow>
  /** Rooms whose messages every reader of this room may read. */
  readonly readable: ReadonlySet<string>
}

export async function presentMessages(
  components: RoomsComponents,
  tx: Tx,
  { tenantId, room }: { readonly tenantId: string; readonly room: RoomPlace },
  rows: readonly MessageRow[],
): Promise<Message[]> {
  const lookups = await lookUp(components, tx, room, { rows, reacted: rows, known: new Map() })
  return Promise.all(
    rows.map(async (row) => ({
      ...messageView(row, lookups),
      attachments: await Promise.all(
        row.attachments.map((file) => attachmentView(components, tenantId, file)),
      ),
    })),
  )
}

/**
 * How a message that is about to be written will be shown. All that is asked for is asked for here, before the message takes
 * its place and the room is locked; people that are `known` are not.
 */
export async function presenterOf(
  components: RoomsComponents,
  tx: Tx,
  { tenantId, room }: { readonly tenantId: string; readonly room: RoomPlace },
  fresh: MessageRow,
  known: People,
): Promise<(placed: MessageRow) => Message> {
  const lookups = await lookUp(components, tx, room, { rows: [fresh], reacted: [], known })
  const attachments = await Promise.all(
    fresh.attachments.map((file) => attachmentView(components, tenantId, file)),
  )
  return (placed) => ({ ...messageView(placed, lookups), attachments })
}

/** `reacted`: of which of the messages reactions are looked for. */
async function lookUp(
  components: RoomsComponents,
  tx: Tx,
  room: RoomPlace,
  {
    rows,
    reacted,
    known,
  }: {
    readonly rows: readonly MessageRow[]
    readonly reacted: readonly MessageRow[]
    readonly known: People
  },
): Promise<Lookups> {
  const quotedIds = rows.flatMap((row) =>
    row.quotes.flatMap((quote) => (quote.kind === 'message' ? [quote.id] : [])),
  )
  const quoted = quotedIds.length === 0 ? [] : await messagesById(tx, quotedIds)
  const elsewhere = [...new Set(quoted.map((row) => row.room_id).filter((id) => id !== room.id))]
  const sources = elsewhere.length === 0 ? [] : await roomsById(tx, elsewhere)
  const bookIds = [...new Set(rows.flatMap((row) => row.citations.map((citation) => citation.book_id)))]
  const books =
    room.workspace_id === null || bookIds.length === 0
      ? new Map()
      : await components.booksOf(tx, room.workspace_id, bookIds)
  const reactions = await reactionsOf(
    tx,
    reacted.filter((row) => row.deleted_at === null).map((row) => row.id),
  )
  return {
    people: await peopleIn(components, tx, [...rows, ...quoted], known),
    books,
    reactions: Map.groupBy(reactions, (one) => one.message_id),
    quoted: new Map(quoted.map((row) => [row.id, row])),
    readable: new Set([room.id, ...sources.filter((one) => isOpenTo(one, room)).map((one) => one.id)]),
  }
}

async function peopleIn(
  components: RoomsComponents,
  tx: Tx,
  rows: readonly MessageRow[],
  known: People,
): Promise<People> {
  const ids = new Set(rows.flatMap(accountsIn))
  const found = await components.people(
    tx,
    [...ids].filter((id) => !known.has(id)),
  )
  return new Map([...known, ...found])
}

/** Whoever reads a shared room belongs to its workspace, and so reads the open rooms of that workspace. */
const isOpenTo = (source: RoomPlace, room: RoomPlace): boolean =>
  source.visibility === 'open' && source.workspace_id !== null && source.workspace_id === room.workspace_id

function accountsIn(row: MessageRow): string[] {
  const marked = row.citations.flatMap(({ marked_by }) => (marked_by === null ? [] : [marked_by]))
  const quoted = row.quotes.flatMap((quote) => (quote.kind === 'message' ? [] : [quote.author_id]))
  return [row.account_id, ...row.mentions, ...row.repliers, ...marked, ...quoted]
}

const person = (id: string, people: Lookups['people']): Schemas['Person'] => ({
  account_id: id,
  display_name: people.get(id) ?? '',
})

function messageView(row: MessageRow, lookups: Lookups): Omit<Message, 'attachments'> {
  const { people } = lookups
  return {
    id: row.id,
    room_id: row.room_id,
    sequence: row.sequence,
    revision: row.revision,
    version: row.version,
    author: person(row.account_id, people),
    body: row.body,
    thread_root_id: row.thread_root_id,
    thread: threadView(row, people),
    mentions: row.mentions.map((id) => person(id, people)),
    mentions_everyone: row.mentions_everyone,
    citations: row.citations.map((citation) => citationView(citation, lookups)),
    quotes: row.quotes.map((quote) => quoteView(quote, lookups)),
    reactions: (lookups.reactions.get(row.id) ?? []).map(({ emoji, count, account_ids }) => ({
      emoji,
      count,
      account_ids,
    })),
    created_at: row.created_at.toISOString(),
    edited_at: row.edited_at?.toISOString() ?? null,
    deleted_at: row.deleted_at?.toISOString() ?? null,
  }
}

function threadView(row: MessageRow, people: Lookups['people']): Message['thread'] {
  if (row.reply_count === 0 || row.last_reply_at === null) return null
  return {
    reply_count: row.reply_count,
    last_reply_at: row.last_reply_at.toISOString(),
    people: row.repliers.map((id) => person(id, people)),
  }
}

function citationView(citation: StoredCitation, { books, people }: Lookups): Schemas['Citation'] {
  const book = books.get(citation.book_id)
  const { book_id, locator, quote, chapter, color, marked_by } = citation
  return {
    ...{ book_id, locator, quote, chapter, color },
    book_title: book?.title ?? citation.book_title,
    book_authors: [...(book?.authors ?? citation.book_authors)],
    cover: book?.cover ?? null,
    marked_by: marked_by === null ? null : person(marked_by, people),
  }
}

const nothing = {
  ...{ room_id: null, sequence: null, author: null, text: null, book_id: null, book_title: null },
  ...{ locator: null, quote: null, color: null, created_at: null },
}

function quoteView(quote: StoredQuote, { quoted, readable, people }: Lookups): Schemas['Quote'] {
  if (quote.kind !== 'message') {
    const { kind, id, author_id, text, book_id, book_title, locator, color, created_at } = quote
    return {
      ...nothing,
      ...{ kind, id, text, book_id, book_title, locator, color, created_at },
      quote: quote.quote,
      author: person(author_id, people),
    }
  }
  const { kind, id, room_id } = quote
  const row = quoted.get(id)
  if (row === undefined || !readable.has(room_id)) return { ...nothing, kind, id, room_id }
  return {
    ...nothing,
    ...{ kind, id, room_id },
    sequence: row.sequence,
    author: person(row.account_id, people),
    text: row.deleted_at === null ? plainText(row.body, QUOTED_LENGTH) : null,
    created_at: row.created_at.toISOString(),
  }
}

/** Pictures are shown, everything else is only ever downloaded. */
export async function attachmentView(
  { blobs }: Pick<RoomsComponents, 'blobs'>,
  tenantId: string,
  file: StoredAttachment,
): Promise<Schemas['Attachment']> {
  const { id, filename, media_type, size, image } = file
  const whole = await blobs.signGet(attachmentKey(tenantId, id), {
    contentType: image === null ? 'application/octet-stream' : media_type,
    ...(image === null ? { downloadName: filename } : {}),
    expiresInSeconds: URL_SECONDS,
  })
  const thumbnail =
    image &&
    (await blobs.signGet(thumbnailKey(tenantId, id), {
      contentType: 'image/webp',
      expiresInSeconds: URL_SECONDS,
    }))
  return {
    ...{ id, filename, media_type, size },
    url: whole.url,
    image: image && thumbnail && { ...image, thumbnail_url: thumbnail.url },
  }
}
