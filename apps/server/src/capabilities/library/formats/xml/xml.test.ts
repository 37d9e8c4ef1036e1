import { DOMParser } from '@xmldom/xmldom'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FileTooComplexError } from '../errors.ts'
import { parseContent } from './parse-content.ts'
import { parseXml, XmlSyntaxError } from './parse-xml.ts'
import { firstDescendant, textContent } from './query.ts'
import { XmlElement, type XmlNode } from './tree.ts'

const parse = (text: string) => parseXml(text, { part: 'test' })
const outline = (node: XmlNode): unknown =>
  node instanceof XmlElement
    ? [node.nodeName, node.step, ...node.childNodes.map(outline)]
    : [node.step, node.nodeValue]

describe('parseXml', () => {
  it('numbers children as EPUB CFI does, text around comments and CDATA as one', () => {
    expect(outline(parse('<a>x<!-- c -->y<![CDATA[<z>]]><b/><?p i?><c>q</c></a>'))).toEqual([
      'a',
      0,
      [1, 'xy<z>'],
      ['b', 2],
      ['c', 4, [1, 'q']],
    ])
  })

  it('names the attributes of known namespaces by their usual prefix', () => {
    const root = parse(
      '<a xmlns:e="http://www.idpf.org/2007/ops" xmlns:q="urn:q"><b e:type="noteref" q:x="1" id="i"/></a>',
    )
    expect([...(firstDescendant(root, 'b')?.attributes ?? [])]).toEqual([
      ['epub:type', 'noteref'],
      ['q:x', '1'],
      ['id', 'i'],
    ])
  })

  it('knows entities as browsers do', () => {
    const xhtml = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">'
    expect(textContent(parse(`${xhtml}<a>&nbsp;&eacute;&amp;&#x41;</a>`))).toBe('\u00a0é&A')
    expect(
      textContent(
        parse(
          '<!DOCTYPE a [<!ENTITY own "mine"><!ENTITY out SYSTEM "file:///etc/passwd">]><a>&own;&out;</a>',
        ),
      ),
    ).toBe('mine')
    expect(() => parse('<!DOCTYPE html><a>&nbsp;</a>')).toThrow(XmlSyntaxError)
    expect(() => parse('<!DOCTYPE a [<!ENTITY b "&c;&c;"><!ENTITY c "x">]><a>&b;</a>')).toThrow(
      XmlSyntaxError,
    )
    expect(textContent(parseXml('<a>&nbsp;</a>', { part: 'opf', entities: 'html' }))).toBe('\u00a0')
    expect(() => parseXml('<a>&nonsense;</a>', { part: 'opf', entities: 'html' })).toThrow(XmlSyntaxError)
    expect(() => parseXml('<a>&constructor;</a>', { part: 'opf', entities: 'html' })).toThrow(XmlSyntaxError)
  })

  it.each(['', '<a>', '<a></b>', '<a b="1" b="2"/>', '<a>&</a>', 'text', '<x:a/>', '<a/><b/>'])(
    'refuses %s',
    (text) => {
      expect(() => parse(text)).toThrow(XmlSyntaxError)
    },
  )

  it('stops at depths no book has', () => {
    expect(() => parse('<a>'.repeat(5000))).toThrow(FileTooComplexError)
  })

  it('builds the tree that xmldom builds', () => {
    const node = fc.letrec<{ list: string; node: string }>((tie) => ({
      list: fc.array(tie('node'), { maxLength: 4 }).map((all) => all.join('')),
      node: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom('text', '汉', ' \n ', '<!-- c -->', '<br/>', '&amp;', '<![CDATA[c]]>'),
        tie('list').map((inner) => `<p>${inner}</p>`),
      ),
    })).list
    fc.assert(
      fc.property(node, (inner) => {
        const text = `<r>${inner}</r>`
        const theirs = new DOMParser().parseFromString(text, 'text/xml').documentElement
        expect(textContent(parse(text))).toBe(theirs?.textContent)
        const elements = (root: XmlElement): number =>
          root.childNodes.reduce((n, child) => n + (child instanceof XmlElement ? 1 + elements(child) : 0), 0)
        expect(elements(parse(text))).toBe(theirs?.getElementsByTagName('*').length)
      }),
      { seed: 5, numRuns: 200 },
    )
  })
})

describe('parseContent', () => {
  it('falls back to HTML, with the tree of a browser', () => {
    const { root, wellFormed } = parseContent(
      '<!doctype html><html><body><p>a<p>b<table><tr><td>c</table>',
      'application/xhtml+xml',
      'x',
    )
    expect(wellFormed).toBe(false)
    expect(outline(root)).toEqual([
      'html',
      0,
      ['head', 2],
      [
        'body',
        4,
        ['p', 2, [1, 'a']],
        ['p', 4, [1, 'b']],
        ['table', 6, ['tbody', 2, ['tr', 2, ['td', 2, [1, 'c']]]]],
      ],
    ])
  })
})
