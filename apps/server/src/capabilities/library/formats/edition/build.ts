import { createHash } from 'node:crypto'
import { type Zippable, zipSync } from 'fflate'
import { chapterFile, type Edition, type EditionChapter } from './edition.ts'
import { escapeXml } from './escape.ts'

const mtime = new Date(2000, 0, 1, 12)

/** The EPUB 3.3 of an edition. The same edition gives the same bytes, so that CFIs and offline copies stay valid. */
export function buildEdition(edition: Edition): Uint8Array<ArrayBuffer> {
  const files: [name: string, data: string | Uint8Array][] = [
    ['META-INF/container.xml', container],
    ['EPUB/package.opf', packageDocument(edition)],
    ['EPUB/nav.xhtml', navigation(edition)],
    ['EPUB/style.css', styleSheet],
    ...edition.chapters.map((chapter, i): [string, string] => [
      `EPUB/${chapterFile(i)}`,
      xhtml(chapter.title ?? edition.title, edition.language, chapter.body, true),
    ]),
    ...edition.pictures.map(({ file, bytes }): [string, Uint8Array] => [`EPUB/${file}`, bytes]),
  ]
  const encoder = new TextEncoder()
  const parts: Zippable = { mimetype: [encoder.encode('application/epub+zip'), { level: 0, mtime }] }
  for (const [name, data] of files) {
    const markup = typeof data === 'string'
    parts[name] = [markup ? encoder.encode(data) : data, { level: markup ? 6 : 0, mtime }]
  }
  return zipSync(parts)
}

const container = `<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
`

const styleSheet = `p { margin: 0; text-indent: 1.5em }
h1 + p, h2 + p, h3 + p, hr + p, p:first-child, blockquote p, li p, td p, .loose p { text-indent: 0 }
.loose p { margin: 0 0 0.8em }
blockquote { margin: 0.8em 1.5em }
img { max-width: 100%; height: auto }
pre { white-space: pre-wrap }
table { border-collapse: collapse }
td, th { padding: 0.2em 0.5em; border: 1px solid; vertical-align: top }
aside { margin: 0.8em 0; font-size: 0.9em }
`

function packageDocument(edition: Edition): string {
  const chapters = edition.chapters.map((_, i) => ({ id: `c${i}`, href: chapterFile(i) }))
  const items = [
    ...chapters.map(({ id, href }) => `<item id="${id}" href="${href}" media-type="application/xhtml+xml"/>`),
    ...edition.pictures.map(({ file, mediaType, cover }, i) => {
      return `<item id="p${i}" href="${file}" media-type="${mediaType}"${cover ? ' properties="cover-image"' : ''}/>`
    }),
  ]
  return `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:sha256:${digest(edition)}</dc:identifier>
${metadata(edition)}<meta property="dcterms:modified">2000-01-01T00:00:00Z</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="css" href="style.css" media-type="text/css"/>
${items.join('\n')}
</manifest>
<spine>
${chapters.map(({ id }) => `<itemref idref="${id}"/>`).join('\n')}
</spine>
</package>
`
}

function metadata(edition: Edition): string {
  const { series } = edition
  const fields: (readonly [string, string | undefined])[] = [
    ...(edition.identifiers ?? []).map((identifier) => ['identifier', identifier] as const),
    ['title', edition.title],
    ['language', edition.language],
    ...edition.authors.map((author) => ['creator', author] as const),
    ['publisher', edition.publisher],
    ['date', edition.published],
    ['description', edition.description],
    ...(edition.subjects ?? []).map((subject) => ['subject', subject] as const),
  ]
  const core = fields
    .map(([name, value]) => (value ? `<dc:${name}>${escapeXml(value)}</dc:${name}>\n` : ''))
    .join('')
  if (!series) return core
  const index =
    series.index === undefined
      ? ''
      : `<meta refines="#series" property="group-position">${series.index}</meta>\n`
  return `${core}<meta property="belongs-to-collection" id="series">${escapeXml(series.name)}</meta>\n<meta refines="#series" property="collection-type">series</meta>\n${index}`
}

/** The edition's own identity: what it says, not where it came from. */
function digest(edition: Edition): string {
  const hash = createHash('sha256').update(edition.title)
  for (const { body } of edition.chapters) hash.update(body)
  return hash.digest('hex')
}

interface Entry {
  title: string
  href: string
  level: number
}

function navigation(edition: Edition): string {
  const entries = edition.chapters.flatMap((chapter, i) => chapterEntries(chapter, chapterFile(i)))
  const list =
    entries.length > 0
      ? navList(entries, 0)
      : `<ol><li><a href="${chapterFile(0)}">${escapeXml(edition.title)}</a></li></ol>`
  return xhtml(edition.title, edition.language, `<nav epub:type="toc">\n${list}</nav>`, false)
}

function chapterEntries({ title, level, headings }: EditionChapter, file: string): Entry[] {
  const inside = headings.map((heading) => ({
    title: heading.title,
    href: `${file}#${heading.id}`,
    level: heading.level,
  }))
  return title === undefined ? inside : [{ title, href: file, level }, ...inside]
}

/** Takes the entries at `level` or deeper off the front of `entries`; levels that are left out are passed over. */
function navList(entries: Entry[], level: number): string {
  let list = '<ol>\n'
  for (let entry = entries[0]; entry && entry.level >= level; entry = entries[0]) {
    entries.shift()
    const next = entries[0]
    const nested = next && next.level > entry.level ? `\n${navList(entries, entry.level + 1)}` : ''
    list += `<li><a href="${entry.href}">${escapeXml(entry.title)}</a>${nested}</li>\n`
  }
  return `${list}</ol>\n`
}

function xhtml(title: string, language: string, body: string, style: boolean): string {
  const lang = escapeXml(language)
  // The vocabulary of verse in FictionBook editions (EPUB 3.3 §D.1.4).
  const prefix = body.includes('"z3998:')
    ? ' epub:prefix="z3998: http://www.daisy.org/z3998/2012/vocab/structure/#"'
    : ''
  const link = style ? '<link rel="stylesheet" type="text/css" href="style.css"/>' : ''
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"${prefix} lang="${lang}" xml:lang="${lang}"><head><title>${escapeXml(title)}</title>${link}</head><body>
${body}
</body></html>
`
}
