import { document } from '@stoa/contracts/document'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Validator } from '../../platform/http/validator.ts'
import { decodeBody, encodeBody, MARKDOWN, type StoredCitation, WITH_CITATIONS } from './body.ts'

const validator = new Validator(document)
const citationFaults = validator.reply({ $ref: '#/components/schemas/BoardCitation' })
const bodyFaults = validator.reply({ $ref: '#/components/schemas/PostBody' })

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const decode = (value: unknown) => decodeBody(bytesOf(value), WITH_CITATIONS)
const FILE = 'ab'.repeat(32)
const cited = {
  file: FILE,
  title: 'Walden',
  authors: ['Henry David Thoreau'],
  locator: { type: 'epub', cfi: 'epubcfi(/6/4!/4/2,/1:0,/1:9)', fraction: 0.25 },
  quote: { exact: 'I went to the woods', prefix: 'Why: ', suffix: ' because' },
  chapter: 'Where I Lived',
} as const
const citationOf = (change: object): readonly StoredCitation[] =>
  decode({ text: 'Words', citations: [{ ...cited, ...change }] }).citations

/** As a reply shows it. */
const faultsOf = ({ text, citations }: ReturnType<typeof decodeBody>) => {
  const shown = citations.map(({ file: _, title, authors, ...rest }) => ({
    ...{ book_id: null, book_title: title, book_authors: authors },
    ...rest,
  }))
  return [
    ...shown.flatMap(citationFaults),
    ...bodyFaults({ state: 'present', reason: null, text, citations: shown }),
  ]
}

describe('a body', () => {
  test('without passages is plain text; with passages it comes back as it was written', () => {
    const plain = encodeBody({ text: 'Only **words**', citations: [] })
    expect([plain.content.type, new TextDecoder().decode(plain.bytes)]).toEqual([MARKDOWN, 'Only **words**'])
    const body = { text: 'Words', citations: [cited] }
    const { bytes, content } = encodeBody(body)
    expect([content.type, content.size]).toEqual([WITH_CITATIONS, bytes.length])
    expect(decodeBody(bytes, content.type)).toEqual(body)
    expect(faultsOf(decodeBody(bytes, content.type))).toEqual([])
  })

  test.each([
    ['no JSON', new TextEncoder().encode('{"text":')],
    ['no UTF-8', new Uint8Array([0x22, 0xff, 0xc0, 0x22])],
    ['nothing', new Uint8Array()],
    ['a list', bytesOf([cited])],
    ['no text', bytesOf({ citations: [cited] })],
    ['nesting without end', new TextEncoder().encode('['.repeat(500_000))],
  ])('that is %s says nothing', (_, bytes) => {
    expect(decodeBody(bytes, WITH_CITATIONS)).toEqual({ text: '', citations: [] })
  })

  test('never holds what a reply, a database or a signature cannot', () => {
    for (const type of [MARKDOWN, WITH_CITATIONS]) {
      const text = 'a\0b'
      const bytes = type === MARKDOWN ? new TextEncoder().encode(text) : bytesOf({ text })
      expect(decodeBody(bytes, type).text).toBe('a\ufffdb')
    }
    expect(decode({ text: 'half \ud83d' }).text).toBe('half \ufffd')
  })

  test('cites twenty passages at most', () => {
    expect(decode({ text: '', citations: Array.from({ length: 30 }, () => cited) }).citations).toHaveLength(
      20,
    )
  })
})

describe('a passage', () => {
  test.each([
    ['a file that is no hash', { file: 'x' }],
    ['a file with U+0000', { file: `${'a'.repeat(63)}\0` }],
    ['a hash in capitals', { file: 'AB'.repeat(32) }],
    ['no title', { title: undefined }],
    ['an endless title', { title: 'x'.repeat(501) }],
    ['a title with U+0000', { title: 'a\0' }],
    ['half a character', { title: '\ud83d' }],
    ['authors that are no list', { authors: 'Thoreau' }],
    ['no words', { quote: { exact: '' } }],
    ['endless words', { quote: { exact: 'x'.repeat(20_001) } }],
    ['words with U+0000', { quote: { exact: 'a\0' } }],
    ['no place', { locator: null }],
    ['a place of another kind', { locator: { type: 'web', cfi: 'https://example.org' } }],
    ['a place that is no CFI', { locator: { type: 'epub', cfi: 'javascript:alert(1)' } }],
    ['a place on two lines', { locator: { type: 'epub', cfi: 'epubcfi(/6\n/4)' } }],
    ['a page below the first', { locator: { type: 'pdf', page: -1 } }],
    ['half a page', { locator: { type: 'pdf', page: 1.5 } }],
    ['a page beyond all books', { locator: { type: 'pdf', page: 100_001 } }],
  ])('with %s is left out, the text stays', (_, change) => {
    const body = decode({ text: 'Words', citations: [{ ...cited, ...change }, cited] })
    expect(body).toEqual({ text: 'Words', citations: [cited] })
  })

  test('loses the parts that do not fit, and what nobody asked for', () => {
    const [passage] = citationOf({
      authors: ['Thoreau', 7, 'x'.repeat(301), 'a\0', ...Array.from({ length: 60 }, (_, n) => `No ${n}`)],
      chapter: 'x'.repeat(301),
      quote: { exact: 'I went', prefix: 'x'.repeat(257), suffix: 7, color: 'red' },
      locator: { type: 'pdf', page: 3, start: -1, end: 2, fraction: 2, quads: [[1]] },
      more: '<script>',
    })
    expect(passage).toEqual({
      ...{ file: FILE, title: 'Walden', chapter: null },
      authors: ['Thoreau', ...Array.from({ length: 49 }, (_, n) => `No ${n}`)],
      quote: { exact: 'I went', prefix: '', suffix: '' },
      locator: { type: 'pdf', page: 3, end: 2 },
    })
  })

  test('of characters beyond the first plane may be as long as the contract says: it counts characters', () => {
    const exact = '𠀀'.repeat(20_000)
    expect(citationOf({ quote: { exact, prefix: '𠀀'.repeat(256) } })[0]?.quote).toEqual({
      ...{ exact, suffix: '' },
      prefix: '𠀀'.repeat(256),
    })
    expect(citationOf({ quote: { exact: `${exact}x` } })).toEqual([])
  })
})

/** Values that nearly fit, and those that do not at all. */
const odd = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('\0', '\ud800', '', 'x'.repeat(30_000), -1, 0, 1e308, 1.5, null, [], {}),
)
const perhaps = <T>(right: fc.Arbitrary<T>) => fc.oneof({ weight: 6, arbitrary: right }, odd)
const anyPassage = perhaps(
  fc.record(
    {
      file: perhaps(fc.constant(FILE)),
      title: perhaps(fc.constant('Walden')),
      authors: perhaps(fc.array(perhaps(fc.string()))),
      chapter: odd,
      quote: perhaps(fc.record({ exact: perhaps(fc.string({ minLength: 1 })), prefix: odd, suffix: odd })),
      locator: perhaps(
        fc.record(
          {
            type: fc.constantFrom('epub', 'pdf', 'web'),
            cfi: perhaps(fc.string().map((path) => `epubcfi(${path})`)),
            ...{
              page: perhaps(fc.nat(200_000)),
              start: odd,
              end: odd,
              fraction: perhaps(fc.double()),
              quads: odd,
            },
          },
          { requiredKeys: ['type'] },
        ),
      ),
    },
    { requiredKeys: [] },
  ),
)

test('whatever strangers send gives a body that the contract allows', () => {
  let passages = 0
  fc.assert(
    fc.property(perhaps(fc.string()), perhaps(fc.array(anyPassage, { maxLength: 25 })), (text, citations) => {
      const body = decode({ text, citations })
      passages += body.citations.length
      expect(faultsOf(body)).toEqual([])
      for (const { file } of body.citations) expect(file).toMatch(/^[0-9a-f]{64}$/)
    }),
    { numRuns: 500, seed: 20261122 },
  )
  expect(passages).toBeGreaterThan(100)
})

test('so do bytes that are no JSON, of either type', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom(MARKDOWN, WITH_CITATIONS),
      (bytes, type) => {
        expect(faultsOf(decodeBody(bytes, type))).toEqual([])
      },
    ),
    { numRuns: 500, seed: 20261122 },
  )
})
