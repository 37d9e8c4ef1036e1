import { createCipheriv } from 'node:crypto'
import { identityFrom } from '../../src/node/index.ts'

/** Both programs know it: no key has to be carried between them. */
export const FILE_IDENTITY = identityFrom(new Uint8Array(32).fill(11))

const CHUNK = 65_536

/** Bytes that never repeat, the same on every run: AES in counter mode over zeros. */
export function* fileOf(bytes: number): Generator<Uint8Array> {
  const cipher = createCipheriv('aes-256-ctr', new Uint8Array(32).fill(1), new Uint8Array(16))
  const zeros = new Uint8Array(CHUNK)
  for (let left = bytes; left > 0; left -= CHUNK)
    yield cipher.update(zeros.subarray(0, Math.min(left, CHUNK)))
}
