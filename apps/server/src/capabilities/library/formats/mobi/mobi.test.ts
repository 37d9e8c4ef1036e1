import { type KindleFixture, kindleBook, novelSentences } from '@stoa/testkit/books/index'
import { describe, expect, it } from 'vitest'
import { readBook, refusal } from '../testing.ts'
import { huffmanDecompressor } from './huffman.ts'
import { decompressPalmDoc } from './palmdoc.ts'

const novels: KindleFixture[] = ['novel.mobi', 'novel-combined.mobi', 'novel.azw3']

describe('Kindle books', () => {
  it.each(novels)('%s: metadata, cover, contents and passages', async (name) => {
    const { analysis, all } = await readBook(await kindleBook(name), name)
    expect(analysis).toMatchObject({
      format: name.endsWith('azw3') ? 'azw3' : 'mobi',
      opens: 'original',
      title: 'The Harrow Point Ledger',
      authors: ['Ada Example'],
      language: 'en',
      publisher: 'Strait Press',
      subjects: ['Fiction', 'Lighthouses'],
      warnings: [],
    })
    expect(analysis.identifiers).toContainEqual({ scheme: 'isbn', value: '9783161484100' })
    expect(analysis.cover?.mediaType).toMatch(/^image\//)
    expect(JSON.stringify(analysis.toc)).toContain('"What the ledger said"')
    const opening = all.find(({ text }) => text.includes(novelSentences.opening))
    expect(opening?.sectionPath.at(-1)).toBe('1. The Lamp')
    expect(opening?.locator).toMatchObject({ type: 'epub', sectionIndex: opening?.sectionIndex })
    expect(all.find(({ text }) => text.includes('They crossed'))?.sectionPath.at(-1)).toBe('The crossing')
    expect(all.some(({ text }) => text.includes('Table of Contents'))).toBe(false)
  })

  it('reads Chinese KF8 with its direction', async () => {
    const { analysis, all } = await readBook(await kindleBook('bridge.azw3'))
    expect(analysis).toMatchObject({ title: '听雨桥', language: 'zh', direction: 'rtl' })
    expect(all.some(({ text }) => text.includes('那座桥叫做听雨桥'))).toBe(true)
  })

  it('refuses encrypted and cut-off books', async () => {
    const whole = await kindleBook('novel.mobi')
    const locked = whole.slice()
    const record = new DataView(locked.buffer).getUint32(78)
    new DataView(locked.buffer).setUint16(record + 12, 2)
    expect(await refusal(locked)).toEqual({ code: 'file.drm', params: { scheme: 'kindle' } })
    expect((await refusal(whole.slice(0, whole.length / 2)))?.code).toBe('file.truncated')
  })
})

describe('PalmDOC compression', () => {
  it('undoes literals, pairs with space, and repetition', () => {
    // `ab`, five times repeated by a pair (distance 2, length 10), ` c`, a literal byte above ASCII.
    const packed = Uint8Array.from([0x61, 0x62, 0x80, (2 << 3) | 7, 0xe3, 0x02, 0xc3, 0xa9])
    expect(new TextDecoder().decode(decompressPalmDoc(packed))).toBe('abababababab cé')
  })

  it('refuses to read before its beginning', () => {
    expect(() => decompressPalmDoc(Uint8Array.from([0x61, 0x80, 0x50]))).toThrow(RangeError)
  })
})

describe('HUFF/CDIC compression', () => {
  /** Codes of eight bits: byte `b` stands for entry `255 - b`. */
  function tables(entries: readonly { bytes: Uint8Array; plain: boolean }[]): [Buffer, Buffer] {
    const huff = Buffer.alloc(24 + 256 * 4 + 64 * 4)
    huff.write('HUFF')
    huff.writeUInt32BE(24, 8)
    huff.writeUInt32BE(24 + 1024, 12)
    for (let i = 0; i < 256; i++) huff.writeUInt32BE((255 << 8) | 0x80 | 8, 24 + i * 4)
    const offsets = Buffer.alloc(entries.length * 2)
    const parts: Buffer[] = []
    let at = offsets.length
    for (const [i, { bytes, plain }] of entries.entries()) {
      offsets.writeUInt16BE(at, i * 2)
      const head = Buffer.alloc(2)
      head.writeUInt16BE(bytes.length | (plain ? 0x8000 : 0))
      parts.push(head, Buffer.from(bytes))
      at += 2 + bytes.length
    }
    const cdic = Buffer.alloc(16)
    cdic.write('CDIC')
    cdic.writeUInt32BE(16, 4)
    cdic.writeUInt32BE(entries.length, 8)
    cdic.writeUInt32BE(8, 12)
    return [huff, Buffer.concat([cdic, offsets, ...parts])]
  }
  const plain = (text: string) => ({ bytes: new TextEncoder().encode(text), plain: true })

  it('looks words up, also words made of words', () => {
    const [huff, cdic] = tables([
      plain('the '),
      plain('sea '),
      { bytes: Uint8Array.of(255, 254), plain: false },
    ])
    const decompress = huffmanDecompressor(huff, [cdic])
    expect(new TextDecoder().decode(decompress(Uint8Array.of(255, 253, 254)))).toBe('the the sea sea ')
  })

  it('refuses words made of themselves, and unknown codes', () => {
    const [huff, cdic] = tables([{ bytes: Uint8Array.of(255), plain: false }])
    expect(() => huffmanDecompressor(huff, [cdic])(Uint8Array.of(255))).toThrow(RangeError)
    expect(() => huffmanDecompressor(huff, [cdic])(Uint8Array.of(1))).toThrow(RangeError)
  })
})
