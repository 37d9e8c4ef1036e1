import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseContent } from '../xml/parse-content.ts'
import { collectBlocks } from './collect.ts'
import { mergeBlocks } from './merge.ts'
import { weigh } from './weigh.ts'

const collect = (body: string) => {
  const markup = `<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>t</title></head><body>${body}</body></html>`
  const { root } = parseContent(markup, 'application/xhtml+xml', 'test')
  const { section, blocks } = collectBlocks(root, { path: [], anchors: new Map() }, 'en')
  return { section, blocks, texts: blocks.map(({ start, end }) => section.text.slice(start, end)) }
}

describe('weigh', () => {
  it('counts words, and characters where there are no spaces', () => {
    expect(weigh("It’s a well-known fact, isn't it?").words).toBe(6)
    expect(weigh('老人，写字。').words).toBe(4)
    expect(weigh('第3章 The End').words).toBe(5)
    expect(weigh('한국어 문장').words).toBe(2)
    expect(weigh(' \n—…、').words).toBe(0)
    expect(weigh('汉'.repeat(250)).units).toBeCloseTo(150)
  })
})

describe('blocks', () => {
  it('are paragraphs, with loose text between them', () => {
    expect(collect('<div>one<p>two</p>three <b>four</b></div>').texts).toEqual(['one', 'two', 'three four'])
  })

  it('collapse white space as browsers do, but not in pre', () => {
    expect(collect('<p> a \n b  <i> c</i> </p><pre>x\n  y</pre>').texts).toEqual(['a b c', 'x\n  y'])
  })

  it('keep poems together by class, type or line breaks of a stanza', () => {
    const { blocks, texts } = collect('<div class="poem"><p>a<br/>b</p><p>c</p></div><p>prose</p>')
    expect(texts).toEqual(['a\nb\nc', 'prose'])
    expect(blocks.map(({ kind }) => kind)).toEqual(['verse', 'text'])
  })

  it('do not take a page laid out with a table for one', () => {
    expect(
      collect('<table><tr><td><h1>T</h1><p>a</p><p>b</p></td></tr></table>').blocks.map(({ kind }) => kind),
    ).toEqual(['heading', 'text', 'text'])
  })

  it('make every note of a list of notes its own', () => {
    const notes = '<ol><li epub:type="endnote">first</li><li role="doc-endnote">second</li></ol>'
    expect(collect(notes).blocks.map(({ kind }) => kind)).toEqual(['footnote', 'footnote'])
  })

  it('carry the nearest language', () => {
    expect(
      collect('<p>a</p><div xml:lang="fr"><p>b</p></div>').blocks.map(({ language }) => language),
    ).toEqual(['en', 'fr'])
  })

  it('lead back to the character they came from', () => {
    const text = fc.stringMatching(/^[a-z 汉\n\t]{0,12}$/)
    const inline = text.map((inner) => `<em>${inner}</em>`)
    const markup = fc.array(
      fc.oneof(text, inline, fc.constantFrom('<br/>', '<!--c-->', '<p>x</p>', '<li>y</li>')),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(markup, (parts) => {
        const { section } = collect(parts.join(''))
        for (let at = 0; at < section.text.length; at++) {
          const char = section.text[at] ?? ''
          const point = section.pointAt(at)
          if (/\s/.test(char) || !point) continue
          expect(point.node.nodeValue[point.offset]).toBe(char)
        }
      }),
      { seed: 12, numRuns: 300 },
    )
  })
})

describe('mergeBlocks', () => {
  it('loses no word, keeps order and never exceeds the cap', () => {
    const words = fc.array(fc.constantFrom('one', 'two.', 'three,', '汉字。', 'four!'), {
      minLength: 1,
      maxLength: 400,
    })
    const paragraphs = fc.array(fc.tuple(fc.constantFrom('p', 'h2', 'ul', 'blockquote'), words), {
      minLength: 1,
      maxLength: 6,
    })
    fc.assert(
      fc.property(paragraphs, (list) => {
        const body = list.map(([tag, text]) =>
          tag === 'ul' ? `<ul><li>${text.join(' ')}</li></ul>` : `<${tag}>${text.join(' ')}</${tag}>`,
        )
        const { section, blocks } = collect(body.join(''))
        const passages = mergeBlocks(section.text, blocks)
        const squeeze = (text: string) => text.replace(/\s/g, '')
        const kept = blocks
          .filter(({ kind }) => kind !== 'heading')
          .map(({ start, end }) => section.text.slice(start, end))
        const made = passages.map(({ start, end }) => section.text.slice(start, end))
        if (kept.length > 0) expect(squeeze(made.join(''))).toBe(squeeze(kept.join('')))
        for (const text of made) expect(weigh(text).units).toBeLessThanOrEqual(220)
        for (const [i, passage] of passages.entries())
          expect(passage.start).toBeGreaterThanOrEqual(passages[i - 1]?.end ?? 0)
      }),
      { seed: 21, numRuns: 100 },
    )
  })
})
