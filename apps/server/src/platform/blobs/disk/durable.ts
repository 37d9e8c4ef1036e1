import { mkdir, open } from 'node:fs/promises'
import { dirname, relative, resolve, sep } from 'node:path'
import { codeOf } from './errors.ts'

/**
 * Makes the names in a folder durable: a new, renamed or removed file is only certain to be so after a power cut when its
 * folder was synced, too (fsync(2)). Windows journals names by itself and cannot open folders; some network and FUSE file
 * systems cannot sync them.
 */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(directory, 'r')
  try {
    await handle.sync()
  } catch (error) {
    if (codeOf(error) !== 'EINVAL' && codeOf(error) !== 'ENOTSUP') throw error
  } finally {
    await handle.close()
  }
}

const REMEMBERED = 10_000

/** Folders under one root that exist durably. Concurrent writers to a new folder all wait for its sync. */
export class DurableDirectories {
  readonly #root: string
  readonly #known = new Map<string, Promise<void>>()

  constructor(root: string) {
    this.#root = resolve(root)
  }

  /** Makes `directory` (the root or below it) and its parents, durably. */
  async ensure(directory: string): Promise<void> {
    const known = this.#known.get(directory)
    if (known) return known
    if (this.#known.size >= REMEMBERED) this.#known.clear()
    const made = this.#make(directory)
    this.#known.set(directory, made)
    try {
      await made
    } catch (error) {
      this.#known.delete(directory)
      throw error
    }
  }

  /** Forgets what is known, as when somebody removed folders behind our back. */
  forget(): void {
    this.#known.clear()
  }

  async #make(directory: string): Promise<void> {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    const steps = relative(this.#root, directory).split(sep).filter(Boolean).length
    let current = directory
    for (let i = 0; i < steps; i++) {
      current = dirname(current)
      await syncDirectory(current)
    }
  }
}
