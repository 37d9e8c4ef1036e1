/**
 * Work on an installation that does not run:
 *   node maintenance.ts migrate status|up|down [--count N] [--data DIR] [--json]
 * Reports on standard output; problems on standard error with exit status 1.
 */
import { parseArgs } from 'node:util'
import { isStoaError } from '@stoa/kernel'
import { loadConfig } from './config/load.ts'
import { type SchemaReport, type SchemaTask, workOnSchema } from './maintenance/migrate.ts'
import { createLogger } from './platform/telemetry/logger.ts'

const USAGE = 'maintenance.ts migrate status|up|down [--count N] [--data DIR] [--json]'

function taskOf(name: string | undefined, count: number): SchemaTask {
  if (name === 'status' || name === 'up') return { kind: name }
  if (name === 'down' && Number.isInteger(count) && count > 0) return { kind: 'down', count }
  throw new Error(USAGE)
}

function describe({ changed, migrations }: SchemaReport): string {
  const lines = migrations.map(
    ({ name, appliedAt }) =>
      `${appliedAt ? `applied ${appliedAt.toISOString()}` : 'waiting'.padEnd(32)}  ${name}`,
  )
  return [...changed.map((name) => `changed: ${name}`), ...lines].join('\n')
}

async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { data: { type: 'string' }, count: { type: 'string', default: '1' }, json: { type: 'boolean' } },
  })
  const [command, name] = positionals
  if (command !== 'migrate') throw new Error(USAGE)
  const task = taskOf(name, Number(values.count))
  const config = loadConfig(values.data === undefined ? {} : { data: values.data })
  const log = createLogger({ format: 'json', level: 'error', write: (line) => process.stderr.write(line) })
  const report = await workOnSchema(config.database, task, log, new AbortController().signal)
  process.stdout.write(`${values.json ? JSON.stringify(report) : describe(report)}\n`)
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  const text = error instanceof Error ? error.message : String(error)
  process.stderr.write(`${isStoaError(error) ? `${text} (${error.code})` : text}\n`)
  process.exitCode = 1
})
