import { BlobError } from './errors.ts'

const SEGMENT = /^[a-z0-9](?:[a-z0-9._-]{0,126}[a-z0-9])?$/
const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/
const MAX_LENGTH = 512

/**
 * Checks a key: segments of `a-z 0-9 . _ -`, beginning and ending with a letter or digit, at most 128 long, joined by
 * `/`, 512 in all. Such a key is a safe relative path on every file system, and never leaves its folder.
 * @throws BlobError `blob.key_invalid`
 */
export function checkKey(key: string): void {
  const valid =
    key.length <= MAX_LENGTH &&
    key
      .split('/')
      .every((segment) => SEGMENT.test(segment) && !segment.includes('..') && !WINDOWS_DEVICE.test(segment))
  if (!valid)
    throw new BlobError('blob.key_invalid', `Not a storage key: ${JSON.stringify(key.slice(0, 80))}`)
}

/** Checks a prefix of keys: empty, or the beginning of some key. @throws BlobError `blob.key_invalid` */
export function checkPrefix(prefix: string): void {
  if (prefix === '') return
  checkKey(/[a-z0-9]$/.test(prefix) ? prefix : `${prefix}0`)
}

/** A key as one URL path segment. `~` stands for `/`: many proxies refuse or decode `%2F`. */
export const keyToPath = (key: string): string => key.replaceAll('/', '~')

/** Inverse of {@link keyToPath}. @throws BlobError `blob.key_invalid` */
export function keyFromPath(path: string): string {
  const key = path.replaceAll('~', '/')
  checkKey(key)
  return key
}
