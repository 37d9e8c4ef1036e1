import { createHash } from 'node:crypto'
import { ImageWorker } from '@stoa/server/platform/images/image-worker.ts'
import sharp from 'sharp'
import type { Bench, Figure } from '../../tools/bench/row.ts'

/** A photograph-like picture: smooth, with grain, another one for every seed. */
async function photograph(seed: number, width: number, height: number): Promise<Uint8Array> {
  const raw = new Uint8Array(width * height * 3)
  let noise = seed + 1
  for (let at = 0; at < raw.length; at++) {
    noise = (noise * 1_103_515_245 + 12_345) % 2_147_483_648
    const x = Math.floor(at / 3) % width
    const y = Math.floor(at / 3 / width)
    raw[at] = 128 + 80 * Math.sin((x + seed * 37) / 90) * Math.cos(y / 70) + (noise >> 27)
  }
  return sharp(raw, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 92 })
    .toBuffer()
}

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** How fast images are prepared for boards, how small they get, and what a repeated one takes. */
export const run: Bench = async ({ quick, log }) => {
  const worker = new ImageWorker()
  const count = quick ? 4 : 40
  const figures: Figure[] = []
  try {
    for (const [width, height] of [
      [1600, 1200],
      [4000, 3000],
    ] as const) {
      const images: Uint8Array[] = []
      for (let seed = 0; seed < count; seed++) images.push(await photograph(seed, width, height))
      const began = performance.now()
      let after = 0
      for (const bytes of images) after += (await worker.prepare(bytes))?.image.bytes.length ?? 0
      const seconds = (performance.now() - began) / 1000
      const before = images.reduce((sum, bytes) => sum + bytes.length, 0)
      const one = { case: `JPEG of ${width}×${height}, with thumbnail` }
      figures.push({ ...one, metric: 'speed', value: count / seconds, unit: 'images per s' })
      figures.push({ ...one, metric: 'size after ÷ before', value: after / before, unit: '' })
      log(`${width}×${height}`)
    }
    const repeats = quick ? 20 : 1000
    const bytes = await photograph(1, 640, 480)
    const copies = new Set<string>()
    for (let n = 0; n < repeats; n++) {
      const prepared = await worker.prepare(bytes)
      if (prepared) copies.add(digest(prepared.image.bytes))
    }
    figures.push({ case: `one image ${repeats} times`, metric: 'copies kept', value: copies.size, unit: '' })
  } finally {
    await worker.stop()
  }
  return figures
}
