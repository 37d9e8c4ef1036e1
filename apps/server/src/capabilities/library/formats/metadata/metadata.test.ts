import { describe, expect, it } from 'vitest'
import { cleanDescription, cleanLanguage, cleanList, cleanText, titleFromName } from './clean.ts'
import { toIdentifier, toIsbn13, uniqueIdentifiers } from './identifier.ts'

describe('identifiers', () => {
  it.each([
    ['9783161484100', '9783161484100'],
    ['978-3-16-148410-0', '9783161484100'],
    ['0-306-40615-2', '9780306406157'],
    ['0 8044 2957 X', '9780804429573'],
    ['9783161484101', undefined],
    ['0306406153', undefined],
    ['12345', undefined],
  ])('ISBN %s', (printed, isbn) => {
    expect(toIsbn13(printed)).toBe(isbn)
  })

  it.each([
    ['urn:isbn:9783161484100', '', 'isbn', '9783161484100'],
    ['ISBN 0-306-40615-2', '', 'isbn', '9780306406157'],
    ['0306406152', 'ISBN', 'isbn', '9780306406157'],
    ['0306406152', '', 'other', '0306406152'],
    ['urn:uuid:5F1C2D34-9A7B-4C1E-8D2F-0A1B2C3D4E5F', '', 'uuid', '5f1c2d34-9a7b-4c1e-8d2f-0a1b2c3d4e5f'],
    ['https://doi.org/10.1000/182', '', 'doi', '10.1000/182'],
    ['B00AB12CD3', '', 'asin', 'B00AB12CD3'],
    ['https://example.org/book', '', 'uri', 'https://example.org/book'],
  ])('%s (%s) is %s', (text, hint, scheme, value) => {
    expect(toIdentifier(text, hint)).toEqual({ scheme, value })
  })

  it('are each listed once', () => {
    const isbn = toIdentifier('urn:isbn:0306406152')
    expect(uniqueIdentifiers([isbn, undefined, toIdentifier('9780306406157'), toIdentifier(' ')])).toEqual([
      isbn,
    ])
  })
})

describe('clean metadata', () => {
  it('has no odd space, control characters or endless values', () => {
    expect(cleanText('  A\n\t b\u0000c\u200b \u00a0d ')).toBe('A b c d')
    expect(cleanText('x'.repeat(900), 'title')).toHaveLength(500)
    expect(cleanText(` ${'😀'.repeat(300)}`, 'title')).toMatch(/^😀+…$/u)
    expect(cleanText(' \n ')).toBeUndefined()
    expect(cleanList(['a', ' a ', undefined, 'b'])).toEqual(['a', 'b'])
  })

  it('has descriptions as paragraphs of plain text', () => {
    expect(cleanDescription('<p>One &amp; <b>two</b></p><script>x()</script><ul><li>three</li></ul>')).toBe(
      'One & two\n\nthree',
    )
    expect(cleanDescription('Plain, a < b.\n\nNext.')).toBe('Plain, a < b.\n\nNext.')
    expect(cleanDescription('')).toBeUndefined()
  })

  it.each([
    ['en-gb', 'en-GB'],
    ['zh_CN', 'zh-CN'],
    ['ZH-hans', 'zh-Hans'],
    ['und', undefined],
    ['English', undefined],
    ['', undefined],
    ['x-klingon', undefined],
  ])('language %s', (tag, language) => {
    expect(cleanLanguage(tag)).toBe(language)
  })

  it.each([
    ['C:\\books\\My_Book - 2.epub', 'My Book - 2'],
    ['/a/b/war.fb2.zip', 'war'],
    ['no extension', 'no extension'],
    ['三体.txt', '三体'],
    ['.epub', '—'],
  ])('title from %s', (name, title) => {
    expect(titleFromName(name)).toBe(title)
  })
})
