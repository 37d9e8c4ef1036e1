import { isUtf8 } from 'node:buffer'
import { Readable } from 'node:stream'
import { type Entry, fromRandomAccessReaderPromise, getFileNameLowLevel, RandomAccessReader } from 'yauzl'
import {
  FileDamagedError,
  FileError,
  FilePasswordError,
  FileTooLargeError,
  FileTruncatedError,
  FileUnsafePathError,
  FileUnsupportedError,
  FileZipBombError,
} from '../errors.ts'
import { limits } from '../limits.ts'
import type { ByteSource } from '../source.ts'

/** One file of a container, as its central directory describes it (APPNOTE 4.3.12). */
export interface ZipEntry {
  readonly name: string
  /** Declared uncompressed size, in bytes. */
  readonly size: number
  readonly compressedSize: number
  /** 0 stored, 8 deflated. */
  readonly method: 0 | 8
  readonly crc32: number
  /** Position of the local file header. */
  readonly offset: number
}

/**
 * The files of the container at the start of `source` (up to `end`), folders left out. Refuses what could not be read safely: too many
 * entries, too large a sum, unsafe names, links, encryption, methods other than stored and deflate.
 */
export async function readDirectory(source: ByteSource, end: number): Promise<ZipEntry[]> {
  const entries: ZipEntry[] = []
  let total = 0
  try {
    const options = { decodeStrings: false, autoClose: false }
    const zip = await fromRandomAccessReaderPromise(new SourceReader(source), end, options)
    if (zip.entryCount > limits.entries) throw tooMany(zip.entryCount)
    for await (const raw of zip.eachEntry()) {
      const entry = checkEntry(raw)
      total += raw.uncompressedSize
      if (entry) entries.push(entry)
    }
  } catch (error) {
    throw asFileError(error)
  }
  checkTotal(total, source.size)
  return entries
}

/** A bomb claims far more than its size can hold; a collection of large pictures is only large. */
function checkTotal(total: number, size: number): void {
  if (total > limits.ratioFrom && total > size * limits.ratio) throw new FileZipBombError({ part: 'archive' })
  if (total > limits.uncompressed) {
    throw new FileTooLargeError({ part: 'archive', size: total, limit: limits.uncompressed })
  }
}

function tooMany(size: number): FileTooLargeError {
  return new FileTooLargeError({ part: 'entries', size, limit: limits.entries })
}

/** The entry, or nothing for a folder. */
function checkEntry(raw: Entry): ZipEntry | undefined {
  const name = decodeName(raw)
  checkName(name)
  const unixMode = raw.versionMadeBy >>> 8 === 3 ? raw.externalFileAttributes >>> 16 : 0
  if ((unixMode & 0o170000) === 0o120000) throw new FileUnsafePathError({ path: name })
  if (name.endsWith('/')) return undefined
  if (raw.isEncrypted()) throw new FilePasswordError({ part: name })
  const method = raw.compressionMethod
  if (method !== 0 && method !== 8) throw new FileUnsupportedError({ feature: `zip method ${method}` })
  return {
    name,
    size: raw.uncompressedSize,
    compressedSize: raw.compressedSize,
    method,
    crc32: raw.crc32,
    offset: raw.relativeOffsetOfLocalHeader,
  }
}

/** Many makers write UTF-8 names without setting the flag for it. */
function decodeName(raw: Entry): string {
  const bytes = raw.fileNameRaw
  if (isUtf8(bytes)) return bytes.toString('utf8')
  return getFileNameLowLevel(raw.generalPurposeBitFlag, bytes, raw.extraFields, true)
}

function checkName(name: string): void {
  const unsafe =
    /^([a-zA-Z]:|\/|\\)/.test(name) ||
    name.includes('\0') ||
    name.split(/[/\\]/).some((step) => step === '..')
  if (unsafe) throw new FileUnsafePathError({ path: name.slice(0, 200).replaceAll('\0', '\u2400') })
}

/** Lets yauzl read from a `ByteSource`. */
class SourceReader extends RandomAccessReader {
  readonly #source: ByteSource

  constructor(source: ByteSource) {
    super()
    this.#source = source
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const source = this.#source
    return Readable.from(
      (async function* () {
        yield await source.read(start, end - start)
      })(),
    )
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.#source.read(position, length).then(
      (bytes) => {
        buffer.set(bytes, offset)
        callback(bytes.length < length ? new Error('unexpected EOF') : null)
      },
      (error) => callback(error instanceof Error ? error : new Error(String(error))),
    )
  }

  override close(callback: (error: Error | null) => void): void {
    callback(null)
  }
}

function asFileError(error: unknown): FileError {
  if (error instanceof FileError) return error
  const reason = error instanceof Error ? error.message : String(error)
  if (/multi-disk/.test(reason)) return new FileUnsupportedError({ feature: 'split zip' })
  if (/strong encryption/.test(reason)) return new FilePasswordError({ part: 'archive' })
  if (/unexpected EOF|signature not found|out of bounds/i.test(reason))
    return new FileTruncatedError({}, error)
  return new FileDamagedError({ part: 'zip directory', reason: reason.slice(0, 200) }, error)
}
