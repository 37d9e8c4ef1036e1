import type { Client, Output } from '@stoa/sdk'
import { printable } from '../chat/render.ts'

type Hit = Output<'search'>['items'][number]

/** One hit: its kind and title, then the words that were found. */
export function foundLines(hit: Hit): string[] {
  const snippet = hit.snippet.map(({ text, mark }) => (mark ? `*${text}*` : text)).join('')
  const place = hit.message
    ? ` (message ${hit.message.sequence})`
    : hit.book_title
      ? ` (${hit.book_title})`
      : ''
  const head = printable(`${hit.kind}: ${hit.title}${place}`).replace(/\n/g, ' ')
  return snippet === '' ? [head] : [head, `    ${printable(snippet).replace(/\s+/g, ' ')}`]
}

/** `stoa search WORDS`: books, passages, notes and messages. Resolves with the exit status: 1 when nothing was found. */
export async function search(
  words: readonly string[],
  client: Client,
  print: (text: string) => void,
): Promise<number> {
  const { items } = await client.call('search', { query: { q: words.join(' ') } })
  print(items.length === 0 ? 'Nothing found.' : items.flatMap(foundLines).join('\n'))
  return items.length === 0 ? 1 : 0
}
