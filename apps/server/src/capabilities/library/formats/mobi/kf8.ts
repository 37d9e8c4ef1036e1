import { cleanText } from '../metadata/clean.ts'
import { parseContent } from '../xml/parse-content.ts'
import type { MobiHeader } from './header.ts'
import { type IndexEntry, readIndex } from './index-records.ts'
import type { PalmDatabase } from './pdb.ts'
import { readText } from './text.ts'
import type { MobiSection, MobiText, MobiTocItem } from './types.ts'

/** The frame of a section, and the pieces that are put into it. */
interface Skeleton {
  offset: number
  length: number
  fragments: Fragment[]
}

interface Fragment {
  insertAt: number
  index: number
  /** Within the fragments of its skeleton. */
  offset: number
  length: number
}

/** KF8: XHTML in skeletons with fragments, listed in two indexes. */
export async function readKf8(database: PalmDatabase, header: MobiHeader, start: number): Promise<MobiText> {
  const records = header.kf8
  if (!records) throw new RangeError('no KF8 header')
  const text = Buffer.from(await readText(database, header, start))
  if (text.length < header.textLength) throw new RangeError('text shorter than declared')
  const skeletons = await readSkeletons(database, start + records.skeletons, start + records.fragments)
  const decoder = new TextDecoder(header.encoding)
  const sections = skeletons.map((skeleton, index): MobiSection => {
    const bytes = skeleton.length + skeleton.fragments.reduce((sum, { length }) => sum + length, 0)
    const parse = () => {
      const markup = decoder.decode(assemble(text, skeleton))
      return parseContent(markup, 'application/xhtml+xml', `section ${index + 1}`).root
    }
    return skeleton.fragments.length > 0
      ? { bytes, linear: true, parse }
      : { bytes: 0, linear: false, parse: () => undefined }
  })
  return { sections, toc: await readToc(database, header, start, { skeletons, text }) }
}

async function readSkeletons(
  database: PalmDatabase,
  skeletonIndex: number,
  fragmentIndex: number,
): Promise<Skeleton[]> {
  const value = ({ tags }: IndexEntry, tag: number, at: number) => {
    const found = tags.get(tag)?.[at]
    if (found === undefined) throw new RangeError('index entry without value')
    return found
  }
  const fragments = (await readIndex(database, fragmentIndex)).entries.map((entry) => ({
    insertAt: Number.parseInt(entry.name, 10),
    index: value(entry, 4, 0),
    offset: value(entry, 6, 0),
    length: value(entry, 6, 1),
  }))
  let next = 0
  return (await readIndex(database, skeletonIndex)).entries.map((entry) => {
    const first = next
    next += value(entry, 1, 0)
    return { offset: value(entry, 6, 0), length: value(entry, 6, 1), fragments: fragments.slice(first, next) }
  })
}

/** Puts the fragments, which follow the skeleton in the text, where they belong in it. */
function assemble(text: Buffer, { offset, length, fragments }: Skeleton): Buffer {
  let document = text.subarray(offset, offset + length)
  let before = 0
  const pieces: Buffer[] = []
  for (const fragment of fragments) {
    const from = offset + length + fragment.offset
    const piece = text.subarray(from, from + fragment.length)
    const at = fragment.insertAt - offset - before
    if (at < 0 || at > document.length) {
      // Out of order: put the document together so far and cut it anew.
      document = Buffer.concat([...pieces.splice(0), document])
      before = 0
      const place = Math.min(Math.max(0, fragment.insertAt - offset), document.length)
      document = Buffer.concat([document.subarray(0, place), piece, document.subarray(place)])
      continue
    }
    pieces.push(document.subarray(0, at), piece)
    document = document.subarray(at)
    before += at + piece.length
  }
  return Buffer.concat([...pieces, document])
}

interface Kf8Text {
  skeletons: readonly Skeleton[]
  text: Buffer
}

/** The section that holds the fragment, and the first element at or after the place in it that can be named. */
function placeOf(
  { skeletons, text }: Kf8Text,
  index: number,
  offset: number,
): { sectionIndex: number; anchor: string | undefined } {
  const sectionIndex = skeletons.findIndex(({ fragments }) => fragments.some((each) => each.index === index))
  const skeleton = skeletons[sectionIndex]
  const fragment = skeleton?.fragments.find((each) => each.index === index)
  if (!skeleton || !fragment) return { sectionIndex, anchor: undefined }
  const from = skeleton.offset + skeleton.length + fragment.offset
  const after = text.toString('latin1', from + offset, Math.min(from + fragment.length, from + offset + 5000))
  return { sectionIndex, anchor: /\s(?:id|name|aid)\s*=\s*['"]([^'"]*)['"]/i.exec(after)?.[1] }
}

async function readToc(
  database: PalmDatabase,
  header: MobiHeader,
  start: number,
  book: Kf8Text,
): Promise<MobiTocItem[]> {
  if (header.ncx === undefined) return []
  const index = await readIndex(database, start + header.ncx).catch(() => undefined)
  const items = (index?.entries ?? []).map(({ tags }) => {
    const [fragment = -1, offset = 0] = tags.get(6) ?? []
    const title = cleanText(index?.strings.get(tags.get(3)?.[0] ?? -1)) ?? ''
    const place = placeOf(book, fragment, offset)
    const item: MobiTocItem = { title, href: hrefOf(fragment, offset), ...place, children: [] }
    return { item, parent: tags.get(21)?.[0], level: tags.get(4)?.[0] ?? 0 }
  })
  const toc: MobiTocItem[] = []
  for (const { item, parent, level } of items) {
    if (item.title === '') continue
    const above = level > 0 && parent !== undefined ? items[parent]?.item : undefined
    if (above && above !== item) above.children.push(item)
    else toc.push(item)
  }
  return toc
}

/** `kindle:pos:fid:0001:off:0000000000`, in base 32. */
function hrefOf(fragment: number, offset: number): string {
  const digits = (value: number, length: number) =>
    Math.max(0, value).toString(32).toUpperCase().padStart(length, '0')
  return `kindle:pos:fid:${digits(fragment, 4)}:off:${digits(offset, 10)}`
}
