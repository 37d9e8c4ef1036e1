import { CHUNK_BYTES, digestOfCid } from '@stoa/records'
import type { Client, Output } from '@stoa/sdk'
import { uploadBoardMedia } from '@stoa/testkit/board-media'
import type { TestProgram } from '@stoa/testkit/program'
import sharp from 'sharp'

/** A post of which something does not open. */
export interface Lost {
  readonly path: { readonly board_id: string; readonly post_id: string }
  /** What is not on this node. */
  readonly cid: string
  /** What another node needs to have so that it opens. */
  readonly parts: readonly Uint8Array[]
}

async function post(client: Client, text: string, media_ids: string[] = []): Promise<Output<'getPost'>> {
  const { id: board_id } = await client.call('createBoard', { body: { title: 'Reading group' } })
  return client.call('createPost', { path: { board_id }, body: { title: 'Lost', text, media_ids } })
}

/** As on a node that knows of the content and has never had it. */
async function lose({ db }: TestProgram, cid: string): Promise<void> {
  const digest = [digestOfCid(cid)]
  await db.sql(
    `update stoa.content_blobs set bytes = null, whole = false, in_storage = false, authored = false
     where digest = decode($1, 'hex')`,
    digest,
  )
  await db.sql(`delete from stoa.content_chunks where digest = decode($1, 'hex')`, digest)
}

export async function lostPost(stoa: TestProgram, client: Client, text: string): Promise<Lost> {
  const { id: post_id, board_id, content_cid: cid } = await post(client, text)
  await lose(stoa, cid)
  return { path: { board_id, post_id }, cid, parts: [new TextEncoder().encode(text)] }
}

/** Its image of more than a megabyte is not here: parts are the manifest and the chunks. */
export async function lostImage(stoa: TestProgram, client: Client): Promise<Lost> {
  const noise = { type: 'gaussian', mean: 128, sigma: 80 } as const
  const create = { width: 1400, height: 1400, channels: 3, background: '#000', noise } as const
  const taken = await sharp({ create }).jpeg({ quality: 90 }).toBuffer()
  const { id, image } = await uploadBoardMedia(client, stoa.url, taken)
  const { id: post_id, board_id } = await post(client, 'Look', [id])
  const stored = await fetch(new URL(image.image_url ?? '', stoa.url))
  const bytes = new Uint8Array(await stored.arrayBuffer())
  const chunks = Array.from({ length: Math.ceil(bytes.length / CHUNK_BYTES) }, (_, n) =>
    bytes.subarray(n * CHUNK_BYTES, (n + 1) * CHUNK_BYTES),
  )
  const [row] = await stoa.db.sql<{ bytes: Buffer }>(
    `select bytes from stoa.content_blobs where digest = decode($1, 'hex')`,
    [digestOfCid(image.image_cid)],
  )
  await lose(stoa, image.image_cid)
  const manifest = new Uint8Array(row?.bytes ?? [])
  return { path: { board_id, post_id }, cid: image.image_cid, parts: [manifest, ...chunks] }
}
