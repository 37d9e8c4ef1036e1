import type { Highlight, Note } from '../views.ts'

/**
 * Highlights and notes as Markdown for note-taking tools: YAML properties, a heading per chapter, a quotation per highlight
 * followed by a block id that stays the same for ever, so that links into the file survive another export.
 */

export interface ExportedBook {
  readonly id: string
  readonly title: string
  readonly authors: readonly string[]
  readonly highlights: readonly Highlight[]
  readonly notes: readonly Note[]
}

/** The last ten characters of a UUIDv7 are random: enough for a block id within one file. */
const blockId = (id: string): string => `^h-${id.replaceAll('-', '').slice(-10)}`

const yamlText = (text: string): string => JSON.stringify(text)

/** Keeps what people wrote from being read as a heading, a quotation or a rule. */
const plain = (line: string): string => line.replace(/^(\s*)([#>\-+*=]|\d+[.)])/, '$1\\$2')

const quoted = (text: string): string =>
  text
    .split('\n')
    .map((line) => `> ${plain(line.trim())}`.trimEnd())
    .join('\n')

function tagLine(tags: readonly string[]): string[] {
  if (tags.length === 0) return []
  return [tags.map((tag) => `#${tag.replaceAll(/\s+/g, '-')}`).join(' '), '']
}

function highlightBlock(highlight: Highlight, link: (highlight: Highlight) => string): string[] {
  const note = highlight.note === null || highlight.note.trim() === '' ? [] : [highlight.note.trim(), '']
  const who = highlight.mine ? [] : [`— ${highlight.author.display_name}`, '']
  return [
    quoted(highlight.quote.exact),
    blockId(highlight.id),
    '',
    ...note,
    ...who,
    ...tagLine(highlight.tags),
    `[${highlight.color}](${link(highlight)})`,
    '',
  ]
}

function noteBlock(note: Note): string[] {
  const title = note.title === null ? [] : [`### ${note.title.replaceAll('\n', ' ')}`, '']
  const quote = note.quote === null ? [] : [quoted(note.quote.exact), '']
  return [...title, ...quote, note.body.trim(), blockId(note.id), '', ...tagLine(note.tags)]
}

function chapters(highlights: readonly Highlight[]): Map<string, Highlight[]> {
  const found = new Map<string, Highlight[]>()
  for (const highlight of highlights) {
    const chapter = highlight.chapter?.replaceAll('\n', ' ').trim() ?? ''
    found.set(chapter, [...(found.get(chapter) ?? []), highlight])
  }
  return found
}

function bookMarkdown(book: ExportedBook, link: (highlight: Highlight) => string): string {
  const lines = [`# ${book.title.replaceAll('\n', ' ')}`, '']
  if (book.authors.length > 0) lines.push(book.authors.join(', '), '')
  for (const [chapter, highlights] of chapters(book.highlights)) {
    if (chapter !== '') lines.push(`## ${chapter}`, '')
    for (const highlight of highlights) lines.push(...highlightBlock(highlight, link))
  }
  if (book.notes.length > 0) lines.push('## Notes', '', ...book.notes.flatMap(noteBlock))
  return lines.join('\n')
}

/** One file; properties only where it is about a single book. */
export function toMarkdown(books: readonly ExportedBook[], link: (highlight: Highlight) => string): string {
  const [first] = books
  const body = books.map((book) => bookMarkdown(book, link)).join('\n')
  if (first === undefined || books.length > 1) return `${body}\n`
  const tags = [...new Set([...first.highlights, ...first.notes].flatMap((mark) => mark.tags))].sort()
  const properties = [
    '---',
    `title: ${yamlText(first.title)}`,
    `author: [${first.authors.map(yamlText).join(', ')}]`,
    `stoa-id: ${first.id}`,
    `tags: [${tags.map(yamlText).join(', ')}]`,
    '---',
    '',
  ]
  return `${properties.join('\n')}\n${body}\n`
}
