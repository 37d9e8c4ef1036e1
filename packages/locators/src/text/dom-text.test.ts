import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isText, textLength } from '../cfi/dom.ts'
import { nodesUnder, parseXhtml } from '../testing.ts'
import { domText } from './dom-text.ts'

const body = (markup: string) => {
  const root = parseXhtml(markup).documentElement
  if (root === null) throw new Error('no root')
  return root
}

describe('domText', () => {
  it('TXT-1: leaves out ruby readings, scripts and styles', () => {
    const root = body(
      '<p><ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>字</p><script>x()</script><style>p{}</style>',
    )
    expect(domText(root).text).toBe('漢字\n')
  })

  it('TXT-2: breaks lines at blocks and only there', () => {
    expect(domText(body('<h1>One</h1><p>a <em>b</em>c<br/>d</p><p>e</p>')).text).toBe('One\na bc\nd\ne\n')
  })

  it('TXT-3: offsets count UTF-16 code units, not characters', () => {
    const root = body('<p>𝒜b</p>')
    const node = nodesUnder(root).find((each) => each.nodeValue === '𝒜b')
    if (node === undefined) throw new Error('no text')
    const { text, offsetOf, rangeOf } = domText(root)
    expect(text).toHaveLength('𝒜b\n'.length)
    expect(offsetOf({ node, offset: 3 })).toBe(3)
    expect(rangeOf(2, 3)).toEqual({ start: { node, offset: 2 }, end: { node, offset: 3 } })
  })

  it('names the same characters by offset and by range', () => {
    const markup = fc.array(
      fc.constantFrom('<p>alpha</p>', '<p><b>be</b>ta</p>', 'loose', '<div><p/></div>', '<!--c-->'),
    )
    fc.assert(
      fc.property(markup, (parts) => {
        const root = body(parts.join(''))
        const { text, offsetOf, rangeOf } = domText(root)
        for (const node of nodesUnder(root).filter((each) => isText(each) && textLength(each) > 0)) {
          if (node.parentNode?.nodeName === 'title') continue
          const start = offsetOf({ node, offset: 0 })
          const end = offsetOf({ node, offset: textLength(node) })
          expect(text.slice(start, end)).toBe(node.nodeValue)
          expect(rangeOf(start, end)).toEqual({
            start: { node, offset: 0 },
            end: { node, offset: textLength(node) },
          })
        }
      }),
      { seed: 5, numRuns: 100 },
    )
  })

  it('places element boundaries at the text that follows', () => {
    const root = body('<p>one</p><p>two</p>')
    const [, bodyNode] = nodesUnder(root).filter(
      (node) => node.nodeName === 'head' || node.nodeName === 'body',
    )
    if (bodyNode === undefined) throw new Error('no body')
    const { text, offsetOf } = domText(root)
    expect(text.slice(offsetOf({ node: bodyNode, offset: 1 }))).toBe('two\n')
    expect(offsetOf({ node: bodyNode, offset: 2 })).toBe(text.length)
  })

  it('has no range where there is no text', () => {
    expect(domText(body('<img/>')).rangeOf(0, 5)).toBeUndefined()
  })
})
