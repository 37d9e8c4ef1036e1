import { execFileSync } from 'node:child_process'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { ROOT } from '../lib/workspaces.ts'
import type { Occasion } from './row.ts'

/** This machine, this commit (with `+` when the work tree differs from it), now. */
export function thisOccasion(): Occasion {
  const memory = Math.round(totalmem() / 2 ** 30)
  const machine = `${availableParallelism()} cores ${cpus()[0]?.model.trim() ?? process.arch}, ${memory} GB, ${process.platform}, Node ${process.versions.node}`
  const changed = git('status', '--porcelain', '--untracked-files=no') !== ''
  return {
    machine,
    commit: `${git('rev-parse', '--short', 'HEAD') || 'unknown'}${changed ? '+' : ''}`,
    date: new Date().toISOString(),
  }
}

function git(...args: readonly string[]): string {
  try {
    return execFileSync('git', args, {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return ''
  }
}
