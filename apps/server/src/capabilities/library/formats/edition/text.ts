import { cleanLanguage, cleanText, titleFromName } from '../metadata/clean.ts'
import { detectLanguage } from '../text/language.ts'
import { plainChapter } from './chapters.ts'
import type { Edition, EditionChapter } from './edition.ts'
import { findHeadings } from './text-headings.ts'
import { paragraphsOf } from './text-lines.ts'

/** Characters of one document: a text without headings is cut at paragraphs. */
const longestChapter = 60_000

/** An edition of a plain text: chapters where lines look like their headings, paragraphs by its layout. */
export function textEdition(text: string, name: string): Edition {
  const lines = text
    .replace(/\r\n?|\f|\u2028|\u2029/g, '\n')
    .replaceAll('\u001a', '')
    .split('\n')
  const head = lines.slice(0, 120)
  const titles = labelled(head, /^(?:title|书名|書名)\s*[:：]\s*(.+)$/i)
  const bracketed = /^[\s\u3000]*《([^》]{1,60})》[\s\u3000]*$/.exec(
    head.find((line) => line.trim() !== '') ?? '',
  )?.[1]
  return {
    title: cleanText(titles[0] ?? bracketed, 'title') ?? titleFromName(name),
    authors: labelled(head, /^(?:author|作者)\s*[:：]\s*(.+)$/i).slice(0, 5),
    language: languageOf(head, text),
    chapters: chaptersOf(lines),
    pictures: [],
  }
}

function labelled(lines: readonly string[], pattern: RegExp): string[] {
  return lines.flatMap((line) =>
    line.length < 300 ? (cleanText(pattern.exec(line.trim())?.[1], 'name') ?? []) : [],
  )
}

function languageOf(head: readonly string[], text: string): string {
  const named = labelled(head, /^language\s*:\s*(.+)$/i)[0]?.toLowerCase()
  const known: Readonly<Record<string, string>> = {
    english: 'en',
    chinese: 'zh',
    french: 'fr',
    german: 'de',
    spanish: 'es',
  }
  const middle = text.length >> 1
  return (
    cleanLanguage(known[named ?? '']) ?? detectLanguage(text.slice(middle, middle + 20_000) || text) ?? 'en'
  )
}

function chaptersOf(lines: readonly string[]): EditionChapter[] {
  const headings = findHeadings(lines)
  const chapters = cutLong(undefined, 0, paragraphsOf(lines.slice(0, headings[0]?.line ?? lines.length)))
  for (const [i, { line, title, level }] of headings.entries()) {
    const end = headings[i + 1]?.line ?? lines.length
    chapters.push(...cutLong(title, level, paragraphsOf(lines.slice(line + 1, end))))
  }
  return chapters.length > 0 ? chapters : [plainChapter(undefined, 0, [])]
}

/** One chapter, or several documents of it. A chapter without a title and without text is none. */
function cutLong(title: string | undefined, level: number, paragraphs: readonly string[]): EditionChapter[] {
  const parts: string[][] = title === undefined && paragraphs.length === 0 ? [] : [[]]
  let length = 0
  for (const paragraph of paragraphs) {
    if (length + paragraph.length > longestChapter && length > 0) {
      parts.push([])
      length = 0
    }
    parts.at(-1)?.push(paragraph)
    length += paragraph.length
  }
  return parts.map((part, i) => plainChapter(i === 0 ? title : undefined, level, part))
}
