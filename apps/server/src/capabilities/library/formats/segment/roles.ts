import type { PassageKind } from '../types.ts'
import { childElements, descendants, textContent, tokens } from '../xml/query.ts'
import type { XmlElement } from '../xml/tree.ts'

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

/** Begin and end a line of their own. */
export const blockElements = words(
  'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup p pre section summary table tbody td tfoot th thead tr ul text',
)

const silentElements = words(
  'script style template noscript head rt rp rtc annotation annotation-xml audio video canvas iframe object select textarea option datalist metadata title desc defs',
)

const navigation = words('toc landmarks page-list loi lot loa lov')
const notes = words('footnote endnote rearnote note')
const noteRoles = words('doc-footnote doc-endnote')
const verse = /(^|[\s:_-])(poem|poetry|verse|verses|stanza|lyrics?|song)([\s_-]|$)/i

/** Whether nothing inside `element` is text to read: code, readings above ruby, tables of contents, page numbers. */
export function isSilent(element: XmlElement): boolean {
  const name = element.nodeName
  if (silentElements.has(name) || element.attributes.has('hidden')) return true
  if (element.attributes.size === 0) return false
  if (/display\s*:\s*none/i.test(element.getAttribute('style') ?? '')) return true
  const types = tokens(element, 'epub:type')
  const role = element.getAttribute('role') ?? ''
  if (name === 'nav') return types.some((type) => navigation.has(type)) || role === 'doc-toc'
  if (types.includes('pagebreak') || role === 'doc-pagebreak') return true
  return name === 'a' && isNoteMark(element, types, role)
}

/** The raised number that leads to a note, or the arrow that leads back: in a sentence it would spoil the word before it. */
function isNoteMark(link: XmlElement, types: readonly string[], role: string): boolean {
  const marked =
    types.includes('noteref') ||
    types.includes('backlink') ||
    role === 'doc-noteref' ||
    role === 'doc-backlink'
  const text = textContent(link).trim()
  if (marked) return text.length <= 8
  const raised = link.parentNode?.nodeName === 'sup' || childElements(link, 'sup').length > 0
  return raised && text.length <= 4 && (link.getAttribute('href') ?? '').includes('#')
}

/** The kind of unit that `element` is as a whole; undefined for containers and paragraphs. */
export function unitKind(element: XmlElement): PassageKind | undefined {
  const name = element.nodeName
  const types = tokens(element, 'epub:type')
  if (types.some((type) => notes.has(type)) || noteRoles.has(element.getAttribute('role') ?? ''))
    return 'footnote'
  if (name === 'pre') return 'code'
  if (isVerse(element, types)) return holdsHeading(element) ? undefined : 'verse'
  if (name === 'table') return holdsHeading(element) ? undefined : 'table'
  if (name === 'ul' || name === 'ol' || name === 'dl')
    return holdsNotes(element) || holdsHeading(element) ? undefined : 'list'
  return undefined
}

function isVerse(element: XmlElement, types: readonly string[]): boolean {
  const name = element.nodeName
  if (name !== 'div' && name !== 'blockquote' && name !== 'p' && name !== 'section') return false
  return (
    types.some((type) => verse.test(type)) ||
    (name !== 'section' && verse.test(element.getAttribute('class') ?? ''))
  )
}

/** A table or list around headings only arranges a page. */
function holdsHeading(element: XmlElement): boolean {
  for (const each of descendants(element)) if (headingLevel(each)) return true
  return false
}

function holdsNotes(list: XmlElement): boolean {
  return childElements(list).some((entry) => unitKind(entry) === 'footnote')
}

/** 1 to 6 for `h1` to `h6`; 0 for anything else. */
export function headingLevel(element: XmlElement): number {
  const name = element.nodeName
  return name.length === 2 && name[0] === 'h' && name >= 'h1' && name <= 'h6' ? Number(name[1]) : 0
}
