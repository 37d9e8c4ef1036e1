/**
 * The database's schema, while the program does not run, and the store of files:
 *   node maintenance.ts migrate status|up|down [--count N] [--data DIR] [--json]
 *   node maintenance.ts storage status --url URL
 * Reports on standard output; problems on standard error with exit status 1.
 */
import { parseArgs } from 'node:util'
import { silentLogger } from '@stoa/kernel'
import { ConfigError } from './config/errors.ts'
import { loadConfig } from './config/load.ts'
import { type SchemaReport, type SchemaTask, workOnSchema } from './maintenance/migrate.ts'
import { lookAtStorage } from './maintenance/storage.ts'
import { runCommand } from './program/run-command.ts'

const USAGE = `maintenance.ts migrate status|up|down [--count N] [--data DIR] [--json]
maintenance.ts storage status --url URL`

const options = {
  data: { type: 'string' },
  count: { type: 'string', default: '1' },
  json: { type: 'boolean', default: false },
  url: { type: 'string' },
} as const

async function main(args: readonly string[]): Promise<string> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
  const config = loadConfig(values.data === undefined ? {} : { data: values.data })
  if (positionals.join(' ') === 'storage status')
    return JSON.stringify(await lookAtStorage(config, values.url))
  const task = taskOf(positionals.join(' '), values.count)
  const { database } = config
  const report = await workOnSchema(database, task, silentLogger, new AbortController().signal)
  return values.json ? JSON.stringify(report) : describe(report)
}

function taskOf(words: string, count: string): SchemaTask {
  switch (words) {
    case 'migrate status':
      return { kind: 'status' }
    case 'migrate up':
      return { kind: 'up' }
    case 'migrate down':
      return { kind: 'down', count: countOf(count) }
    default:
      throw new ConfigError('config.invalid', USAGE)
  }
}

function countOf(text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count > 0) return count
  throw new ConfigError('config.invalid', `--count must be a whole number above 0, not "${text}"`)
}

function describe({ changed, migrations }: SchemaReport): string {
  const lines = migrations.map(
    ({ name, appliedAt }) =>
      `${appliedAt ? `applied ${appliedAt.toISOString()}` : 'waiting'.padEnd(32)}  ${name}`,
  )
  return [...changed.map((name) => `changed: ${name}`), ...lines].join('\n')
}

await runCommand(main)
