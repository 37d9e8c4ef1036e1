import { DOMParser } from '@xmldom/xmldom'
import fc from 'fast-check'
import * as foliate from 'foliate-js/epubcfi.js'
import { describe, expect, it } from 'vitest'
import { nodesUnder, parseXhtml } from '../testing.ts'
import { type DomDocument, type DomNode, type DomPoint, type DomRange, isText, textLength } from './dom.ts'
import { cfiFromPoint, cfiFromRange } from './from-range.ts'
import { parseCfi } from './parse.ts'
import { compareCfi, indirectCfi, spinePath } from './paths.ts'
import { serialiseCfi } from './serialise.ts'
import { pointFromCfi, rangeFromCfi } from './to-range.ts'

/** Markup with adjacent text, CDATA, comments, empty elements and ids. */
const markup = fc.letrec<{ node: string; list: string }>((tie) => ({
  list: fc.array(tie('node'), { maxLength: 5 }).map((nodes) => nodes.join('')),
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(
      'plain',
      '汉字与𝒜',
      ' \n ',
      '<!-- c -->',
      '<![CDATA[raw <]]>',
      '<?pi x?>',
      '<br/>',
      'a&amp;b',
    ),
    fc
      .tuple(fc.constantFrom('p', 'em', 'div'), tie('list'))
      .map(([tag, inner]) => `<${tag}>${inner}</${tag}>`),
  ),
})).list

/** Every place a text range can begin or end inside `#top`. */
function textPoints(document: DomDocument): DomPoint[] {
  const top = document.getElementById?.('top')
  const texts = top == null ? [] : nodesUnder(top).filter(isText)
  return texts.flatMap((node) =>
    [0, textLength(node) >> 1, textLength(node)].map((offset) => ({ node, offset })),
  )
}

/** What foliate-js needs of a browser: `id` properties and `createRange`. */
function asBrowser(document: ReturnType<typeof parseXhtml>): unknown {
  for (const node of nodesUnder(document)) {
    const id = node.getAttribute?.('id')
    if (id) Object.assign(node, { id })
  }
  const range: Record<string, unknown> = {}
  range.setStart = (node: unknown, offset: number) => Object.assign(range, { start: { node, offset } })
  range.setEnd = (node: unknown, offset: number) => Object.assign(range, { end: { node, offset } })
  return Object.assign(document, { createRange: () => range })
}

const asDomRange = (start: DomPoint, end: DomPoint) => ({
  startContainer: start.node,
  startOffset: start.offset,
  endContainer: end.node,
  endOffset: end.offset,
  collapsed: start.node === end.node && start.offset === end.offset,
})

describe('CFI in a document', () => {
  it('CFI-1: numbers text as foliate-js does', () => {
    fc.assert(
      fc.property(markup, fc.nat(), fc.nat(), (body, i, j) => {
        const document = parseXhtml(`<div id="top">${body}<p id="end">x</p></div>`)
        asBrowser(document)
        const points = textPoints(document)
        const [a, b] = [i % points.length, j % points.length].sort((x, y) => x - y)
        const [start, end] = [points[a ?? 0], points[b ?? 0]]
        if (start === undefined || end === undefined) return
        const mine = cfiFromRange({ start, end })
        const theirs = parseCfi(foliate.fromRange(asDomRange(start, end)))
        expect(compareCfi(mine, theirs)).toBe(0)
      }),
      { seed: 11, numRuns: 300 },
    )
  })

  it('CFI-1: foliate-js finds the place this package wrote', () => {
    fc.assert(
      fc.property(markup, fc.nat(), (body, i) => {
        const document = parseXhtml(`<div id="top">${body}<p>x</p></div>`)
        const browser = asBrowser(document)
        const points = textPoints(document)
        const start = points[i % points.length]
        if (start === undefined) return
        const cfi = serialiseCfi({ kind: 'point', path: cfiFromPoint(start) })
        const theirs = foliate.toRange(browser, foliate.parse(cfi)) as { start: DomPoint }
        const mine = pointFromCfi(document, cfiFromPoint(start))?.point
        expect(mine).toEqual(theirs.start)
      }),
      { seed: 12, numRuns: 300 },
    )
  })

  it('CFI-1: foliate-js finds the ends of the range this package wrote', () => {
    fc.assert(
      fc.property(markup, fc.nat(), fc.nat(), (body, i, j) => {
        const document = parseXhtml(`<div id="top">${body}<p>x y</p></div>`)
        const browser = asBrowser(document)
        const points = textPoints(document)
        const [a, b] = [i % points.length, j % points.length].sort((x, y) => x - y)
        const [start, end] = [points[a ?? 0], points[b ?? 0]]
        if (start === undefined || end === undefined) return
        const cfi = cfiFromRange({ start, end })
        const theirs = foliate.toRange(browser, foliate.parse(serialiseCfi(cfi))) as DomRange
        const mine = rangeFromCfi(document, cfi)?.range
        expect({ start: theirs.start, end: theirs.end }).toEqual(mine)
      }),
      { seed: 14, numRuns: 300 },
    )
  })

  it('CFI-2: every boundary point comes back to the same place in the text', () => {
    fc.assert(
      fc.property(markup, (body) => {
        const document = parseXhtml(body)
        const root = document.documentElement
        for (const node of root === null ? [] : nodesUnder(root)) {
          const places = isText(node) ? textLength(node) : node.childNodes.length
          for (let offset = 0; node.nodeType < 5 && offset <= places; offset++) {
            const path = cfiFromPoint({ node, offset })
            const back = pointFromCfi(document, path)
            expect(back?.fit).toBe('exact')
            if (back !== undefined) expect(cfiFromPoint(back.point)).toEqual(path)
          }
        }
      }),
      { seed: 13, numRuns: 200 },
    )
  })

  it('TXT-3: counts UTF-16 units across CDATA, comments and surrogate pairs', () => {
    const document = parseXhtml('<p>a<!-- x -->𝒜<![CDATA[cd]]>e</p>')
    const cdata = nodesUnder(document).find((node) => node.nodeType === 4)
    if (cdata === undefined) throw new Error('no CDATA')
    const cfi = cfiFromRange({ start: { node: cdata, offset: 0 }, end: { node: cdata, offset: 2 } })
    expect(serialiseCfi(indirectCfi(spinePath(1), cfi))).toBe('epubcfi(/6/4!/4/2,/1:3,/1:5)')
  })

  it('CFI-3: follows an id that moved and says so', () => {
    const before = parseXhtml('<p>one</p><p id="two">two</p>')
    const text = nodesUnder(before).find((node) => node.nodeValue === 'two')
    const cfi = cfiFromRange({
      start: { node: text as DomNode, offset: 1 },
      end: { node: text as DomNode, offset: 3 },
    })
    expect(serialiseCfi(cfi)).toBe('epubcfi(/4/4[two],/1:1,/1:3)')
    const after = parseXhtml('<h1>new</h1><p>one</p><div><p id="two">two</p></div>')
    const found = rangeFromCfi(after, cfi)
    expect(found?.fit).toBe('corrected')
    expect(found?.range.start.node.nodeValue).toBe('two')
  })

  it.each(['epubcfi(/4/40/1:3)', 'epubcfi(/4/2/1:99)', 'epubcfi(/4/2/9:0)', 'epubcfi(/90/2)'])(
    'clamps %s to the nearest place',
    (cfi) => {
      const found = rangeFromCfi(parseXhtml('<p>one</p>'), parseCfi(cfi))
      expect(found?.fit).toBe('clamped')
    },
  )

  it('finds nothing in an empty document', () => {
    const empty = new DOMParser().parseFromString('<a/>', 'text/xml')
    expect(rangeFromCfi({ documentElement: null }, parseCfi('epubcfi(/4/2)'))).toBeUndefined()
    expect(rangeFromCfi(empty, parseCfi('epubcfi(/4/2)'))?.fit).toBe('clamped')
  })
})
