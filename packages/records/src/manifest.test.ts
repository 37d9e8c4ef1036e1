import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCanonical, type Plain } from './canonical.ts'
import { CHUNK_BYTES } from './content.ts'
import { RecordError } from './errors.ts'
import { ContentHasher, encodeManifest, readManifest, StreamVerifier } from './manifest.ts'

const native = () => createHash('sha256')
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
/** Bytes that differ everywhere, without the cost of chance. */
const bytesOf = (length: number) => {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at += 97) bytes[at] = (at * 31) >>> 3
  return bytes
}
const whole = bytesOf(3 * CHUNK_BYTES + 12_345)

function hashInPieces(bytes: Uint8Array, piece: number) {
  const hasher = new ContentHasher(native)
  for (let at = 0; at < bytes.length; at += piece) hasher.update(bytes.subarray(at, at + piece))
  return hasher.finish('image/avif')
}
const codeOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    if (error instanceof RecordError) return error.code
    throw error
  }
  return 'taken'
}

describe('CHUNK-1: hashing as it flows', () => {
  it('up to 1 MiB the digest is of the content, empty content included', () => {
    for (const length of [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES]) {
      const bytes = bytesOf(length)
      const expected = {
        content: { digest: sha(bytes), size: length, type: 'image/avif' },
        manifest: undefined,
      }
      expect(hashInPieces(bytes, 65_536)).toEqual(expected)
    }
  })

  it('above, it is of a manifest; the same for any pieces, native or portable', () => {
    const { content, manifest } = hashInPieces(whole, 65_536)
    expect(content.digest).toBe(sha(manifest!))
    expect(hashInPieces(whole, 700_001)).toEqual({ content, manifest })
    const { chunks, size } = readManifest(manifest!, content)
    expect(size).toBe(whole.length)
    expect(chunks).toHaveLength(4)
    expect(chunks[1]).toBe(sha(whole.subarray(CHUNK_BYTES, 2 * CHUNK_BYTES)))
    const small = whole.subarray(0, 5000)
    const portable = new ContentHasher()
    portable.update(small)
    expect(portable.finish('').content.digest).toBe(sha(small))
  })

  it('two whole chunks have no empty third', () => {
    const { content, manifest } = hashInPieces(whole.subarray(0, 2 * CHUNK_BYTES), CHUNK_BYTES)
    expect(readManifest(manifest!, content).chunks).toHaveLength(2)
  })
})

describe('CHUNK-2: verifying as it flows', () => {
  const { content, manifest } = hashInPieces(whole, 65_536)
  const read = readManifest(manifest!, content)

  it('any pieces are taken, and only whole chunks count as verified', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 900_000 }), { minLength: 1, maxLength: 8 }),
        (pieces) => {
          const verifier = new StreamVerifier(read, 0, native)
          let at = 0
          for (let turn = 0; at < whole.length; turn++) {
            const end = Math.min(whole.length, at + pieces[turn % pieces.length]!)
            verifier.push(whole.subarray(at, end))
            at = end
            const chunks = at === whole.length ? at : Math.floor(at / CHUNK_BYTES) * CHUNK_BYTES
            expect(verifier.verified).toBe(chunks)
          }
          verifier.end()
        },
      ),
      { seed: 20261122, numRuns: 10 },
    )
  })

  it('goes on where a transfer broke off', () => {
    const verifier = new StreamVerifier(read, 2, native)
    verifier.push(whole.subarray(2 * CHUNK_BYTES))
    verifier.end()
    expect(verifier.verified).toBe(whole.length)
  })

  it('refuses a wrong byte with its chunk, too much at once, and too little at the end', () => {
    const wrong = whole.with(CHUNK_BYTES + 7, 255)
    const verifier = new StreamVerifier(read, 0, native)
    verifier.push(wrong.subarray(0, 2 * CHUNK_BYTES - 1))
    expect(codeOf(() => verifier.push(wrong.subarray(2 * CHUNK_BYTES - 1, 2 * CHUNK_BYTES)))).toBe(
      'content.wrong_bytes',
    )
    expect(verifier.verified).toBe(CHUNK_BYTES)
    const small = { digest: sha(bytesOf(10)), size: 10, type: '' }
    expect(codeOf(() => new StreamVerifier(small).push(bytesOf(11)))).toBe('content.too_long')
    const short = new StreamVerifier(small)
    short.push(bytesOf(9))
    expect(codeOf(() => short.end())).toBe('content.too_short')
    const empty = new StreamVerifier({ ...small, size: 0 })
    expect(codeOf(() => empty.end())).toBe('content.wrong_bytes')
    new StreamVerifier({ digest: sha(new Uint8Array(0)), size: 0, type: '' }).end()
  })

  it('content above 1 MiB is not verified without its manifest', () => {
    expect(codeOf(() => new StreamVerifier(content))).toBe('record.malformed')
  })

  it('refuses manifests that are not the one asked for, or that do not agree', () => {
    const named = (bytes: Uint8Array) => ({ ...content, digest: sha(bytes) })
    const read = (bytes: Uint8Array, ref = named(bytes)) => codeOf(() => readManifest(bytes, ref))
    const chunks = Array.from({ length: 4 }, () => new Uint8Array(32))
    const plain = { v: 1, size: whole.length, type: 'image/avif', chunk: CHUNK_BYTES, chunks }
    expect(read(encodeCanonical(plain))).toBe('taken')
    expect(read(manifest!.with(9, 9), content)).toBe('content.wrong_bytes')
    const changes: readonly { readonly [name: string]: Plain }[] = [
      { v: 2 },
      { chunk: 65_536 },
      { chunks: chunks.slice(1) },
      { chunks: [...chunks.slice(1), new Uint8Array(31)] },
      { size: CHUNK_BYTES, chunks: chunks.slice(3) },
      { size: whole.length - 1 },
      { type: 'text/html' },
      { extra: 1 },
    ]
    for (const change of changes)
      expect(read(encodeCanonical({ ...plain, ...change })), Object.keys(change).join()).toBe(
        'record.malformed',
      )
    const long = encodeManifest({
      size: 1900 * CHUNK_BYTES,
      type: '',
      chunks: Array(1900).fill('ab'.repeat(32)),
    })
    expect(long.length).toBeLessThanOrEqual(65_536)
  })
})
