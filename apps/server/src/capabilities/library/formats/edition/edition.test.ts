import { buildPng } from '@stoa/testkit/books/index'
import { unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { readingEdition } from '../reading-edition.ts'
import { readBook, refusal } from '../testing.ts'
import type { TocItem } from '../types.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const outline = (items: readonly TocItem[]): unknown[] =>
  items.map(({ title, children }) => (children.length > 0 ? [title, outline(children)] : title))

async function contents(bytes: Uint8Array, name = 'book'): Promise<string> {
  const parts = unzipSync(await readingEdition({ name, bytes }))
  const chapters = Object.entries(parts).filter(([part]) => /chapter\d+\.xhtml$/.test(part))
  return chapters.map(([, data]) => new TextDecoder().decode(data)).join('\n')
}

describe('plain text', () => {
  const novel = `《小城》
作者：王示例

第一卷 河

第一章 桥
　　这是第一段，写得不长。
　　这是第二段，也不长。

第二章 船
　　第一章里他没有来，这一回他来了。

尾声
　　完了。
`

  it('finds parts and chapters of a Chinese novel', async () => {
    const { analysis, all } = await readBook(utf8(novel), 'x.txt')
    expect(analysis).toMatchObject({
      format: 'txt',
      mediaType: 'text/plain',
      opens: 'edition',
      title: '小城',
      authors: ['王示例'],
      language: 'zh',
      identifiers: [],
    })
    expect(outline(analysis.toc)).toEqual([['第一卷 河', ['第一章 桥', '第二章 船', '尾声']]])
    expect(all.map(({ text }) => text)).toContain('这是第一段，写得不长。\n这是第二段，也不长。')
    expect(all.find(({ text }) => text.includes('他来了'))?.sectionPath).toEqual(['第一卷 河', '第二章 船'])
  })

  it.each([
    [
      'GB18030',
      Buffer.from(
        'tdrSu9XCIMfFCtXyyc+1xMjLy7WjrLe01f3SssO709DIy8ilvejK6aOssrvI57XItb3H78zs1NnQ3qGjCg==',
        'base64',
      ),
      '镇上的人说，反正也没有人去借书，不如等到秋天再修。',
    ],
    [
      'Big5',
      Buffer.from(
        'ssSkQLO5IL70CsLtpFequqRIu6GhQaTPpb+kXahTprOkSKVorcmu0aFBpKOmcLWlqOys7qTRpkGt16FDCg==',
        'base64',
      ),
      '鎮上的人說，反正也沒有人去借書，不如等到秋天再修。',
    ],
    [
      'Windows-1252',
      Buffer.from(
        'RWluIGdhbnogZ2V39mhubGljaGVyIFNhdHog/GJlciBGbPxzc2UgdW5kIEJy/GNrZW4sIGdy9t9lciBhbHMgbWFuY2hlciBhbmRlcmUu',
        'base64',
      ),
      'Ein ganz gewöhnlicher Satz über Flüsse und Brücken, größer als mancher andere.',
    ],
    ['UTF-16 with a mark', Buffer.from('\ufeff河水涨得很高。', 'utf16le'), '河水涨得很高。'],
    ['UTF-16 without one', Buffer.from('An ordinary English text.', 'utf16le'), 'An ordinary English text.'],
    [
      'UTF-8 with one bad byte',
      Buffer.concat([utf8('河水涨得很高。'.repeat(400)), Buffer.from([0xff])]),
      '河水涨得很高。'.repeat(20),
    ],
  ])('decodes %s', async (_, bytes, expected) => {
    const { all } = await readBook(bytes, 'x.txt')
    expect(all[0]?.text.startsWith(expected)).toBe(true)
  })

  it('joins lines broken at a fixed width and passes over a table of contents', async () => {
    const line = 'It was a line of some sixty characters, as old texts had them'
    const list = 'CHAPTER I. The Start\nCHAPTER II. The Middle\nCHAPTER III. The End'
    const text = `Title: A Small Book\nAuthor: A. Writer\n\n${list}\n\n\nCHAPTER I. The Start\n\n${line}\n${line}\nend.\n\n${line}\n${line}\nend.\n\nCHAPTER II. The Middle\n\n${line}\n${line}\n`
    const { analysis, all } = await readBook(utf8(text), 'x.txt')
    expect(analysis).toMatchObject({ title: 'A Small Book', authors: ['A. Writer'], language: 'en' })
    expect(outline(analysis.toc)).toEqual(['CHAPTER I. The Start', 'CHAPTER II. The Middle'])
    expect(all.at(-1)?.text).toBe(`${line} ${line}`)
  })

  it('cuts a long text without headings into documents, and takes the name for a title', async () => {
    const text = Array.from(
      { length: 4000 },
      (_, i) => `Paragraph number ${i} of a text that has no chapters.`,
    ).join('\n')
    const { analysis } = await readBook(utf8(text), 'my_long text.txt')
    expect(analysis.title).toBe('my long text')
    expect(analysis.sections.length).toBeGreaterThan(2)
  })

  it('gives the same bytes for the same file', async () => {
    const [a, b] = [
      await readingEdition({ name: 'a.txt', bytes: utf8(novel) }),
      await readingEdition({ name: 'a.txt', bytes: utf8(novel) }),
    ]
    expect(Buffer.from(a).equals(Buffer.from(b))).toBe(true)
  })

  it('keeps characters that are markup elsewhere, and drops what XML cannot hold', async () => {
    const { all } = await readBook(utf8('a < b && c > d <script>x</script> \u0001 ]]>'), 'x.txt')
    expect(all[0]?.text).toBe('a < b && c > d <script>x</script> ]]>')
  })
})

describe('Markdown', () => {
  const png = Buffer.from(buildPng(2, 2, () => [1, 2, 3])).toString('base64')
  const text = `---
title: "Field notes"
author: [Ann, Bo]
lang: en-GB
tags:
  - birds
---
# Spring

First *lines*. See [later](#autumn) and [out](https://example.org/a?b=1&c=2) and [bad](javascript:alert(1)).

## March

- one
- two

| a | b |
|---|---|
| 1 | 2 |

![inside](data:image/png;base64,${png}) ![outside](https://example.org/x.png)

# Autumn

<script>alert(1)</script> Second.
`

  it('becomes chapters with metadata, pictures of its own and no HTML', async () => {
    const bytes = utf8(text)
    const { analysis, all } = await readBook(bytes, 'notes.md')
    expect(analysis).toMatchObject({
      format: 'markdown',
      title: 'Field notes',
      authors: ['Ann', 'Bo'],
      language: 'en-GB',
      subjects: ['birds'],
    })
    expect(outline(analysis.toc)).toEqual([['Spring', ['March']], 'Autumn'])
    expect(all.find(({ kind }) => kind === 'table')?.text).toBe('a\tb\n1\t2')
    const markup = await contents(bytes, 'notes.md')
    expect(markup).toContain('<img src="image1.png" alt="inside"/>')
    expect(markup).toContain('href="https://example.org/a?b=1&amp;c=2"')
    expect(markup).toContain('&lt;script&gt;')
    expect(markup).not.toMatch(/example\.org\/x\.png|<script|href="javascript/)
  })

  it('leads links between chapters', async () => {
    const markup = await contents(utf8('# One\n\n[two](#heading-2)\n\n# Two\n\ntext'), 'a.md')
    expect(markup).toContain('href="chapter2.xhtml#heading-2"')
    expect(markup).toContain('<h1 id="heading-2">Two</h1>')
  })
})

describe('HTML', () => {
  it('keeps what is text and nothing that runs, loads or sends', async () => {
    const bytes =
      utf8(`<!doctype html><html lang="fr"><head><title>Page &amp; more</title><meta name=author content="A. N.">
<script>boom()</script><style>p{}</style></head><body onload="boom()"><nav>menu</nav><div><h1 id=a>Un</h1><p onclick="x()" style="x">Bonjour
<img src=x onerror="boom()" alt="alt text"><img src="https://example.org/p.png"><iframe src="https://example.org"></iframe>
<svg onload="boom()"><script>boom()</script></svg><a href="javascript:boom()">lien</a> <a href="#b">b</a><form><input></form>
<math><mtext><script>boom()</script></mtext></math><noscript><img src=x></noscript></p></div><section><h1 id=b>Deux</h1><p>fin<p>vraiment</section></body></html>`)
    const { analysis, all } = await readBook(bytes, 'x.html')
    expect(analysis).toMatchObject({
      format: 'html',
      title: 'Page & more',
      authors: ['A. N.'],
      language: 'fr',
    })
    expect(outline(analysis.toc)).toEqual(['Un', 'Deux'])
    const markup = await contents(bytes)
    expect(markup).toContain('alt text')
    expect(markup).toContain('href="chapter2.xhtml#b"')
    expect(markup).not.toMatch(
      /boom|onerror|onclick|onload|style="|<script|<svg|<iframe|<form|example\.org|menu/,
    )
    expect(all.at(-1)?.text).toBe('fin\nvraiment')
  })

  it('opens up the containers around chapters, and takes text without any headings', async () => {
    const nested =
      '<body><main><article><h2>A</h2><p>a</p></article><article><h2>B</h2><p>b</p></article></main>'
    expect(outline((await readBook(utf8(nested), 'n.html')).analysis.toc)).toEqual(['A', 'B'])
    const bare = await readBook(utf8('<p>only this</p>'), 'bare.html')
    expect(bare.analysis.title).toBe('bare')
    expect(bare.all[0]?.text).toBe('only this')
  })
})

describe('FictionBook', () => {
  const cover = Buffer.from(buildPng(3, 4, () => [9, 9, 9])).toString('base64')
  const fb2 = `<?xml version="1.0" encoding="utf-8"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink"><description><title-info><genre>prose</genre>
<author><first-name>Анна</first-name><last-name>Примерова</last-name></author><book-title>Дорога</book-title><annotation><p>О дороге.</p></annotation>
<lang>ru</lang><coverpage><image l:href="#c.png"/></coverpage><sequence name="Пути" number="3"/></title-info>
<publish-info><publisher>Дом</publisher><isbn>978-3-16-148410-0</isbn></publish-info></description>
<body><title><p>Дорога</p></title><section><title><p>Глава первая</p></title><p>Шёл дождь<a l:href="#n1" type="note">[1]</a>, и дорога кончилась.</p>
<section><title><p>Ночь</p></title><p>Темно.</p></section></section><section><title><p>Глава вторая</p></title><poem><stanza><v>Строка одна</v><v>строка другая</v></stanza></poem></section></body>
<body name="notes"><section id="n1"><title><p>1</p></title><p>Третий день.</p></section></body><binary id="c.png" content-type="image/png">${cover}</binary></FictionBook>`

  it.each([
    ['plain', utf8(fb2)],
    ['zipped', zipSync({ 'book.fb2': utf8(fb2) })],
  ])('is read %s', async (_, bytes) => {
    const { analysis, all } = await readBook(bytes, 'x.fb2')
    expect(analysis).toMatchObject({
      format: 'fb2',
      opens: 'edition',
      title: 'Дорога',
      authors: ['Анна Примерова'],
      language: 'ru',
      description: 'О дороге.',
      publisher: 'Дом',
      series: { name: 'Пути', index: 3 },
      identifiers: [{ scheme: 'isbn', value: '9783161484100' }],
      cover: { mediaType: 'image/png' },
    })
    expect(outline(analysis.toc)).toEqual(['Дорога', ['Глава первая', ['Ночь']], 'Глава вторая', '*'])
    expect(all.find(({ text }) => text.startsWith('Шёл'))?.text).toBe('Шёл дождь, и дорога кончилась.')
    expect(all.find(({ kind }) => kind === 'footnote')?.text).toContain('Третий день.')
    expect(all.find(({ kind }) => kind === 'verse')?.text).toBe('Строка одна\nстрока другая')
  })

  it('in another encoding', async () => {
    const text = 'Дорога'
    const cp1251 = Uint8Array.from(
      `<?xml version="1.0" encoding="windows-1251"?><FictionBook><description><title-info><book-title>@</book-title></title-info></description><body><section><p>@</p></section></body></FictionBook>`
        .split('')
        .flatMap((char) =>
          char === '@'
            ? Array.from(text, (c) => (c.codePointAt(0) ?? 0) - 0x410 + 0xc0)
            : [char.charCodeAt(0)],
        ),
    )
    expect((await readBook(cp1251)).analysis).toMatchObject({ title: text, language: 'ru' })
  })

  it('is refused when cut off or broken', async () => {
    expect((await refusal(utf8(fb2.slice(0, fb2.length / 2))))?.code).toBe('file.truncated')
    expect((await refusal(utf8(fb2.replace('</stanza>', '<stanza>'))))?.code).toBe('file.damaged')
  })
})
