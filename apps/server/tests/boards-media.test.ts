import type { Client } from '@stoa/sdk'
import { putBoardMedia, uploadBoardMedia } from '@stoa/testkit/board-media'
import { type SignedTenant, signedTenant } from '@stoa/testkit/members'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'

let stoa: TestProgram
let ours: SignedTenant
beforeAll(async () => {
  stoa = await startProgram()
  ours = await signedTenant(stoa, 'Ours')
})
afterAll(() => stoa?.close())

/** A picture with something in it, so that encoders have something to do. */
function picture(width: number, height: number) {
  const raw = new Uint8Array(width * height * 3)
  for (let at = 0; at < raw.length; at++) raw[at] = (at * 7 + Math.floor(at / width) * 13) % 251
  return sharp(raw, { raw: { width, height, channels: 3 } })
}

const put = (client: Client, bytes: Uint8Array, size?: number) => putBoardMedia(client, stoa.url, bytes, size)
const uploaded = (client: Client, bytes: Uint8Array) => uploadBoardMedia(client, stoa.url, bytes)

const bytesAt = async (url: string | null) => {
  const answer = await fetch(new URL(url ?? '', stoa.url))
  expect(answer.status).toBe(200)
  return Buffer.from(await answer.arrayBuffer())
}

test('an image is re-encoded, its place stripped, its thumbnail made, and lists carry the thumbnail alone', async () => {
  const { client } = ours.member
  const taken = await picture(1600, 1200)
    .jpeg({ quality: 95 })
    .withExif({ IFD0: { Make: 'Camera' }, IFD3: { GPSLatitude: '48/1 51/1 0/1' } })
    .toBuffer()
  expect((await sharp(taken).metadata()).exif).toBeDefined()
  const { id, image } = await uploaded(client, taken)
  expect(image).toMatchObject({ mime: 'image/webp', width: 1600, height: 1200 })
  const [shown, small] = [await bytesAt(image.image_url), await bytesAt(image.thumb_url)]
  expect(shown.length).toBe(image.size)
  expect((await sharp(shown).metadata()).exif).toBeUndefined()
  expect(shown.includes('Camera')).toBe(false)
  expect(Math.max((await sharp(small).metadata()).width, 0)).toBe(480)

  const board = await client.call('createBoard', { body: { title: 'Pictures' } })
  const path = { board_id: board.id }
  const made = await client.call('createPost', {
    path,
    body: { title: 'Look', text: 'Here', media_ids: [id] },
  })
  expect(made.images[0]).toMatchObject({ image_cid: image.image_cid, thumb_cid: image.thumb_cid })
  const [listed] = (await client.call('listPosts', { path })).items
  expect(listed?.images[0]).toMatchObject({ image_url: null, width: 1600, height: 1200 })
  expect(listed?.images[0]?.thumb_url).not.toBeNull()
  const edited = await client.call('updatePost', {
    path: { ...path, post_id: made.id },
    body: { title: 'Look', text: 'Still', media_ids: [image.image_cid] },
  })
  expect(edited.images).toHaveLength(1)
})

test('the same image many times is one copy, whoever brings it', async () => {
  const bytes = await picture(300, 200).png().toBuffer()
  const cids = new Set<string>()
  for (const { client } of [ours.member, ours.member, ours.guest, ours.admin])
    cids.add((await uploaded(client, bytes)).image.image_cid)
  expect(cids.size).toBe(1)
  const [row] = await stoa.db.sql<{ count: number }>(
    `select count(*)::integer as count from stoa.content_blobs c where c.media_type like 'image/%' and not exists (
       select from stoa.content_names n where n.digest = c.digest)`,
  )
  expect(row?.count).toBe(2)
})

test('a large image is kept whole and served in chunks', async () => {
  const noise = new Uint8Array(1600 * 1600 * 3)
  for (let at = 0, seed = 1; at < noise.length; at++) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    noise[at] = seed >> 16
  }
  const bytes = await sharp(noise, { raw: { width: 1600, height: 1600, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer()
  const { image } = await uploaded(ours.member.client, bytes)
  expect(image.size).toBeGreaterThan(1_048_576)
  expect((await bytesAt(image.image_url)).length).toBe(image.size)
  const [row] = await stoa.db.sql<{ chunks: number }>(
    'select count(*)::integer as chunks from stoa.content_chunks',
  )
  expect(row?.chunks).toBe(Math.ceil(image.size / 1_048_576))
})

test('an original that is smaller and has nothing to tell stays as it is', async () => {
  const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#abc' } })
    .webp({ quality: 1 })
    .toBuffer()
  const { image } = await uploaded(ours.member.client, bytes)
  expect((await bytesAt(image.image_url)).length).toBeLessThanOrEqual(bytes.length)
})

const bomb = () =>
  sharp({ create: { width: 8_000, height: 8_000, channels: 3, background: '#000' } })
    .png({ compressionLevel: 3 })
    .toBuffer()
const svg = `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><image href="file:///etc/passwd"/></svg>`

test.each<[string, () => Promise<Uint8Array> | Uint8Array]>([
  ['a decompression bomb', bomb],
  ['an SVG with a script', () => Buffer.from(svg)],
  ['a text', () => Buffer.from('no image at all')],
  ['half an image', async () => (await picture(400, 400).jpeg().toBuffer()).subarray(0, 4_000)],
])('%s is refused, and the next image is taken', async (_, make) => {
  const { client } = ours.member
  await expect(client.call('completeBoardMedia', await put(client, await make()))).rejects.toMatchObject({
    status: 422,
    code: 'media.unusable',
  })
  const fine = await picture(64, 64).png().toBuffer()
  expect((await uploaded(client, fine)).image.width).toBe(64)
})

test('is refused before it has arrived, and to anybody else', async () => {
  const upload = await ours.member.client.call('createBoardMedia', { body: { size: 10 } })
  const path = { upload_id: upload.id }
  await expect(ours.member.client.call('completeBoardMedia', { path })).rejects.toMatchObject({
    code: 'media.incomplete',
  })
  await expect(ours.guest.client.call('completeBoardMedia', { path })).rejects.toMatchObject({ status: 404 })
  const board = await ours.member.client.call('createBoard', { body: { title: 'Pictures' } })
  const post = { title: 'Look', text: '', media_ids: [upload.id] }
  await expect(
    ours.member.client.call('createPost', { path: { board_id: board.id }, body: post }),
  ).rejects.toMatchObject({ code: 'media.unknown' })
})
