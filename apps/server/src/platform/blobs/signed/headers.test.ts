import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contentDisposition, contentHeaders, matchesEtag, parseRange } from './headers.ts'

describe('Content-Disposition', () => {
  const attachment = (name: string) => contentDisposition('application/epub+zip', name)

  test.each([
    ['book.epub', 'attachment; filename="book.epub"'],
    ['a b.epub', 'attachment; filename="a b.epub"'],
    ['红楼梦.epub', `attachment; filename="___.epub"; filename*=UTF-8''%E7%BA%A2%E6%A5%BC%E6%A2%A6.epub`],
    ["L'été.pdf", `attachment; filename="L'_t_.pdf"; filename*=UTF-8''L%27%C3%A9t%C3%A9.pdf`],
    ['100%.txt', `attachment; filename="100_.txt"; filename*=UTF-8''100%25.txt`],
    ['../../etc/passwd', 'attachment; filename="_.._etc_passwd"'],
    ['C:\\a"b.txt', 'attachment; filename="C__a_b.txt"'],
    ['a\r\nSet-Cookie: x=1', 'attachment; filename="aSet-Cookie_ x=1"'],
    ['gpj.\u202eexe', 'attachment; filename="gpj.exe"'],
    ['.htaccess', 'attachment; filename="htaccess"'],
    ['', 'attachment; filename="download"'],
    ['...', 'attachment; filename="download"'],
  ])('%j', (name, header) => expect(attachment(name)).toBe(header))

  test('is printable ASCII of bounded length for any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        expect(attachment(name)).toMatch(
          /^attachment; filename="[ !#-[\]-~]+"(; filename\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]+)?$/,
        )
        expect(attachment(name).length).toBeLessThan(3_000)
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  test('without a name only what cannot run is shown in place', () => {
    for (const type of [
      'image/webp',
      'image/png',
      'application/pdf',
      'audio/mpeg',
      'text/plain; charset=utf-8',
    ]) {
      expect(contentDisposition(type, undefined)).toBe('inline')
    }
    for (const type of ['text/html', 'image/svg+xml', 'application/xhtml+xml', 'text/xml', 'text/plainer']) {
      expect(contentDisposition(type, undefined)).toBe('attachment')
    }
  })
})

test('a stored file never runs in our origin', () => {
  expect(contentHeaders('text/html', undefined)).toEqual({
    'content-type': 'text/html',
    'content-disposition': 'attachment',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'accept-ranges': 'bytes',
  })
})

test.each([
  [undefined, false],
  ['"a"', true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ['*', true],
  ['"b"', false],
  ['a', false],
])('If-None-Match %s: %s', (header, matches) => {
  expect(matchesEtag(header, '"a"')).toBe(matches)
})

describe('Range of 10 bytes', () => {
  test.each([
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=2-5', { start: 2, end: 5 }],
    ['bytes=2-', { start: 2, end: 9 }],
    ['bytes=9-99', { start: 9, end: 9 }],
    ['bytes=-3', { start: 7, end: 9 }],
    ['bytes=-99', { start: 0, end: 9 }],
    ['bytes= 2 - 5', { start: 2, end: 5 }],
    ['bytes=10-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=5-2', undefined],
    ['bytes=0-1,3-4', undefined],
    ['items=0-1', undefined],
    ['bytes=a-b', undefined],
    ['bytes=-', undefined],
    [undefined, undefined],
  ])('%s', (header, range) => expect(parseRange(header, 10)).toEqual(range))

  test('of nothing there is no part', () => {
    expect(parseRange('bytes=0-', 0)).toBe('unsatisfiable')
    expect(parseRange('bytes=-5', 0)).toBe('unsatisfiable')
  })
})
