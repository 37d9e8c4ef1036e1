import { Readable } from 'node:stream'
import { BlobError } from './errors.ts'

/**
 * The chunks of a body, never more than `maxBytes` in all.
 * @throws BlobError `blob.too_large` as soon as it is longer; `blob.interrupted` when reading it fails.
 */
export async function* boundedChunks(
  body: Readable | Uint8Array,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  let size = 0
  try {
    for await (const chunk of body instanceof Uint8Array ? [body] : body) {
      const bytes: Uint8Array = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
      size += bytes.byteLength
      if (size > maxBytes) {
        throw new BlobError('blob.too_large', `The file is larger than ${maxBytes} bytes.`, {
          details: { maxBytes },
        })
      }
      yield bytes
    }
  } catch (error) {
    if (error instanceof BlobError) throw error
    throw new BlobError('blob.interrupted', 'The file did not arrive whole.', { cause: error })
  }
}

/**
 * A stream that passes `body` on and fails unless it is exactly `size` bytes long. Leaves `body` open when it stops
 * early, so that an HTTP server can still answer on its connection.
 */
export function exactly(body: Uint8Array | AsyncIterable<Uint8Array>, size: number): Readable {
  async function* chunks() {
    let seen = 0
    for await (const chunk of withoutClosing(body)) {
      seen += chunk.length
      if (seen > size) throw sizeMismatch(size, seen)
      yield chunk
    }
    if (seen !== size) throw sizeMismatch(size, seen)
  }
  return Readable.from(chunks(), { objectMode: false })
}

function withoutClosing(
  body: Uint8Array | AsyncIterable<Uint8Array>,
): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
  if (body instanceof Uint8Array) return [body]
  return body instanceof Readable ? body.iterator({ destroyOnReturn: false }) : body
}

export function sizeMismatch(size: number, seen: number): BlobError {
  return new BlobError('blob.size_mismatch', `The file is not ${size} bytes long, as was announced.`, {
    details: { announced: size, received: seen },
  })
}
