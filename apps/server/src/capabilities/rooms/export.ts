import type { Message } from './present.ts'
import type { Room } from './room-view.ts'

const quoted = (text: string): string =>
  text
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n')

const escaped = (text: string): string => text.replace(/([\\`*_[\]<>#])/g, '\\$1')

/** A conversation as a Markdown file: days as headings, replies indented by their name, passages as quotations. */
export function toMarkdown(room: Room, messages: readonly Message[], more: boolean): string {
  const parts = [`# ${escaped(room.name)}`, ...(room.topic === null ? [] : [escaped(room.topic)])]
  const byId = new Map(messages.map((message) => [message.id, message]))
  let day = ''
  for (const message of messages) {
    const today = message.created_at.slice(0, 10)
    if (today !== day) parts.push(`## ${today}`)
    day = today
    parts.push(section(message, byId))
  }
  if (more) parts.push('*…*')
  return `${parts.join('\n\n')}\n`
}

function section(message: Message, byId: ReadonlyMap<string, Message>): string {
  const root = message.thread_root_id === null ? undefined : byId.get(message.thread_root_id)
  const answers =
    message.thread_root_id === null ? '' : ` ↪ ${root ? escaped(root.author.display_name) : '…'}`
  const time = message.created_at.slice(11, 16)
  const head = `**${escaped(message.author.display_name)}**${answers} · ${time}${message.edited_at === null ? '' : ' ✎'}`
  if (message.deleted_at !== null) return `${head}\n\n~~…~~`
  const reactions = message.reactions.map(({ emoji, count }) => `${emoji} ${count}`).join('  ')
  const parts = [
    message.body,
    ...message.citations.map(
      ({ quote, book_title, chapter }) =>
        `${quoted(quote.exact)}\n>\n> — *${escaped(book_title)}*${chapter === null ? '' : `, ${escaped(chapter)}`}`,
    ),
    ...message.quotes.map(({ text, author }) =>
      text === null ? '> …' : `${quoted(text)}\n>\n> — ${escaped(author?.display_name ?? '')}`,
    ),
    ...message.attachments.map(({ filename, size }) => `📎 ${escaped(filename)} (${size} B)`),
    reactions,
  ]
  return [head, ...parts.filter((part) => part !== '')].join('\n\n')
}
