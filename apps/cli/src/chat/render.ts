import type { RoomMessage } from '@stoa/sdk'
import type { ListedRoom } from './find-room.ts'

/** What others wrote must not steer the terminal: control characters, but for line ends, are left out. */
export const printable = (text: string): string =>
  text.replace(/\t/g, ' ').replace(/(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '')

const oneLine = (text: string): string => printable(text).replace(/\n+/g, ' ')

/** One message: its number, time and author, then its text and what goes with it. */
export function messageLines(message: RoomMessage): string[] {
  const { sequence, author, created_at, edited_at, deleted_at, thread_root_id, thread } = message
  const time = new Date(created_at).toTimeString().slice(0, 5)
  const marks = [
    thread_root_id === null ? '' : ' ↪',
    edited_at === null || deleted_at !== null ? '' : ' (edited)',
    thread === null ? '' : ` (${thread.reply_count} ${thread.reply_count === 1 ? 'reply' : 'replies'})`,
  ]
  const head = `${sequence}  ${time}  ${oneLine(author.display_name)}${marks.join('')}`
  if (deleted_at !== null) return [`${head}: (removed)`]
  const parts = [
    ...printable(withoutLinks(message.body)).split('\n'),
    ...message.citations.map(({ quote, book_title }) => `“${oneLine(quote.exact)}” ${oneLine(book_title)}`),
    ...message.quotes.map(
      ({ text, author: by }) => `> ${oneLine(text ?? '…')} (${oneLine(by?.display_name ?? '…')})`,
    ),
    ...message.attachments.map(({ filename, size }) => `[${oneLine(filename)}, ${size} bytes]`),
    message.reactions.map(({ emoji, count }) => `${emoji} ${count}`).join('  '),
  ]
  return [head, ...parts.filter((part) => part !== '').map((part) => `    ${part}`)]
}

/** Mentions as one says them. */
const withoutLinks = (body: string): string =>
  body.replace(/\[(@[^\]\n]{1,200})\]\(stoa:[^)\s]{1,60}\)/g, '$1')

/** One room in a list. */
export function roomLine(room: ListedRoom): string {
  const { unread_count: unread, mention_count: mentions } = room
  const waiting =
    unread === 0
      ? ''
      : `  ${unread >= 100 ? '99+' : unread} new${mentions > 0 ? `, ${mentions} for you` : ''}`
  const kind = room.kind === 'direct' ? '@' : room.visibility === 'private' ? '*' : '#'
  const joined = room.membership === null ? '  (not joined)' : ''
  return `${kind} ${oneLine(room.name)}${waiting}${joined}`
}

/** Turns `@Name` of somebody in the room, and `@everyone`, into mentions. Longer names first: `@Ann Lee` is not `@Ann`. */
export function withMentions(
  text: string,
  people: readonly { readonly account_id: string; readonly display_name: string }[],
): string {
  const links = new Map(people.map((one) => [`@${one.display_name}`, `stoa:account/${one.account_id}`]))
  links.set('@everyone', 'stoa:everyone')
  const names = [...links.keys()].filter((name) => name.length > 1).sort((a, b) => b.length - a.length)
  const pattern = new RegExp(names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'gu')
  return text.replace(pattern, (name) => `[${name}](${links.get(name)})`)
}
