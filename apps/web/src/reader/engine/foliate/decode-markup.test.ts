import { describe, expect, it } from 'vitest'
import { decodeMarkup } from './decode-markup.ts'

const utf16 = (text: string, little: boolean, mark: boolean) => {
  const units = Array.from((mark ? '\uFEFF' : '') + text, (char) => char.charCodeAt(0))
  return Uint8Array.from(
    units.flatMap((unit) => (little ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255])),
  )
}

describe('decodeMarkup', () => {
  it.each([
    ['UTF-8', new TextEncoder().encode('<p>漢é</p>'), '<p>漢é</p>'],
    ['a byte order mark', new TextEncoder().encode('\uFEFF<p>漢</p>'), '<p>漢</p>'],
    [
      'space before the declaration',
      new TextEncoder().encode('\n <?xml version="1.0"?><p/>'),
      '<?xml version="1.0"?><p/>',
    ],
    ['UTF-16 with a mark', utf16('<p>漢</p>', true, true), '<p>漢</p>'],
    ['UTF-16 without a mark', utf16('<p>漢</p>', false, false), '<p>漢</p>'],
    [
      'a declared encoding',
      Uint8Array.from([
        ...new TextEncoder().encode('<?xml version="1.0" encoding="GB18030"?><p>'),
        0xba,
        0xba,
      ]),
      '<?xml version="1.0" encoding="GB18030"?><p>汉',
    ],
    [
      'a declaration that cannot be true',
      new TextEncoder().encode('<?xml version="1.0" encoding="UTF-16"?><p>漢</p>'),
      '<?xml version="1.0" encoding="UTF-16"?><p>漢</p>',
    ],
    [
      'an unknown encoding',
      new TextEncoder().encode('<?xml encoding="x-none"?>é'),
      '<?xml encoding="x-none"?>é',
    ],
  ])('reads %s', (_, bytes, text) => {
    expect(decodeMarkup(bytes)).toBe(text)
  })
})
