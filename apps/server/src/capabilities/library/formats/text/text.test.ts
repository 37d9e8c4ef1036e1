import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countTextCharacters } from './count.ts'
import { decodeMarkup } from './decode.ts'
import { detectLanguage, passageLanguage } from './language.ts'
import { looksLikeMarkdown, looksLikeText } from './shape.ts'

describe('countTextCharacters', () => {
  it('counts what is read', () => {
    const markup =
      '<html><head><title>no</title></head><body><p>ab  c</p><!-- no > --><script>no<b></script>\n<style>no</style>d</body></html>'
    expect(countTextCharacters(markup)).toBe('ab cd'.length)
    expect(countTextCharacters('<svg><text>x</text></svg>')).toBe(1)
  })

  it('takes linear time whatever the markup', () => {
    for (const text of [
      '<'.repeat(200_000),
      '<script'.repeat(50_000),
      '<!--'.repeat(50_000),
      '<style>'.repeat(50_000),
    ]) {
      const started = performance.now()
      countTextCharacters(text)
      expect(performance.now() - started).toBeLessThan(2_000)
    }
    fc.assert(
      fc.property(fc.string(), (text) => countTextCharacters(text) <= text.length),
      { seed: 4 },
    )
  })
})

describe('decodeMarkup', () => {
  const text = (bytes: Uint8Array) => decodeMarkup(bytes)
  it('follows byte order marks, then shape, then declarations', () => {
    expect(text(Buffer.from('\ufeff<a>é</a>'))).toEqual({ text: '<a>é</a>', encoding: 'utf-8' })
    expect(text(Buffer.from('<?xml version="1.0"?><a/>', 'utf16le')).encoding).toBe('utf-16le')
    expect(
      text(Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>\xe9</a>', 'latin1')).text,
    ).toContain('é')
    expect(text(Buffer.from('<html><meta charset=gbk><p>\xba\xba', 'latin1')).text).toContain('汉')
    expect(text(Buffer.from('<?xml version="1.0" encoding="utf-16"?><a>é</a>')).text).toContain('é')
    expect(text(Buffer.from('<?xml version="1.0" encoding="gbk"?><a>é</a>')).text).toContain('é')
    expect(text(Buffer.from('<?xml version="1.0" encoding="nonsense"?><a>é</a>')).text).toContain('é')
  })
})

describe('language', () => {
  it.each([
    ['The sea was flat and grey.', 'en'],
    ['老人把这句话写在门板上。', 'zh'],
    ['古池や蛙飛びこむ水の音', 'ja'],
    ['안녕하세요 세계', 'ko'],
    ['Шёл дождь', 'ru'],
    ['a 老人把这句话写在门板上 b', 'zh'],
    ['123 — …', undefined],
  ])('of %s', (text, language) => {
    expect(detectLanguage(text)).toBe(language)
  })

  it('of a passage is what it is marked as, unless the script says otherwise', () => {
    expect(passageLanguage('Bonjour', 'fr-CA')).toBe('fr')
    expect(passageLanguage('Доброго ранку', 'uk')).toBe('uk')
    expect(passageLanguage('老人', 'en')).toBe('zh')
    expect(passageLanguage('東京', 'ja')).toBe('ja')
    expect(passageLanguage('42', undefined)).toBe('en')
  })
})

describe('the shape of text', () => {
  it('tells text from data, and Markdown from text', () => {
    expect(looksLikeText('Words.\r\n\tMore.')).toBe(true)
    expect(looksLikeText('\u0001\u0002\u0003\u0004\u0005')).toBe(false)
    expect(looksLikeText('a\u0000b')).toBe(false)
    expect(looksLikeMarkdown('# Title\n\nwords')).toBe(true)
    expect(looksLikeMarkdown('Just words.\n- a dash in dialogue\nMore words, more lines.')).toBe(false)
  })
})
