import { BlobError, BlobNotFound } from '../errors.ts'

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

export const storageFull = (cause?: unknown): BlobError =>
  new BlobError('storage.full', 'There is no space left to store files. Nothing was stored.', { cause })

const FOLDER_GONE = 'The folder of the stored files is gone.'

/** Writing found no folder to write to: it was removed, or its disk was. */
export const folderGone = (cause: unknown): BlobError =>
  new BlobError('storage.unavailable', FOLDER_GONE, { cause })

/** A failure of the file system as a BlobError. */
export function fromFileSystem(error: unknown, key: string): BlobError {
  if (error instanceof BlobError) return error
  const code = codeOf(error)
  switch (code) {
    case 'ENOENT':
      return new BlobNotFound(key)
    case 'ENOSPC':
    case 'EDQUOT':
      return storageFull(error)
    case 'EEXIST':
    case 'EISDIR':
    case 'ENOTDIR':
    case 'ENOTEMPTY':
      return new BlobError('blob.key_invalid', `"${key}" is, or lies below, another file.`, { cause: error })
    default:
      return new BlobError('storage.unavailable', `The file storage failed (${code ?? 'unknown reason'}).`, {
        cause: error,
      })
  }
}
