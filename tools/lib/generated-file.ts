import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ROOT } from './workspaces.ts'

/**
 * Writes a generated file, or, with `--check` among the arguments, only compares it and sets a bad exit status when it
 * differs from what its sources give.
 */
export function emit(path: string, content: string, args: readonly string[] = process.argv.slice(2)): void {
  const file = join(ROOT, path)
  if (read(file) === content) return
  if (args.includes('--check')) {
    process.stderr.write(`${path} is stale: run npm run generate and commit the result\n`)
    process.exitCode = 1
    return
  }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
  process.stdout.write(`wrote ${path}\n`)
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
