import { fromMarkdown, toDocument, toMarkdown } from '@stoa/document-schema'
import { seededRandom, systemClock, uuidv7 } from '@stoa/kernel'
import { buildPng } from '@stoa/testkit/books/index'
import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { docxFile } from './docx-file.ts'
import { readDocx } from './docx-import.ts'
import { epubFile } from './epub-file.ts'
import { htmlFile } from './html-file.ts'
import type { CarriedImage } from './images.ts'
import { templateMarkdown, templatesIn } from './templates.ts'

const random = seededRandom(1)
const newId = () => uuidv7(systemClock, random)
const picture = newId()
const png: CarriedImage = {
  ...{
    bytes: buildPng(40, 20, () => [200, 100, 50]),
    type: 'png',
    mediaType: 'image/png',
    width: 40,
    height: 20,
  },
}
const images = new Map([[picture, png]])
const source = `# Slow reading

Some **bold**, *italic*, ~~struck~~ and a [link](https://walden.example/).

- one
- two
  - nested

1. first
2. second

- [x] done

| Word | 词 |
| --- | --- |
| slow | 慢 |

![A page](stoa:file/${picture})

> quoted

\`\`\`js
const a = 1
\`\`\`

$$
x^2
$$
`
const { doc } = fromMarkdown(source)

describe('DOCX', () => {
  test('holds what the document says, and is read back', async () => {
    const file = await docxFile('Title', doc, images)
    const { doc: back, pictures, leftOut, title } = await readDocx(file, newId)
    expect(title).toBe('Title')
    const markdown = toMarkdown(back)
    for (const part of [
      '# Slow reading',
      '**bold**',
      '*italic*',
      '~~struck~~',
      '[link](https://walden.example/)',
      '- one',
      '  - nested',
      '1. first',
      '| Word | 词 |',
      '> quoted',
      '- [x] done',
      '```\nconst a = 1\n',
      'const a = 1',
      'x^2',
    ])
      expect(markdown).toContain(part)
    expect(pictures.map(({ bytes }) => [...bytes.slice(1, 4)])).toEqual([[0x50, 0x4e, 0x47]])
    expect(markdown).toContain(`](stoa:file/${pictures[0]?.id})`)
    expect(leftOut).toEqual([])
    expect(() => toDocument(back.toJSON()).check()).not.toThrow()
  })

  test('that unpacks to too much, is cut short or is something else is refused before it is read', async () => {
    const bomb = zipSync({ 'word/document.xml': new Uint8Array(17 * 1024 * 1024) })
    expect(bomb.length).toBeLessThan(100_000)
    await expect(readDocx(bomb, newId)).rejects.toThrow('too much')
    const liar = zipSync({ 'word/document.xml': new Uint8Array(64 * 1024 * 1024) })
    for (let at = 0; at + 4 < liar.length; at += 1)
      if (new DataView(liar.buffer).getUint32(at, true) === 64 * 1024 * 1024)
        new DataView(liar.buffer).setUint32(at, 100, true)
    await expect(readDocx(liar, newId)).rejects.not.toThrow('too much')
    const whole = await docxFile('Title', doc, images)
    for (const bytes of [
      whole.slice(0, whole.length / 2),
      new Uint8Array(),
      zipSync({ a: new Uint8Array(3) }),
    ])
      await expect(readDocx(bytes, newId)).rejects.toThrow()
  })
})

test('EPUB is opened by our own reader: title, chapters, pictures', async () => {
  const { doc: long } = fromMarkdown(`Before.\n\n${source}\n\n# Second <chapter>\n\nText & more.`)
  const file = await epubFile({ title: 'A & B', authors: ['Maya'], language: 'en' }, long, images)
  const book = await openEpub(file)
  expect(book).toMatchObject({ title: 'A & B', authors: ['Maya'], language: 'en', warnings: [] })
  expect(book.chapters).toEqual(['A & B', 'Slow reading', 'Second <chapter>'])
})

async function openEpub(file: Uint8Array) {
  const { readBook } = await import('../../library/formats/testing.ts')
  const { analysis } = await readBook(file)
  const { title, authors, language, toc, warnings } = analysis
  return { title, authors, language, warnings, chapters: toc.map((entry) => entry.title) }
}

test('HTML stands by itself: images are inside, nothing is loaded or run', async () => {
  const html = await htmlFile('<T>', doc, images)
  expect(html).toContain('<title>&lt;T&gt;</title>')
  expect(html).toContain('<img src="data:image/png;base64,')
  expect(html).toContain("default-src 'none'")
  expect(html).not.toMatch(/<script|src="(?!data:)/)
})

test('templates say the same in both languages, in Markdown that stays as it is', () => {
  const [en, zh] = [templatesIn('en'), templatesIn('zh')]
  expect(zh.map(({ id }) => id)).toEqual(en.map(({ id }) => id))
  for (const { markdown } of [...en, ...zh]) expect(toMarkdown(fromMarkdown(markdown).doc)).toBe(markdown)
  const made = templateMarkdown({ id: 'reading-notes', locale: 'en' }, 'A * B')
  expect(made.title).toBe('Reading notes: A * B')
  expect(toMarkdown(fromMarkdown(made.markdown).doc)).toMatch(/^\*A \\\* B\*\n/)
})
