import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'

/** S3 wants parts of 5 MiB or more (but the last) and at most 10,000: enough for 80 GB. */
const PART_BYTES = 8 * 1024 * 1024

export interface UploadTarget {
  readonly Bucket: string
  readonly Key: string
  readonly ContentType: string
}

/**
 * Stores the chunks as one object, which becomes visible whole or not at all. Small ones go in one request, large ones in
 * parts; memory use is one part. @returns size in bytes and the object's ETag
 */
export async function upload(
  client: S3Client,
  target: UploadTarget,
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ size: number; etag: string }> {
  const parts = inParts(chunks)[Symbol.asyncIterator]()
  const first = (await following(parts)) ?? new Uint8Array()
  if (first.length === PART_BYTES) return await uploadParts(client, target, first, parts)
  const { ETag } = await client.send(
    new PutObjectCommand({ ...target, Body: first, ContentLength: first.length }),
  )
  return { size: first.length, etag: ETag ?? '' }
}

async function uploadParts(
  client: S3Client,
  target: UploadTarget,
  first: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): Promise<{ size: number; etag: string }> {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(target))
  const { Bucket, Key } = target
  try {
    const Parts: { ETag: string | undefined; PartNumber: number }[] = []
    let size = 0
    for (let part: Uint8Array | undefined = first; part; part = await following(rest)) {
      const PartNumber = Parts.length + 1
      const sent = await client.send(
        new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body: part, ContentLength: part.length }),
      )
      Parts.push({ ETag: sent.ETag, PartNumber })
      size += part.length
    }
    const complete = { Bucket, Key, UploadId, MultipartUpload: { Parts } }
    const { ETag } = await client.send(new CompleteMultipartUploadCommand(complete))
    return { size, etag: ETag ?? '' }
  } catch (error) {
    await rest.return?.()
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })).catch(() => {})
    throw error
  }
}

async function following(parts: AsyncIterator<Uint8Array>): Promise<Uint8Array | undefined> {
  const next = await parts.next()
  return next.done ? undefined : next.value
}

/** The same bytes in pieces of exactly {@link PART_BYTES}, but for the last. */
async function* inParts(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let part = Buffer.allocUnsafe(PART_BYTES)
  let filled = 0
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      const taken = Math.min(chunk.length - at, PART_BYTES - filled)
      part.set(chunk.subarray(at, at + taken), filled)
      at += taken
      filled += taken
      if (filled < PART_BYTES) continue
      yield part
      part = Buffer.allocUnsafe(PART_BYTES)
      filled = 0
    }
  }
  if (filled > 0) yield part.subarray(0, filled)
}
