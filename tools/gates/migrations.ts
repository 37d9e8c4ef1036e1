import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Gate, verdictOfFaults } from '../lib/gate.ts'
import { ROOT } from '../lib/workspaces.ts'

const FOLDER = 'apps/server/src/platform/database/migrations'
const NAME = /^(\d{8}_\d{3}_[a-z0-9_]+)\.(up|down)\.sql$/

/** Faults in a set of migration files, given as name → text. */
export function migrationFaults(files: ReadonlyMap<string, string>): readonly string[] {
  const faults: string[] = []
  for (const [file, text] of files) {
    const [, name, direction] = NAME.exec(file) ?? []
    if (!name || !direction) {
      faults.push(`${file}: the name is not DATE_NUMBER_what.up.sql or .down.sql`)
      continue
    }
    const other = `${name}.${direction === 'up' ? 'down' : 'up'}.sql`
    if (!files.has(other)) faults.push(`${file} has no ${other}`)
    if (text.replace(/--.*$/gm, '').trim() === '') faults.push(`${file} does nothing`)
  }
  return faults
}

export const migrationGate: Gate = {
  name: 'every migration goes up and down',
  run: async () => {
    const paths = globSync(`${FOLDER}/*`, { cwd: ROOT })
    const files = new Map(paths.map((path) => [basename(path), readFileSync(join(ROOT, path), 'utf8')]))
    if (files.size === 0) return { ok: false, report: `no migration in ${FOLDER}` }
    return verdictOfFaults(migrationFaults(files), `${files.size / 2} migrations`)
  },
}
