import { cleanText } from '../metadata/clean.ts'
import { parseHtml } from '../xml/parse-html.ts'
import { descendants, plainText } from '../xml/query.ts'
import type { MobiHeader } from './header.ts'
import { readIndex } from './index-records.ts'
import type { PalmDatabase } from './pdb.ts'
import { readText } from './text.ts'
import type { MobiText, MobiTocItem } from './types.ts'

interface Part {
  start: number
  end: number
}

/**
 * MOBI 6: one HTML text, divided at page breaks, with links by byte position. Where links lead, foliate-js puts an anchor
 * element; it counts in CFIs, so it is put here too.
 */
export async function readMobi6(
  database: PalmDatabase,
  header: MobiHeader,
  start: number,
): Promise<MobiText> {
  const text = Buffer.from(await readText(database, header, start))
  if (text.length < header.textLength) throw new RangeError('text shorter than declared')
  const latin = text.toString('latin1')
  const breaks = Array.from(latin.matchAll(/<\s*(?:mbp:)?pagebreak[^>]*>/gi), ({ index }) => index)
  const parts = [0, ...breaks].map((from, i): Part => ({ start: from, end: breaks[i] ?? latin.length }))
  const targets = linkTargets(latin)
  const decoder = new TextDecoder(header.encoding)
  const parse = (part: Part, index: number) => {
    const markup = decoder
      .decode(withAnchors(text, part, targets))
      .replace(/<\s*(?:mbp:)?pagebreak[^>]*>/gi, '')
    return parseHtml(markup, `section ${index + 1}`)
  }
  const sections = parts.map((part, index) => ({
    bytes: part.end - part.start,
    linear: true,
    parse: () => parse(part, index),
  }))
  const toc = await readToc(database, header, start, parts, targets)
  return { sections, toc: toc.length > 0 ? toc : guideToc(latin, parts, parse) }
}

/** Byte positions that links lead to, with the text they are written as, in order. */
function linkTargets(latin: string): { text: string; position: number }[] {
  const texts = new Set(
    Array.from(latin.matchAll(/<[^<>]+filepos=['"]{0,1}(\d+)[^<>]*>/gi), (match) => match[1] ?? ''),
  )
  return Array.from(texts, (text) => ({ text, position: Number(text) })).sort(
    (a, b) => a.position - b.position,
  )
}

function withAnchors(
  text: Buffer,
  { start, end }: Part,
  targets: readonly { text: string; position: number }[],
): Buffer {
  const pieces: Buffer[] = []
  let from = start
  for (const target of targets) {
    if (target.position < start || target.position >= end) continue
    pieces.push(text.subarray(from, target.position), Buffer.from(`<a id="filepos${target.text}"></a>`))
    from = target.position
  }
  pieces.push(text.subarray(from, end))
  return Buffer.concat(pieces)
}

/** The index of the table of contents, if the file has one: positions, titles and depth. */
async function readToc(
  database: PalmDatabase,
  header: MobiHeader,
  start: number,
  parts: readonly Part[],
  targets: readonly { text: string; position: number }[],
): Promise<MobiTocItem[]> {
  if (header.ncx === undefined) return []
  const index = await readIndex(database, start + header.ncx).catch(() => undefined)
  const toc: MobiTocItem[] = []
  const stack: { level: number; items: MobiTocItem[] }[] = [{ level: -1, items: toc }]
  for (const { tags } of index?.entries ?? []) {
    const title = cleanText(index?.strings.get(tags.get(3)?.[0] ?? -1))
    const position = tags.get(1)?.[0]
    const level = tags.get(4)?.[0] ?? 0
    if (!title || position === undefined) continue
    const text = targets.find((target) => target.position === position)?.text ?? String(position)
    const item = tocItem(title, text, parts)
    while (stack.length > 1 && (stack.at(-1)?.level ?? -1) >= level) stack.pop()
    stack.at(-1)?.items.push(item)
    stack.push({ level, items: item.children })
  }
  return toc
}

/** The links of the page that the guide calls the table of contents. */
function guideToc(
  latin: string,
  parts: readonly Part[],
  parse: (part: Part, index: number) => ReturnType<typeof parseHtml>,
): MobiTocItem[] {
  const reference = /<reference\b[^<>]*\btype=["']?toc\b[^<>]*>/i.exec(latin.slice(0, 200_000))?.[0]
  const position = Number(/filepos=["']?(\d+)/i.exec(reference ?? '')?.[1] ?? Number.NaN)
  const index = Number.isNaN(position) ? -1 : partAt(parts, position)
  const part = parts[index]
  if (!part) return []
  return [...descendants(parse(part, index), 'a')].flatMap((link) => {
    const text = link.getAttribute('filepos')
    const title = cleanText(plainText(link))
    if (!text || !title) return []
    return tocItem(title, text, parts)
  })
}

/** `text` is the position as the link writes it, leading zeros and all: the anchor is named so. */
function tocItem(title: string, text: string, parts: readonly Part[]): MobiTocItem {
  const sectionIndex = partAt(parts, Number(text))
  return { title, href: `filepos:${text}`, sectionIndex, anchor: `filepos${text}`, children: [] }
}

/** As foliate-js resolves: the first section that ends after the position. */
function partAt(parts: readonly Part[], position: number): number {
  const index = parts.findIndex(({ end }) => end > position)
  return index < 0 ? parts.length - 1 : index
}
