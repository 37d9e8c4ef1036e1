import { buildZip, type ZipPart } from './zip.ts'

export interface EpubChapter {
  /** File name below `EPUB/`. */
  file: string
  title: string
  /** Markup of the body. */
  body: string
  /** Entries of the table of contents inside this chapter. */
  sections?: readonly { title: string; id: string }[]
  /** Nests the chapter below the chapter before it that has a lower level. 0 is the top. */
  level?: number
  linear?: boolean
  /** Attributes of `body`, e.g. `class="vrtl"`. */
  bodyAttributes?: string
}

export interface EpubResource {
  file: string
  mediaType: string
  data: string | Uint8Array
  properties?: string
}

export interface EpubSpec {
  title: string
  authors?: readonly string[]
  language: string
  identifier: string
  /** More markup for `metadata`. */
  metadata?: string
  chapters: readonly EpubChapter[]
  resources?: readonly EpubResource[]
  css?: string
  progression?: 'ltr' | 'rtl'
  /** More parts of the container, e.g. `META-INF/encryption.xml`. */
  parts?: readonly ZipPart[]
}

/** A valid EPUB 3.3 publication. */
export function buildEpub(spec: EpubSpec): Uint8Array<ArrayBuffer> {
  return buildZip(epubParts(spec))
}

/** The parts of `buildEpub`, for tests that spoil one of them. */
export function epubParts(spec: EpubSpec): ZipPart[] {
  const resources = [
    { file: 'style.css', mediaType: 'text/css', data: spec.css ?? '' },
    ...(spec.resources ?? []),
  ]
  return [
    { name: 'mimetype', data: 'application/epub+zip', stored: true },
    { name: 'META-INF/container.xml', data: container('EPUB/package.opf') },
    { name: 'EPUB/package.opf', data: packageDocument(spec, resources) },
    { name: 'EPUB/nav.xhtml', data: navigation(spec) },
    ...spec.chapters.map((chapter) => ({
      name: `EPUB/${chapter.file}`,
      data: chapterDocument(chapter, spec.language),
    })),
    ...resources.map(({ file, data }) => ({
      name: `EPUB/${file}`,
      data,
      stored: /\.(png|jpe?g|webp)$/.test(file),
    })),
    ...(spec.parts ?? []),
  ]
}

export function container(packagePath: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles><rootfile full-path="${packagePath}" media-type="application/oebps-package+xml"/></rootfiles>
</container>
`
}

function packageDocument(spec: EpubSpec, resources: readonly EpubResource[]): string {
  const creators = (spec.authors ?? [])
    .map((author) => `    <dc:creator>${escapeXml(author)}</dc:creator>\n`)
    .join('')
  const items = spec.chapters.map(({ file, body }, i) => {
    const properties = [
      /<svg/.test(body) && 'svg',
      /<(m:)?math/.test(body) && 'mathml',
      /<script/.test(body) && 'scripted',
    ]
    return manifestItem(`c${i}`, file, 'application/xhtml+xml', properties.filter(Boolean).join(' '))
  })
  const others = resources.map(({ file, mediaType, properties }, i) =>
    manifestItem(`r${i}`, file, mediaType, properties),
  )
  const spine = spec.chapters.map(
    ({ linear }, i) => `    <itemref idref="c${i}"${linear === false ? ' linear="no"' : ''}/>\n`,
  )
  const direction = spec.progression ? ` page-progression-direction="${spec.progression}"` : ''
  return `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="${spec.language}">
  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
    <dc:identifier id="id">${escapeXml(spec.identifier)}</dc:identifier>
    <dc:title>${escapeXml(spec.title)}</dc:title>
    <dc:language>${spec.language}</dc:language>
${creators}    <meta property="dcterms:modified">2024-01-01T12:00:00Z</meta>
${spec.metadata ?? ''}  </metadata>
  <manifest>
    <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
${items.join('')}${others.join('')}  </manifest>
  <spine${direction}>
${spine.join('')}  </spine>
</package>
`
}

function manifestItem(id: string, file: string, mediaType: string, properties = ''): string {
  const attribute = properties ? ` properties="${properties}"` : ''
  return `    <item id="${id}" href="${encodeURI(file)}" media-type="${mediaType}"${attribute}/>\n`
}

interface Entry {
  title: string
  href: string
  level: number
}

function navigation(spec: EpubSpec): string {
  const entries = spec.chapters.flatMap((chapter): Entry[] => {
    const level = chapter.level ?? 0
    const href = encodeURI(chapter.file)
    const inside = (chapter.sections ?? []).map(({ title, id }) => ({
      title,
      href: `${href}#${id}`,
      level: level + 1,
    }))
    return [{ title: chapter.title, href, level }, ...inside]
  })
  return xhtml(
    { title: spec.title, language: spec.language, style: false },
    `<nav epub:type="toc" id="toc"><h1>${escapeXml(spec.title)}</h1>\n${navList(entries, 0)}</nav>`,
  )
}

/** The entries from the front of `entries` that are at `level` or deeper, taken off it, as an `ol`. */
function navList(entries: Entry[], level: number): string {
  let list = '<ol>\n'
  while (entries[0] && entries[0].level >= level) {
    const { title, href } = entries.shift() as Entry
    const nested = entries[0] && entries[0].level > level ? `\n${navList(entries, level + 1)}` : ''
    list += `<li><a href="${href}">${escapeXml(title)}</a>${nested}</li>\n`
  }
  return `${list}</ol>\n`
}

function chapterDocument(chapter: EpubChapter, language: string): string {
  return xhtml({ title: chapter.title, language, bodyAttributes: chapter.bodyAttributes }, chapter.body)
}

export interface XhtmlHead {
  title: string
  language: string
  style?: boolean
  bodyAttributes?: string | undefined
}

export function xhtml({ title, language, style = true, bodyAttributes }: XhtmlHead, body: string): string {
  const link = style ? '\n    <link rel="stylesheet" type="text/css" href="style.css"/>' : ''
  const prefix = body.includes('"z3998:')
    ? ' epub:prefix="z3998: http://www.daisy.org/z3998/2012/vocab/structure/#"'
    : ''
  const attributes = bodyAttributes ? ` ${bodyAttributes}` : ''
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"${prefix} xml:lang="${language}" lang="${language}">
  <head>
    <title>${escapeXml(title)}</title>${link}
  </head>
  <body${attributes}>
${body}
  </body>
</html>
`
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }[sign]};`)
}
