/** What goes into a message besides its text, looked up and checked as its author sees it. */
import type { components } from '@stoa/contracts'
import type { TenantContext, Tx } from '../../platform/database/database.ts'
import { notFound } from '../../platform/http/problem.ts'
import type { RoomsComponents } from './components.ts'
import { attachmentUnusable, messageEmpty, messageNotFound, messageTooLarge } from './errors.ts'
import { MAX_BODY_BYTES, mentionsIn } from './rules.ts'
import { claimAttachments } from './store/attachments.ts'
import { memberIds } from './store/members.ts'
import {
  findMessage,
  type StoredAttachment,
  type StoredCitation,
  type StoredQuote,
} from './store/messages.ts'
import { findRoom } from './store/rooms.ts'

type Schemas = components['schemas']

const QUOTED_LENGTH = 1000

/** @throws Problem 413 `message.too_large` */
export function checkSize(body: string): void {
  if (Buffer.byteLength(body) > MAX_BODY_BYTES) throw messageTooLarge()
}

/** @throws Problem 422 `message.empty` */
export function checkContent(body: string, parts: number): void {
  if (body.trim() === '' && parts === 0) throw messageEmpty()
}

/** Whom the text mentions of those who are in the room. */
export async function mentionsOf(
  tx: Tx,
  roomId: string,
  body: string,
): Promise<{ accounts: string[]; everyone: boolean }> {
  const { accounts, everyone } = mentionsIn(body)
  if (accounts.length === 0) return { accounts, everyone }
  const present = await memberIds(tx, roomId, accounts)
  return { accounts: accounts.filter((id) => present.has(id)), everyone }
}

/** @throws Problem 404 when the author cannot see the book or highlight */
export async function citationsFrom(
  components: RoomsComponents,
  tx: Tx,
  context: TenantContext,
  wanted: readonly Schemas['NewCitation'][],
): Promise<StoredCitation[]> {
  const citations: StoredCitation[] = []
  for (const { book_id, locator, quote, chapter, highlight_id } of wanted) {
    const book = await components.visibleBook(tx, context, book_id)
    const mark =
      highlight_id === undefined
        ? undefined
        : await components.quotable(tx, context, 'highlight', highlight_id)
    if (highlight_id !== undefined && mark?.book_id !== book_id) throw notFound('highlight')
    citations.push({
      book_id,
      locator,
      quote: { exact: quote.exact, prefix: quote.prefix ?? '', suffix: quote.suffix ?? '' },
      chapter: chapter ?? null,
      book_title: book.title,
      book_authors: [...book.authors],
      color: mark?.color ?? null,
      marked_by: mark?.account_id ?? null,
    })
  }
  return citations
}

/** @throws Problem 404 when the author cannot see what is quoted */
export async function quotesFrom(
  components: RoomsComponents,
  tx: Tx,
  context: TenantContext,
  wanted: readonly Schemas['NewQuote'][],
): Promise<StoredQuote[]> {
  const quotes: StoredQuote[] = []
  for (const { kind, id, room_id } of wanted) {
    quotes.push(
      kind === 'message'
        ? await messageQuote(tx, context, id, room_id)
        : await markQuote(components, tx, context, kind, id),
    )
  }
  return quotes
}

async function messageQuote(
  tx: Tx,
  { accountId }: TenantContext,
  id: string,
  roomId: string | undefined,
): Promise<StoredQuote> {
  const room = roomId === undefined ? undefined : await findRoom(tx, accountId, roomId)
  const message = room && (await findMessage(tx, room.id, id))
  if (!message || message.deleted_at !== null) throw messageNotFound()
  return { kind: 'message', id, room_id: message.room_id }
}

async function markQuote(
  components: RoomsComponents,
  tx: Tx,
  context: TenantContext,
  kind: 'note' | 'highlight',
  id: string,
): Promise<StoredQuote> {
  const mark = await components.quotable(tx, context, kind, id)
  if (!mark) throw notFound(kind)
  const { account_id, book_id, text, locator, quote, color, created_at } = mark
  const book = book_id === null ? undefined : await components.visibleBook(tx, context, book_id)
  return {
    ...{ kind, id, book_id, locator, quote, color },
    author_id: account_id,
    text: text.slice(0, QUOTED_LENGTH),
    book_title: book?.title ?? null,
    created_at: created_at.toISOString(),
  }
}

/** @throws Problem 422 `attachment.unusable` */
export async function attachmentsFrom(
  tx: Tx,
  claim: { roomId: string; accountId: string; messageId: string; ids: readonly string[] },
): Promise<StoredAttachment[]> {
  const claimed = new Map((await claimAttachments(tx, claim)).map((row) => [row.id, row]))
  return claim.ids.map((id) => {
    const row = claimed.get(id)
    if (!row || row.media_type === null) throw attachmentUnusable()
    const { filename, size, media_type, image } = row
    return { id, filename, size, media_type, image }
  })
}
