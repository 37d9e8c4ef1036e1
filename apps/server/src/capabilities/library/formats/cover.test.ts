import { buildPng, novelCover } from '@stoa/testkit/books/index'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { processCover } from './cover.ts'

const cover = (bytes: Uint8Array, mediaType = 'image/png') => ({ bytes, mediaType })

describe('processCover', () => {
  it('makes two sizes of WebP and finds the colour', async () => {
    const picture = await sharp({ create: { width: 1600, height: 2400, channels: 3, background: '#2050a0' } })
      .jpeg()
      .toBuffer()
    const made = await processCover(cover(picture, 'image/jpeg'))
    expect(made).toMatchObject({ width: 800, height: 1200 })
    expect(await sharp(made?.small).metadata()).toMatchObject({ format: 'webp', width: 320, height: 480 })
    expect(await sharp(made?.large).metadata()).toMatchObject({ format: 'webp', width: 800, height: 1200 })
    const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(made?.color.slice(at, at + 2) ?? '', 16))
    expect(
      Math.abs((red ?? 0) - 0x20) + Math.abs((green ?? 0) - 0x50) + Math.abs((blue ?? 0) - 0xa0),
    ).toBeLessThan(40)
  })

  it('does not blow small pictures up', async () => {
    const made = await processCover(cover(novelCover()))
    expect(made).toMatchObject({ width: 240, height: 360 })
    expect(await sharp(made?.small).metadata()).toMatchObject({ format: 'webp', width: 240, height: 360 })
    expect(made?.color).toMatch(/^#[0-9a-f]{6}$/)
  })

  it.each([
    ['bytes that are no picture', new TextEncoder().encode('no picture')],
    ['nothing', new Uint8Array()],
    [
      'SVG, which could read files',
      new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    ],
    ['a picture cut off', novelCover().subarray(0, 600)],
  ])('refuses %s without failing', async (_, bytes) => {
    expect(await processCover(cover(bytes))).toBeUndefined()
  })

  it('refuses more pixels than it may decode', async () => {
    const header = buildPng(1, 1, () => [0, 0, 0])
    new DataView(header.buffer).setUint32(16, 30_000)
    new DataView(header.buffer).setUint32(20, 30_000)
    expect(await processCover(cover(header))).toBeUndefined()
  })
})
