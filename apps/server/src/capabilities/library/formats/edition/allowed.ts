const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

/** Elements of a clean edition. */
export const allowedElements = words(
  'p h1 h2 h3 h4 h5 h6 div blockquote pre code em strong b i u s del ins sub sup small mark abbr cite q dfn kbd samp var time span br hr ul ol li dl dt dd table caption thead tbody tfoot tr th td figure figcaption a section article aside header footer main address ruby rb rt rp bdi bdo wbr details summary',
)

/** Old names for the same things. */
export const renamedElements: Readonly<Record<string, string>> = {
  center: 'div',
  dir: 'ul',
  font: 'span',
  strike: 's',
  tt: 'code',
  big: 'span',
  acronym: 'abbr',
  xmp: 'pre',
}

/** Left out with everything in them: code, forms, what loads or plays, ways around a web site. */
export const droppedElements = words(
  'script style template noscript head title iframe frame frameset object embed applet audio video canvas svg math form input button select textarea option datalist dialog menu nav link meta base param source track area map marquee',
)

/** Without content: written as one tag. */
export const voidElements = words('br hr wbr img')

/** Attributes kept as they are, by element; `*` for all. Ids and links are written by whoever cuts the chapters. */
const keptAttributes: Readonly<Record<string, ReadonlySet<string>>> = {
  '*': words('lang dir title epub:type'),
  ol: words('start reversed type'),
  li: words('value'),
  td: words('colspan rowspan'),
  th: words('colspan rowspan scope'),
  time: words('datetime'),
  details: words('open'),
}

export function isKeptAttribute(element: string, attribute: string): boolean {
  return (keptAttributes['*']?.has(attribute) || keptAttributes[element]?.has(attribute)) ?? false
}
