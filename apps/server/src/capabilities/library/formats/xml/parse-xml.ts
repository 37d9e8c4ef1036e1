import { SaxesParser, type SaxesTagNS } from 'saxes'
import { declaredEntities, htmlEntities } from './entities.ts'
import { TreeBudget, XmlElement } from './tree.ts'

/** The text is not well-formed XML. */
export class XmlSyntaxError extends Error {
  override readonly name = 'XmlSyntaxError'
  readonly line: number

  constructor(message: string, line: number) {
    super(message)
    this.line = line
  }
}

export interface ParseXmlOptions {
  /** Names the document in errors. */
  part: string
  /**
   * `declared`: entities of XML, of the document itself and, under a public XHTML document type, of HTML: what browsers
   * do. `html`: those of HTML always, for package files made by hand.
   */
  entities?: 'declared' | 'html'
}

const prefixes: Readonly<Record<string, string>> = {
  'http://www.idpf.org/2007/ops': 'epub:',
  'http://www.w3.org/1999/xlink': 'xlink:',
  'http://www.w3.org/XML/1998/namespace': 'xml:',
  'http://www.idpf.org/2007/opf': 'opf:',
}

/** Public identifiers under which browsers know the HTML entities (HTML §14.2). */
const xhtmlDoctype = /-\/\/W3C\/\/DTD (XHTML|MathML)|-\/\/WAPFORUM\/\/DTD XHTML Mobile/

/**
 * Parses namespaced XML 1.0 strictly and gives its root. Never fetches anything.
 * @throws XmlSyntaxError, FileTooComplexError
 */
export function parseXml(text: string, options: ParseXmlOptions): XmlElement {
  const parser = new SaxesParser({ xmlns: true })
  const budget = new TreeBudget(options.part)
  let root: XmlElement | undefined
  let current: XmlElement | null = null
  let depth = 0
  const append = (value: string) => current?.appendText(value)

  parser.on('error', (error) => {
    throw new XmlSyntaxError(error.message, parser.line)
  })
  if (options.entities === 'html') parser.ENTITIES = htmlEntities(declaredEntities(''))
  parser.on('doctype', (doctype) => {
    const declared = declaredEntities(doctype)
    const html = options.entities === 'html' || xhtmlDoctype.test(doctype)
    parser.ENTITIES = html ? htmlEntities(declared) : declared
  })
  parser.on('opentag', (tag) => {
    budget.spend(++depth)
    current = new XmlElement(current, tag.local, attributesOf(tag))
    root ??= current
  })
  parser.on('closetag', () => {
    depth--
    current = current?.parentNode ?? null
  })
  parser.on('text', append)
  parser.on('cdata', append)
  parser.write(text).close()
  if (!root) throw new XmlSyntaxError('no root element', parser.line)
  return root
}

const none: ReadonlyMap<string, string> = new Map()

function attributesOf(tag: SaxesTagNS): ReadonlyMap<string, string> {
  const given = Object.values(tag.attributes)
  if (given.length === 0) return none
  return new Map(
    given.map(({ local, uri, value, prefix }) => {
      const known = prefixes[uri]
      return [known === undefined ? (prefix ? `${prefix}:${local}` : local) : known + local, value]
    }),
  )
}
