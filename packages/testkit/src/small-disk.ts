import { execFileSync } from 'node:child_process'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MEGABYTE = 1024 * 1024
const BALLAST = 'ballast'

/** A small file system of its own, to be filled. */
export interface SmallDisk extends AsyncDisposable {
  readonly directory: string
  /** Uses up all space but about `leave` bytes. */
  fill(leave: number): Promise<void>
  /** Gives back what `fill` took. */
  free(): Promise<void>
}

/** Mounts a file system of `bytes` in memory; `undefined` where this process may not mount (only Linux's root may). */
export async function smallDisk(bytes: number): Promise<SmallDisk | undefined> {
  const directory = await mkdtemp(join(tmpdir(), 'stoa-small-disk-'))
  try {
    const options = `size=${Math.ceil(bytes / 1024)}k,mode=755`
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', directory], { stdio: 'ignore' })
  } catch {
    await rm(directory, { recursive: true })
    return undefined
  }
  const ballast = join(directory, BALLAST)
  return {
    directory,
    fill: (leave) => fill(ballast, leave),
    free: () => rm(ballast, { force: true }),
    async [Symbol.asyncDispose]() {
      // Lazily: a process that was killed a moment ago may still hold a file.
      execFileSync('/bin/umount', ['-l', directory])
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function fill(path: string, leave: number): Promise<void> {
  await using file = await open(path, 'a')
  for (const piece of [Buffer.alloc(MEGABYTE), Buffer.alloc(4096)]) {
    try {
      for (;;) await file.appendFile(piece)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
    }
  }
  const { size } = await file.stat()
  await file.truncate(Math.max(0, size - leave))
}
