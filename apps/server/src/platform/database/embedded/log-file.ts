import { closeSync, openSync } from 'node:fs'
import { copyFile, open, stat, truncate } from 'node:fs/promises'

const ROTATE_AT = 10 * 1024 * 1024
const TAIL = 4000

/** The server's own log. The server holds a descriptor opened for appending, so the file is emptied, never replaced. */
export class LogFile {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  /** Runs `use` with a descriptor that a child process can inherit. */
  withDescriptor<T>(use: (descriptor: number) => T): T {
    const descriptor = openSync(this.path, 'a', 0o600)
    try {
      return use(descriptor)
    } finally {
      closeSync(descriptor)
    }
  }

  /** Bytes written so far. */
  async size(): Promise<number> {
    return (await stat(this.path).catch(() => undefined))?.size ?? 0
  }

  /** Keeps one older file beside the current one once that passes `limit` bytes. */
  async rotate(limit = ROTATE_AT): Promise<void> {
    if ((await this.size()) <= limit) return
    await copyFile(this.path, `${this.path}.1`)
    await truncate(this.path)
  }

  /** The last lines written after `offset`. */
  async tail(offset = 0): Promise<string> {
    const size = await this.size()
    const from = Math.max(offset, size - TAIL)
    if (from >= size) return ''
    await using file = await open(this.path)
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size - from), position: from })
    return buffer.toString('utf8', 0, bytesRead).trim()
  }
}
