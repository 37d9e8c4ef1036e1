import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const SOURCE = join(import.meta.dirname, 'link.c')

/** Compiles the link emulator with gcc, once for each version of its source; returns the program's path. */
export async function buildEmulator(): Promise<string> {
  const version = createHash('sha256')
    .update(await readFile(SOURCE))
    .digest('hex')
    .slice(0, 16)
  const folder = join(tmpdir(), 'stoa-netlab')
  const program = join(folder, `link-${version}`)
  if (existsSync(program)) return program
  await mkdir(folder, { recursive: true })
  const unfinished = `${program}.${process.pid}`
  await run('gcc', ['-O2', '-Wall', '-Wextra', '-Werror', '-pthread', '-o', unfinished, SOURCE, '-lm'])
  await rename(unfinished, program)
  return program
}
