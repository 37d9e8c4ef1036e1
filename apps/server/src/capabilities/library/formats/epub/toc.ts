import { limits } from '../limits.ts'
import { cleanText } from '../metadata/clean.ts'
import { decodeMarkup } from '../text/decode.ts'
import { parseContent } from '../xml/parse-content.ts'
import {
  childElement,
  childElements,
  descendants,
  firstDescendant,
  textContent,
  tokens,
} from '../xml/query.ts'
import type { XmlElement } from '../xml/tree.ts'
import type { ZipArchive } from '../zip/archive.ts'
import { resolveHref, type Target } from './href.ts'
import type { EpubPackage } from './package.ts'

/** An entry as the file has it, before it is tied to the reading order. */
export interface RawTocItem {
  title: string
  target: Target | undefined
  children: RawTocItem[]
}

/** The navigation document's table of contents (EPUB 3), else the NCX (EPUB 2); empty where neither can be read. */
export async function readToc(archive: ZipArchive, pkg: EpubPackage): Promise<RawTocItem[]> {
  const nav = pkg.manifest.find((item) => item.properties.includes('nav'))
  const fromNav = nav ? parseNav(await readDocument(archive, nav.path), nav.path) : []
  if (fromNav.length > 0) return fromNav
  const ncx =
    pkg.manifest.find((item) => item.id === pkg.ncxId) ??
    pkg.manifest.find((item) => item.mediaType === 'application/x-dtbncx+xml')
  return ncx ? parseNcx(await readDocument(archive, ncx.path), ncx.path) : []
}

async function readDocument(archive: ZipArchive, path: string): Promise<XmlElement | undefined> {
  const bytes = await archive.readIfSound(path)
  return bytes && parseContent(decodeMarkup(bytes).text, 'application/xhtml+xml', path).root
}

function parseNav(root: XmlElement | undefined, base: string): RawTocItem[] {
  const navs = root ? [...descendants(root, 'nav')] : []
  const nav = navs.find((each) => tokens(each, 'epub:type').includes('toc')) ?? navs[0]
  const list = nav && firstDescendant(nav, 'ol')
  return list ? navList(list, base, { left: limits.toc }) : []
}

/** Counts down over the whole tree. */
interface Budget {
  left: number
}

function navList(list: XmlElement, base: string, budget: Budget): RawTocItem[] {
  return childElements(list, 'li').flatMap((entry) => {
    if (--budget.left < 0) return []
    const label = childElement(entry, 'a') ?? childElement(entry, 'span')
    const nested = childElement(entry, 'ol')
    const children = nested ? navList(nested, base, budget) : []
    const link = label && (label.nodeName === 'a' ? label : firstDescendant(label, 'a'))
    return item(label && labelText(label), link?.getAttribute('href'), base, children)
  })
}

function parseNcx(root: XmlElement | undefined, base: string): RawTocItem[] {
  const map = root && firstDescendant(root, 'navMap')
  return map ? navPoints(map, base, { left: limits.toc }) : []
}

function navPoints(parent: XmlElement, base: string, budget: Budget): RawTocItem[] {
  return childElements(parent, 'navPoint').flatMap((point) => {
    if (--budget.left < 0) return []
    const label = childElement(childElement(point, 'navLabel'), 'text')
    const src = childElement(point, 'content')?.getAttribute('src')
    return item(label && textContent(label), src, base, navPoints(point, base, budget))
  })
}

/** One entry; one without a title gives its place to its children. */
function item(
  label: string | undefined,
  href: string | null | undefined,
  base: string,
  children: RawTocItem[],
): RawTocItem[] {
  const title = cleanText(label)
  if (!title) return children
  return [{ title, target: href ? resolveHref(href, base) : undefined, children }]
}

/** Labels may consist of pictures alone (EPUB 3.3 §5.4.1.2). */
function labelText(label: XmlElement): string {
  const text = textContent(label)
  if (text.trim()) return text
  const alternatives = [...descendants(label, 'img')].map((img) => img.getAttribute('alt') ?? '')
  return alternatives.join(' ').trim() || (label.getAttribute('title') ?? '')
}
