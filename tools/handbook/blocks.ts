/** The handbook's Markdown as blocks for typesetting: headings, paragraphs, list items; tables as items. */

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: 'paragraph' | 'item'; readonly text: string }

const plain = (text: string): string =>
  text
    .replace(/\*\*([^*]+)\*\*/g, '$1')
    .replace(/\*([^*]+)\*/g, '$1')
    .replaceAll('`', '')
    .trim()

function blockOf(line: string): Block | undefined {
  const heading = /^(#{1,2}) (.+)$/.exec(line)
  if (heading) return { kind: 'heading', level: heading[1] === '#' ? 1 : 2, text: plain(heading[2] ?? '') }
  const item = /^(?:-|\d+\.) (.+)$/.exec(line)
  if (item) return { kind: 'item', text: plain(item[1] ?? '') }
  if (/^\|[-|]+\|$/.test(line)) return undefined
  if (line.startsWith('|')) {
    const cells = line.split('|').slice(1, -1).map(plain)
    return { kind: 'item', text: cells.join(' — ') }
  }
  return line.trim() === '' ? undefined : { kind: 'paragraph', text: plain(line) }
}

export function blocksOf(markdown: string): { fields: Readonly<Record<string, string>>; blocks: Block[] } {
  const [, head = '', body = markdown] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(markdown) ?? []
  const fields = Object.fromEntries(
    Array.from(head.matchAll(/^(\w+): "?([^"\n]*)"?$/gm), (match) => [match[1] ?? '', match[2] ?? '']),
  )
  const blocks = body
    .split('\n')
    .map(blockOf)
    .filter((block) => block !== undefined)
  return { fields, blocks }
}
