import { safeFragment } from '../security/sanitise-fragment.ts'

const OPS = 'http://www.idpf.org/2007/ops'
const REFERENCE_TYPES = ['noteref', 'biblioref', 'glossref']
const NOTE_TYPES = ['footnote', 'endnote', 'rearnote', 'note', 'biblioentry', 'glossdef']
const INLINE = new Set('a span sup sub em strong i b small big cite'.split(' '))
/** A note longer than this is a chapter: it is gone to, not popped up. */
const LONGEST_NOTE = 4000

/** How sure we are that a link leads to a note: by its markup, by its looks, or not at all. */
export function noteReference(link: Element): 'declared' | 'likely' | undefined {
  const types = tokens(link.getAttributeNS(OPS, 'type') ?? link.getAttribute('epub:type'))
  const roles = tokens(link.getAttribute('role'))
  if (types.has('backlink') || roles.has('doc-backlink')) return undefined
  if (REFERENCE_TYPES.some((type) => types.has(type) || roles.has(`doc-${type}`))) return 'declared'
  const label = link.textContent?.trim() ?? ''
  if (label.length === 0 || label.length > 8) return undefined
  const mark = /^[[(（【〔]?(?:\d{1,4}|[*†‡§¶]{1,3}|[①-⑳㊀-㊉]|注\s?\d*|註\s?\d*|[a-z])[\])）】〕]?$/iu.test(
    label,
  )
  return mark && raised(link) ? 'likely' : undefined
}

function raised(link: Element): boolean {
  if (link.closest('sup') || link.querySelector(':scope > sup')) return true
  const { verticalAlign, fontSize } = getComputedStyle(link)
  const parent = link.parentElement && getComputedStyle(link.parentElement).fontSize
  const smaller = parent ? Number.parseFloat(fontSize) < Number.parseFloat(parent) * 0.9 : false
  return (
    ['super', 'top', 'text-top'].includes(verticalAlign) ||
    smaller ||
    /^[[【〔]/u.test(link.textContent?.trim() ?? '')
  )
}

/** The note at a link's target as safe markup; undefined when there is no note of a bearable length. */
export function extractNote(
  target: Element,
  { id: referenceId, sure }: { readonly id: string; readonly sure: boolean },
): { html: string; text: string } | undefined {
  const note = noteElement(target, sure)
  if (!note || note === note.ownerDocument.body || (note.textContent?.length ?? 0) > LONGEST_NOTE)
    return undefined
  const drop = (element: Element) => isBacklink(element, referenceId) || isNumber(element)
  const nodes = isContainer(note) ? Array.from(note.childNodes) : [note]
  const html = safeFragment(nodes, drop)
  const holder = document.implementation.createHTMLDocument('').body
  holder.innerHTML = html
  const text = holder.textContent?.trim() ?? ''
  return text === '' ? undefined : { html, text }
}

/** From the anchor inside a note to the note: a marked element around it, else the list item or block that holds it. */
function noteElement(target: Element, sure: boolean): Element | null {
  for (let at: Element | null = target; at && at.localName !== 'body'; at = at.parentElement) {
    const types = tokens(at.getAttributeNS(OPS, 'type') ?? at.getAttribute('epub:type'))
    const roles = tokens(at.getAttribute('role'))
    if (NOTE_TYPES.some((type) => types.has(type) || roles.has(`doc-${type}`))) return at
  }
  const item = target.closest('li, dd, aside')
  if (item) return item
  if (target.localName === 'dt') return target.nextElementSibling
  let block: Element = target
  while (INLINE.has(block.localName) && block.parentElement) block = block.parentElement
  const short = (block.textContent?.length ?? 0) < 1200
  if (/^(?:section|article)$/u.test(block.localName) && !sure) return null
  if (block.localName === 'div' && !sure && !short) return null
  if (/^h[1-6]$/u.test(block.localName)) return null
  return block.textContent?.trim() ? block : block.nextElementSibling
}

function isContainer(note: Element): boolean {
  return ['li', 'aside', 'dd', 'div', 'section', 'td'].includes(note.localName)
}

/** A heading that only numbers the note. */
function isNumber(element: Element): boolean {
  return /^(?:header|h[1-6])$/u.test(element.localName) && (element.textContent?.trim().length ?? 0) <= 8
}

/** The arrow or number that leads back to the reference; the reference's own number says it already. */
function isBacklink(element: Element, referenceId: string): boolean {
  if (element.localName !== 'a') return false
  const types = tokens(element.getAttributeNS(OPS, 'type') ?? element.getAttribute('epub:type'))
  if (types.has('backlink') || tokens(element.getAttribute('role')).has('doc-backlink')) return true
  const href = element.getAttribute('href') ?? ''
  if (referenceId !== '' && href.endsWith(`#${referenceId}`)) return true
  return /^(?:[↩↑←⤴▲^\s]|\uFE0E)+$/u.test(element.textContent ?? '')
}

function tokens(value: string | null | undefined): Set<string> {
  return new Set(value?.split(/\s+/u).filter(Boolean))
}
