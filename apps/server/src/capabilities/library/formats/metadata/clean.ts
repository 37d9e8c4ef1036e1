import { type DefaultTreeAdapterMap, parseFragment } from 'parse5'

/** Longest values kept: those of the contract, so that a book never fails for its metadata. */
const longest = { title: 500, name: 200, description: 20_000, other: 300 }

/** White space collapsed, control characters removed, cut to what may be stored; undefined for nothing. */
export function cleanText(
  text: string | undefined | null,
  kind: keyof typeof longest = 'other',
): string | undefined {
  const clean = text
    ?.replace(/[\p{Cc}\p{Cf}\s]+/gu, (run) => (/^[\u200c\u200d]+$/.test(run) ? run : ' '))
    .trim()
  return clean ? cut(clean, longest[kind]) : undefined
}

/** Description as plain text: books carry it as text, HTML, or HTML written as text. Paragraphs stay apart. */
export function cleanDescription(text: string | undefined): string | undefined {
  if (!text) return undefined
  const plain = /<\/?[a-z][^>]*>|&[a-z]+;|&#\d+;/i.test(text) ? htmlToText(text.slice(0, 200_000)) : text
  const paragraphs = plain
    .split(/\n\s*\n|\r\n\s*\r\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '')
  return paragraphs.length > 0 ? cut(paragraphs.join('\n\n'), longest.description) : undefined
}

/** The file's name as a title: without folders and extension, underscores as spaces. */
export function titleFromName(name: string): string {
  const base = name.replace(/^.*[/\\]/, '').replace(/(\.fb2)?\.[A-Za-z0-9]{1,8}$/, '')
  return cleanText(base.replaceAll('_', ' '), 'title') ?? '—'
}

/** Distinct, clean, bounded in number. */
export function cleanList(
  values: readonly (string | undefined)[],
  kind: keyof typeof longest = 'other',
  most = 50,
): string[] {
  const clean = values.map((value) => cleanText(value, kind)).filter((value) => value !== undefined)
  return [...new Set(clean)].slice(0, most)
}

/** A BCP 47 tag in canonical case; undefined for what is none (`UND`, `English`, `en_US` is mended). */
export function cleanLanguage(tag: string | undefined | null): string | undefined {
  if (!tag) return undefined
  try {
    const canonical = Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'))[0]
    return canonical && !/^(und|zxx|mul)\b/.test(canonical) && /^[a-z]{2,3}(-|$)/.test(canonical)
      ? canonical
      : undefined
  } catch {
    return undefined
  }
}

function htmlToText(html: string): string {
  let text = ''
  const stack: DefaultTreeAdapterMap['childNode'][] = parseFragment(html).childNodes.toReversed()
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.nodeName === '#text' && 'value' in node) text += node.value.replace(/\s+/g, ' ')
    if (!('tagName' in node) || /^(script|style|template)$/.test(node.tagName)) continue
    if (/^(p|div|br|li|h[1-6]|ul|ol|blockquote|tr)$/.test(node.tagName)) text += '\n\n'
    for (const child of node.childNodes.toReversed()) stack.push(child)
  }
  return text
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`
}
