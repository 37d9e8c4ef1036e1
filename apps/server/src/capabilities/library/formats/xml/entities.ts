import { parseFragment } from 'parse5'

const decoded = new Map<string, string | undefined>()

/** What an HTML named character reference stands for, e.g. `nbsp`; undefined for unknown names. */
export function htmlEntity(name: string): string | undefined {
  if (!/^[A-Za-z][A-Za-z0-9]{1,31}$/.test(name)) return undefined
  if (!decoded.has(name) && decoded.size < 5000) decoded.set(name, decode(name))
  return decoded.get(name)
}

function decode(name: string): string | undefined {
  const node = parseFragment(`&${name};`).childNodes[0]
  const text = node && 'value' in node ? node.value : ''
  return text.startsWith('&') && text.length > 1 ? undefined : text
}

/** Looks like the object saxes wants, and knows every HTML entity besides the document's own. */
export function htmlEntities(own: Record<string, string>): Record<string, string> {
  return new Proxy(own, {
    get: (target, name) => (typeof name === 'string' ? (target[name] ?? htmlEntity(name)) : undefined),
  })
}

/** Longer values are not names for characters but text pumped up. */
const longestValue = 256
const most = 256

/**
 * The general entities that a document type declares for itself, as far as they are plain characters. Values with
 * references or markup in them are left undefined, so using one makes the document not well-formed; external ones are
 * never fetched and stand for nothing.
 */
export function declaredEntities(doctype: string): Record<string, string> {
  const entities: Record<string, string> = Object.assign(Object.create(null), xmlEntities)
  const declarations = doctype.matchAll(/<!ENTITY\s+([\w.:-]+)\s+(?:(SYSTEM|PUBLIC)\b|"([^"]*)"|'([^']*)')/g)
  let count = 0
  for (const [, name, external, double, single] of declarations) {
    if (++count > most) break
    const value = external ? '' : numericReferences(double ?? single ?? '')
    if (name && value !== undefined && !(name in entities)) entities[name] = value
  }
  return entities
}

const xmlEntities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function numericReferences(value: string): string | undefined {
  if (value.length > longestValue) return undefined
  const text = value.replace(/&#(x[0-9a-fA-F]{1,6}|\d{1,7});/g, (_, digits: string) => {
    const code = digits.startsWith('x') ? Number.parseInt(digits.slice(1), 16) : Number(digits)
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'
  })
  return /&|<|%/.test(value.replace(/&#\w+;/g, '')) ? undefined : text
}
