import type { Client, Output } from '@stoa/sdk'

/** Reserves an upload and sends an image to it. Gives what completes it. `size`: as it is told, if not as it is. */
export async function putBoardMedia(
  client: Client,
  baseUrl: string,
  bytes: Uint8Array,
  size = bytes.length,
): Promise<{ path: { upload_id: string } }> {
  const { id, put } = await client.call('createBoardMedia', { body: { size } })
  const sent = await fetch(new URL(put.url, baseUrl), { ...put, body: new Uint8Array(bytes) })
  if (!sent.ok) throw new Error(`the image was refused: ${sent.status}`)
  return { path: { upload_id: id } }
}

/** An image that posts may name. */
export const uploadBoardMedia = async (
  client: Client,
  baseUrl: string,
  bytes: Uint8Array,
): Promise<Output<'completeBoardMedia'>> =>
  client.call('completeBoardMedia', await putBoardMedia(client, baseUrl, bytes))
