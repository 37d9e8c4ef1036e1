import { buildPng, buildZip } from '@stoa/testkit/books/index'
import { describe, expect, it } from 'vitest'
import { readBook } from '../testing.ts'

const page = (shade: number) => buildPng(20, 30, () => [shade, shade, shade])

describe('CBZ', () => {
  it('has its pages in order, the first as cover, and ComicInfo', async () => {
    const info = `<?xml version="1.0"?><ComicInfo><Title>Night Ferry</Title><Series>Harbour</Series><Number>4</Number><Writer>A. One, B. Two</Writer>
      <Year>2019</Year><Month>3</Month><LanguageISO>ja</LanguageISO><Manga>YesAndRightToLeft</Manga><Genre>Drama</Genre><Summary>A ferry.</Summary></ComicInfo>`
    const bytes = buildZip([
      { name: '2/b.png', data: page(3), stored: true },
      { name: '1/b.png', data: page(2), stored: true },
      { name: '1/a.png', data: page(1), stored: true },
      { name: 'ComicInfo.xml', data: info },
      { name: 'Thumbs.db', data: 'x' },
    ])
    const { analysis, all } = await readBook(bytes, 'x.cbz')
    expect(analysis).toMatchObject({
      format: 'cbz',
      opens: 'original',
      title: 'Night Ferry',
      authors: ['A. One', 'B. Two'],
      series: { name: 'Harbour', index: 4 },
      published: '2019-03',
      language: 'ja',
      direction: 'rtl',
      description: 'A ferry.',
      subjects: ['Drama'],
      pageCount: 3,
      fixedLayout: true,
    })
    expect(analysis.sections.map(({ href }) => href)).toEqual(['1/a.png', '1/b.png', '2/b.png'])
    expect(analysis.toc.map(({ title, href }) => [title, href])).toEqual([
      ['1', '1/a.png'],
      ['2', '2/b.png'],
    ])
    expect(Buffer.from(analysis.cover?.bytes ?? []).equals(Buffer.from(page(1)))).toBe(true)
    expect(all).toEqual([])
  })

  it('lives without metadata, and with broken ones', async () => {
    const bytes = buildZip([
      { name: '001.png', data: page(1), stored: true },
      { name: 'ComicInfo.xml', data: '<ComicInfo><Title>x' },
    ])
    expect((await readBook(bytes, 'My_Comic 01.cbz')).analysis).toMatchObject({
      title: 'My Comic 01',
      authors: [],
    })
  })
})
