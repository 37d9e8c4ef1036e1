import { link, mkdir, open, rename, rm, stat, statfs, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Clock, Logger, Service } from '@stoa/kernel'
import type { BlobInfo, BlobStore, ByteRange, SignedUrl } from '../blobs.ts'
import { boundedChunks } from '../body.ts'
import { BlobError, BlobNotFound } from '../errors.ts'
import { checkKey } from '../key.ts'
import type { UrlSigner } from '../signed/grant.ts'
import { DurableDirectories, syncDirectory } from './durable.ts'
import { codeOf, folderGone, fromFileSystem, storageFull } from './errors.ts'
import { toInfo } from './info.ts'
import { sweepTemporary, temporaryName } from './temporary.ts'
import { walk } from './walk.ts'

export interface DiskBlobsOptions {
  /** Holds nothing but blobs, as `{directory}/{key}`, and `.tmp`. Made when absent. */
  readonly directory: string
  readonly signer: UrlSigner
  readonly clock: Clock
  readonly log: Logger
  /** Space left free for the database and the system, in bytes: writing stops before it is used up. Default 64 MiB. */
  readonly reserveBytes?: number
}

const DEFAULT_RESERVE = 64 * 1024 * 1024
const CHECK_SPACE_EVERY = 16 * 1024 * 1024

/**
 * Blobs as files. Invariants: (1) a key's file is always whole: bodies are written to `.tmp`, synced, then renamed;
 * (2) `put`, `move` and `delete` resolve after the folder was synced; (3) a failed write leaves nothing behind, a crashed
 * one only a file in `.tmp`, swept at the next start.
 */
export class DiskBlobs implements BlobStore, Service {
  readonly name = 'blobs on disk'
  readonly #options: DiskBlobsOptions
  readonly #directories: DurableDirectories
  readonly #temporary: string

  constructor(options: DiskBlobsOptions) {
    this.#options = options
    this.#directories = new DurableDirectories(options.directory)
    this.#temporary = join(options.directory, '.tmp')
  }

  async start(): Promise<void> {
    try {
      await mkdir(this.#temporary, { recursive: true, mode: 0o700 })
      await syncDirectory(this.#options.directory)
      await syncDirectory(dirname(this.#options.directory))
      const swept = await sweepTemporary(this.#temporary, this.#options.clock.now())
      if (swept > 0) this.#options.log.info({ action: 'blobs_swept', files: swept })
    } catch (error) {
      throw fromFileSystem(error, '.tmp')
    }
  }

  async stop(): Promise<void> {}

  async put(key: string, body: Readable | Uint8Array, options: { maxBytes: number }): Promise<BlobInfo> {
    checkKey(key)
    const temporary = join(this.#temporary, temporaryName())
    try {
      const info = await this.#write(temporary, key, body, options.maxBytes)
      await this.#publish(temporary, key)
      return info
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => {})
      throw codeOf(error) === 'ENOENT' ? folderGone(error) : fromFileSystem(error, key)
    }
  }

  async get(key: string, range?: ByteRange): Promise<Readable> {
    checkKey(key)
    try {
      const file = await open(this.#path(key), 'r')
      try {
        const stats = await file.stat()
        if (!stats.isFile()) throw new BlobNotFound(key)
        if (range && range.start >= stats.size) {
          throw new BlobError('blob.range_unsatisfiable', 'That part is past the end of the file.', {
            details: { size: stats.size },
          })
        }
        return file.createReadStream(range ? { start: range.start, end: range.end } : {})
      } catch (error) {
        await file.close()
        throw error
      }
    } catch (error) {
      throw fromFileSystem(error, key)
    }
  }

  async head(key: string): Promise<BlobInfo | undefined> {
    checkKey(key)
    try {
      const stats = await stat(this.#path(key), { bigint: true })
      return stats.isFile() ? toInfo(key, stats) : undefined
    } catch (error) {
      if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined
      throw fromFileSystem(error, key)
    }
  }

  async move(from: string, to: string): Promise<void> {
    checkKey(from)
    checkKey(to)
    if (from === to) {
      if (!(await this.head(from))) throw new BlobNotFound(from)
      return
    }
    try {
      await this.#directories.ensure(dirname(this.#path(to)))
      const moved = await this.#linkNew(this.#path(from), this.#path(to))
      await syncDirectory(dirname(this.#path(to)))
      if (moved === 'linked') await this.delete(from)
    } catch (error) {
      throw fromFileSystem(error, from)
    }
  }

  async delete(key: string): Promise<void> {
    checkKey(key)
    try {
      await unlink(this.#path(key))
      await syncDirectory(dirname(this.#path(key)))
    } catch (error) {
      if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return
      throw fromFileSystem(error, key)
    }
  }

  list(prefix: string): AsyncIterable<BlobInfo> {
    return walk(this.#options.directory, prefix)
  }

  async signPut(
    key: string,
    options: { contentType: string; size: number; expiresInSeconds: number },
  ): Promise<SignedUrl> {
    checkKey(key)
    const { contentType, size, expiresInSeconds } = options
    return this.#options.signer.sign({ method: 'PUT', key, contentType, size }, expiresInSeconds)
  }

  async signGet(
    key: string,
    options: { contentType: string; downloadName?: string; expiresInSeconds: number },
  ): Promise<SignedUrl> {
    checkKey(key)
    const { expiresInSeconds, ...grant } = options
    return this.#options.signer.sign({ method: 'GET', key, ...grant }, expiresInSeconds)
  }

  #path(key: string): string {
    return join(this.#options.directory, key)
  }

  async #write(path: string, key: string, body: Readable | Uint8Array, maxBytes: number): Promise<BlobInfo> {
    const file = await open(path, 'wx', 0o600)
    try {
      await this.#checkSpace()
      let unchecked = 0
      for await (const chunk of boundedChunks(body, maxBytes)) {
        await file.writeFile(chunk)
        unchecked += chunk.byteLength
        if (unchecked >= CHECK_SPACE_EVERY) {
          await this.#checkSpace()
          unchecked = 0
        }
      }
      await file.sync()
      return toInfo(key, await file.stat({ bigint: true }))
    } finally {
      await file.close()
    }
  }

  async #checkSpace(): Promise<void> {
    const { bavail, bsize } = await statfs(this.#options.directory)
    if (bavail * bsize < (this.#options.reserveBytes ?? DEFAULT_RESERVE)) throw storageFull()
  }

  async #publish(temporary: string, key: string): Promise<void> {
    const target = this.#path(key)
    const folder = dirname(target)
    await this.#directories.ensure(folder)
    try {
      await rename(temporary, target)
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error
      this.#directories.forget()
      await this.#directories.ensure(folder)
      await rename(temporary, target)
    }
    await syncDirectory(folder)
  }

  /** Gives the file its new name unless that is taken. A hard link cannot replace; where there are none, look first. */
  async #linkNew(from: string, to: string): Promise<'linked' | 'renamed'> {
    try {
      await link(from, to)
      return 'linked'
    } catch (error) {
      const code = codeOf(error)
      const taken = await stat(to).then(
        (stats) => stats.isFile(),
        () => false,
      )
      if (taken && (code === 'EEXIST' || code === 'ENOENT')) return 'linked'
      if (code === 'ENOENT' || code === 'EEXIST' || code === 'ENOTDIR') throw error
      if (taken) return 'linked'
      await rename(from, to)
      return 'renamed'
    }
  }
}
