import { Readable } from 'node:stream'
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib'
import {
  FileDamagedError,
  FileError,
  FileTooLargeError,
  FileTruncatedError,
  FileZipBombError,
} from '../errors.ts'
import { limits } from '../limits.ts'
import type { ByteSource } from '../source.ts'
import { readDirectory, type ZipEntry } from './directory.ts'

const localHeaderLength = 30
const endRecordLength = 22
/** Entries up to this size are inflated in one call; larger ones pass through a stream when only checked. */
const inflateAtOnce = 8 * 1024 * 1024

/** A ZIP container read defensively: every size is checked before memory is spent, every content against its CRC. */
export class ZipArchive {
  readonly entries: readonly ZipEntry[]
  /** Bytes after the end of the archive, which some tools append. */
  readonly trailingBytes: number
  readonly #source: ByteSource
  readonly #byName: ReadonlyMap<string, ZipEntry>
  #byLooseName: ReadonlyMap<string, ZipEntry> | undefined
  readonly #checked = new Set<ZipEntry>()

  private constructor(source: ByteSource, entries: readonly ZipEntry[], trailingBytes: number) {
    this.#source = source
    this.entries = entries
    this.trailingBytes = trailingBytes
    this.#byName = new Map(entries.map((entry) => [entry.name, entry]))
  }

  /** Reads the directory. Throws the `FileError` that says why the container is refused. */
  static async open(source: ByteSource): Promise<ZipArchive> {
    const end = await findEnd(source)
    return new ZipArchive(source, await readDirectory(source, end), source.size - end)
  }

  /** The entry of that name; failing that, the one whose name differs only in case or Unicode form. */
  find(name: string): ZipEntry | undefined {
    const exact = this.#byName.get(name)
    if (exact) return exact
    this.#byLooseName ??= new Map(this.entries.map((entry) => [loosen(entry.name), entry]))
    return this.#byLooseName.get(loosen(name))
  }

  /** The content of `entry`, verified. Throws `FileTooLargeError` when it declares more than `limit` bytes. */
  async read(entry: ZipEntry, limit: number = limits.markup): Promise<Uint8Array> {
    if (entry.size > limit) throw new FileTooLargeError({ part: entry.name, size: entry.size, limit })
    if (entry.size > limits.ratioFrom && entry.size > entry.compressedSize * limits.ratio) {
      throw new FileZipBombError({ part: entry.name })
    }
    const start = await this.#dataStart(entry)
    const raw = await this.#source.read(start, entry.compressedSize)
    const content = entry.method === 0 ? raw : inflate(entry, raw)
    checkContent(entry, content.length, crc32(content))
    this.#checked.add(entry)
    return content
  }

  /** The content of a part the book can do without; undefined when it is missing, damaged or larger than `limit`. */
  async readIfSound(name: string, limit: number = limits.markup): Promise<Uint8Array | undefined> {
    const entry = this.find(name)
    if (!entry || entry.size > limit) return undefined
    try {
      return await this.read(entry, limit)
    } catch (error) {
      if (error instanceof FileDamagedError) return undefined
      throw error
    }
  }

  /**
   * Inflates every entry that was not read yet and yields those that are damaged. An entry that holds more than it
   * declares ends it with `FileZipBombError`: whoever unpacks the file later must be able to trust the declared sizes.
   */
  async *verifyRest(): AsyncIterable<{ entry: ZipEntry; error: FileError }> {
    for (const entry of this.entries) {
      if (this.#checked.has(entry)) continue
      try {
        if (entry.size <= inflateAtOnce) await this.read(entry)
        else await this.#verifyLarge(entry)
      } catch (error) {
        if (!(error instanceof FileDamagedError)) throw error
        yield { entry, error }
      }
    }
  }

  async #verifyLarge(entry: ZipEntry): Promise<void> {
    let size = 0
    let checksum = 0
    const raw = Readable.from(this.#chunks(await this.#dataStart(entry), entry.compressedSize))
    const content = entry.method === 0 ? raw : raw.compose(createInflateRaw())
    try {
      for await (const chunk of content as AsyncIterable<Uint8Array>) {
        size += chunk.length
        if (size > entry.size) throw new FileZipBombError({ part: entry.name })
        checksum = crc32(chunk, checksum)
      }
    } catch (error) {
      throw error instanceof FileError ? error : inflateError(entry, error)
    }
    checkContent(entry, size, checksum)
  }

  async *#chunks(start: number, length: number): AsyncIterable<Uint8Array> {
    const step = 256 * 1024
    for (let at = 0; at < length; at += step) {
      yield await this.#source.read(start + at, Math.min(step, length - at))
    }
  }

  async #dataStart(entry: ZipEntry): Promise<number> {
    const header = Buffer.from(await this.#source.read(entry.offset, localHeaderLength))
    if (header.length < localHeaderLength) throw new FileTruncatedError({ part: entry.name })
    if (header.readUInt32LE(0) !== 0x04034b50)
      throw new FileDamagedError({ part: entry.name, reason: 'no header' })
    const start = entry.offset + localHeaderLength + header.readUInt16LE(26) + header.readUInt16LE(28)
    if (start + entry.compressedSize > this.#source.size) throw new FileTruncatedError({ part: entry.name })
    return start
  }
}

function loosen(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

function inflate(entry: ZipEntry, raw: Uint8Array): Uint8Array {
  try {
    return inflateRawSync(raw, { maxOutputLength: Math.max(1, entry.size) })
  } catch (error) {
    throw inflateError(entry, error)
  }
}

function inflateError(entry: ZipEntry, error: unknown): FileError {
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'inflate'
  if (code === 'ERR_BUFFER_TOO_LARGE') return new FileZipBombError({ part: entry.name })
  return new FileDamagedError({ part: entry.name, reason: code }, error)
}

function checkContent(entry: ZipEntry, size: number, checksum: number): void {
  if (size !== entry.size) throw new FileDamagedError({ part: entry.name, reason: 'size' })
  if (checksum !== entry.crc32) throw new FileDamagedError({ part: entry.name, reason: 'checksum' })
}

/** The position after the end-of-central-directory record (APPNOTE 4.3.16), whatever follows it. */
async function findEnd(source: ByteSource): Promise<number> {
  const length = Math.min(source.size, endRecordLength + 0xffff)
  const tail = Buffer.from(await source.read(source.size - length, length))
  for (let at = tail.length - endRecordLength; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== 0x06054b50) continue
    const end = at + endRecordLength + tail.readUInt16LE(at + 20)
    if (end <= tail.length) return source.size - length + end
  }
  throw new FileTruncatedError({ part: 'zip directory' })
}
