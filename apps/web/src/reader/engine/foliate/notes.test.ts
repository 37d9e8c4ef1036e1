import { describe, expect, it } from 'vitest'
import { extractNote, noteReference } from './notes.ts'

const parse = (body: string) =>
  new DOMParser().parseFromString(
    `<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>${body}</body></html>`,
    'application/xhtml+xml',
  )

function reference(markup: string) {
  const link = parse(markup).querySelector('a')
  if (!link) throw new Error('no link')
  return noteReference(link)
}

function note(markup: string, sure = false) {
  const target = parse(markup).getElementById('n')
  if (!target) throw new Error('no note')
  return extractNote(target, { id: 'r', sure })?.text
}

describe('references to notes', () => {
  it.each([
    ['<a epub:type="noteref" href="#n">see</a>', 'declared'],
    ['<a role="doc-noteref" href="#n">see</a>', 'declared'],
    ['<sup><a href="#n">12</a></sup>', 'likely'],
    ['<a href="#n"><sup>*</sup></a>', 'likely'],
    ['<a href="#n">[3]</a>', 'likely'],
    ['<a href="#n">〔二〕</a>', undefined],
    ['<sup><a href="#n">注1</a></sup>', 'likely'],
    ['<a href="c2.xhtml">Chapter 2</a>', undefined],
    ['<sup><a role="doc-backlink" href="#r">1</a></sup>', undefined],
    ['<p>in <a href="#n">1984</a></p>', undefined],
  ])('%s is %s', (markup, expected) => {
    expect(reference(markup)).toBe(expected)
  })
})

describe('notes', () => {
  it.each([
    [
      '<aside id="n" epub:type="footnote"><p>Four minutes fast. <a href="#r">↩</a></p></aside>',
      'Four minutes fast.',
    ],
    ['<ol><li id="n"><p>Herring oil.</p></li><li>Other</li></ol>', 'Herring oil.'],
    ['<ol><li><a id="n"></a>Deep anchor.</li></ol>', 'Deep anchor.'],
    ['<p><a id="n" href="x#r">1</a> By hand.</p><p>Next.</p>', 'By hand.'],
    ['<dl><dt id="n">oil</dt><dd>Of herring.</dd></dl>', 'Of herring.'],
    ['<div id="n"><p>Short.</p></div>', 'Short.'],
  ])('reads %s', (markup, expected) => {
    expect(note(markup)).toBe(expected)
  })

  it('leaves chapters to be gone to', () => {
    expect(note('<section id="n"><h2>Two</h2><p>Text</p></section>')).toBeUndefined()
    expect(note('<h2 id="n">Two</h2>')).toBeUndefined()
    expect(note(`<p id="n">${'long '.repeat(1000)}</p>`)).toBeUndefined()
    expect(note('<p id="n"></p>')).toBeUndefined()
  })

  it('takes a section when the link says that it is a note, without its number', () => {
    expect(note('<section id="n"><header><h1>1</h1></header><p>It burned.</p></section>', true)).toBe(
      'It burned.',
    )
  })
})
