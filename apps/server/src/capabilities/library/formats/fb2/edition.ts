import { chapterFile, type Edition } from '../edition/edition.ts'
import { PictureStore } from '../edition/pictures.ts'
import { FileDamagedError, FileTruncatedError } from '../errors.ts'
import { cleanDescription, cleanLanguage, cleanList, cleanText, titleFromName } from '../metadata/clean.ts'
import { decodeMarkup } from '../text/decode.ts'
import { detectLanguage } from '../text/language.ts'
import { parseXml, XmlSyntaxError } from '../xml/parse-xml.ts'
import {
  childElement,
  childElements,
  descendants,
  firstDescendant,
  plainText,
  textContent,
} from '../xml/query.ts'
import type { XmlElement } from '../xml/tree.ts'
import { convertDraft, draftsOf, type Fb2Draft, fb2Id, hrefOf, idsOf } from './convert.ts'

/** A clean edition of a FictionBook 2.1 document. Throws `FileDamagedError` or `FileTruncatedError`. */
export function fb2Edition(bytes: Uint8Array, name: string): Edition {
  const root = parse(bytes)
  const pictures = new PictureStore()
  const files = storePictures(root, pictures)
  const drafts = draftsOf(root)
  if (drafts.length === 0) throw new FileDamagedError({ part: 'body', reason: 'missing' })
  const chapterOf = indexIds(drafts)
  const links = {
    picture: (id: string) => files.get(id),
    target: (id: string, chapter: number) => {
      const target = chapterOf.get(id)
      return target === undefined
        ? undefined
        : `${target === chapter ? '' : chapterFile(target)}#${fb2Id(id)}`
    },
  }
  const body = childElement(root, 'body')
  return {
    ...readDescription(root, name),
    language:
      cleanLanguage(plainText(firstDescendant(titleInfo(root) ?? root, 'lang'))) ??
      detectLanguage(body ? textContent(body).slice(0, 20_000) : '') ??
      'en',
    chapters: drafts.map((draft, i) => convertDraft(draft, i, links)),
    pictures: pictures.pictures,
  }
}

function parse(bytes: Uint8Array): XmlElement {
  const { text } = decodeMarkup(bytes)
  try {
    return parseXml(text, { part: 'FictionBook', entities: 'html' })
  } catch (error) {
    if (!(error instanceof XmlSyntaxError)) throw error
    if (!/<\/FictionBook>\s*$/.test(text.slice(-200))) throw new FileTruncatedError({}, error)
    throw new FileDamagedError({ part: 'FictionBook', reason: error.message.slice(0, 200) }, error)
  }
}

function titleInfo(root: XmlElement): XmlElement | undefined {
  return firstDescendant(root, 'title-info')
}

/** Files by binary id, the cover first so that it is known as such. */
function storePictures(root: XmlElement, pictures: PictureStore): ReadonlyMap<string, string> {
  const coverpage = firstDescendant(root, 'coverpage')
  const coverImage = coverpage && firstDescendant(coverpage, 'image')
  const coverId = coverImage && hrefOf(coverImage).replace(/^#/, '')
  const binaries = childElements(root, 'binary').toSorted(
    (a, b) => Number(isId(b, coverId)) - Number(isId(a, coverId)),
  )
  const files = new Map<string, string>()
  for (const binary of binaries) {
    const bytes = Buffer.from(textContent(binary), 'base64')
    const file = pictures.add(bytes, binary.getAttribute('content-type') ?? '', isId(binary, coverId))
    if (file) files.set(binary.getAttribute('id') ?? '', file)
  }
  return files
}

function isId(element: XmlElement, id: string | undefined): boolean {
  return id !== undefined && element.getAttribute('id') === id
}

function indexIds(drafts: readonly Fb2Draft[]): ReadonlyMap<string, number> {
  const chapterOf = new Map<string, number>()
  for (const [i, { element }] of drafts.entries()) {
    for (const id of idsOf(element)) if (!chapterOf.has(id)) chapterOf.set(id, i)
  }
  return chapterOf
}

function readDescription(
  root: XmlElement,
  name: string,
): Omit<Edition, 'chapters' | 'pictures' | 'language'> {
  const info = titleInfo(root)
  const text = (parent: XmlElement | undefined, child: string) =>
    cleanText(plainText(childElement(parent, child)), 'title')
  const publish = firstDescendant(root, 'publish-info')
  const date = childElement(info, 'date')
  const isbn = text(publish, 'isbn')
  return {
    title: text(info, 'book-title') ?? titleFromName(name),
    authors: cleanList(info ? childElements(info, 'author').map(personName) : [], 'name'),
    description: cleanDescription(annotationText(info)),
    publisher: text(publish, 'publisher'),
    published: cleanText(date?.getAttribute('value') || plainText(date))?.slice(0, 40),
    subjects: cleanList(info ? childElements(info, 'genre').map((genre) => plainText(genre)) : []),
    series: seriesOf(info),
    identifiers: isbn ? [`urn:isbn:${isbn.replaceAll('-', '')}`] : [],
  }
}

function annotationText(info: XmlElement | undefined): string | undefined {
  const annotation = childElement(info, 'annotation')
  return annotation && [...descendants(annotation, 'p')].map((p) => plainText(p) ?? '').join('\n\n')
}

function personName(person: XmlElement): string {
  const part = (name: string) => plainText(childElement(person, name)) ?? ''
  const full = [part('first-name'), part('middle-name'), part('last-name')].filter(Boolean).join(' ')
  return full || part('nickname')
}

function seriesOf(info: XmlElement | undefined): Edition['series'] {
  const sequence = childElement(info, 'sequence')
  const name = cleanText(sequence?.getAttribute('name'))
  const index = Number.parseFloat(sequence?.getAttribute('number') ?? '')
  return name ? { name, index: index >= 0 ? index : undefined } : undefined
}
