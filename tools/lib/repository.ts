import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './workspaces.ts'

/** Files that git knows or would add (not ignored), as they lie in the work tree. */
export function repositoryFiles(root = ROOT): readonly string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const listed = execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  return [...new Set(listed.split('\0').filter(Boolean))].filter((path) => existsSync(join(root, path)))
}

/** Hand-written source that ships: no tests, nothing generated. */
export function isShippedSource(path: string): boolean {
  return (
    /^(packages|apps)\/[^/]+\/src\/.*\.tsx?$/.test(path) &&
    !/\.test\.tsx?$|\.acceptance\.ts$|\.generated\.ts$|\/(generated|paraglide|testing)\/|\/testing\.ts$|\.d\.ts$/.test(
      path,
    ) &&
    !path.startsWith('packages/testkit/')
  )
}
