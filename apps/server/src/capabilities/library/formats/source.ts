import { type FileHandle, open } from 'node:fs/promises'
import { FileEmptyError, FileTooLargeError } from './errors.ts'
import { limits } from './limits.ts'
import type { BookFile } from './types.ts'

/** Random access to the bytes of a file, wherever they are. */
export interface ByteSource extends AsyncDisposable {
  readonly size: number
  /** The bytes from `position`, fewer than `length` only at the end of the file. Not to be written to. */
  read(position: number, length: number): Promise<Uint8Array>
}

/** Files up to this size are read at once: one system call instead of hundreds. */
const wholeUpTo = 32 * 1024 * 1024

/** Opens the file; dispose the source when done. Throws `FileEmptyError`. */
export async function openSource(file: BookFile): Promise<ByteSource> {
  if ('bytes' in file) return nonEmpty(bytesSource(file.bytes))
  const handle = await open(file.path, 'r')
  try {
    const { size } = await handle.stat()
    if (size > wholeUpTo) return handleSource(handle, size)
    const bytes = await handle.readFile()
    await handle.close()
    return nonEmpty(bytesSource(bytes))
  } catch (error) {
    await handle.close().catch(() => {})
    throw error
  }
}

/** The whole content. Throws `FileTooLargeError` beyond `limit` bytes. */
export async function readAll(source: ByteSource, limit: number = limits.wholeFile): Promise<Uint8Array> {
  if (source.size > limit) throw new FileTooLargeError({ part: 'file', size: source.size, limit })
  return source.read(0, source.size)
}

export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: async (position, length) => bytes.subarray(position, position + length),
    [Symbol.asyncDispose]: async () => {},
  }
}

function handleSource(handle: FileHandle, size: number): ByteSource {
  return {
    size,
    read: async (position, length) => {
      const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - position)))
      let filled = 0
      while (filled < buffer.length) {
        const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, position + filled)
        if (bytesRead === 0) return buffer.subarray(0, filled)
        filled += bytesRead
      }
      return buffer
    },
    [Symbol.asyncDispose]: () => handle.close(),
  }
}

function nonEmpty(source: ByteSource): ByteSource {
  if (source.size === 0) throw new FileEmptyError()
  return source
}
