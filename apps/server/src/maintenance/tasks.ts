import { parseArgs } from 'node:util'
import { silentLogger } from '@stoa/kernel'
import { ConfigError } from '../config/errors.ts'
import { loadConfig } from '../config/load.ts'
import { type SchemaReport, type SchemaTask, workOnSchema } from './migrate.ts'
import { visit } from './visit.ts'

const OPTIONS = {
  data: { type: 'string' },
  count: { type: 'string', default: '1' },
  json: { type: 'boolean', default: false },
  email: { type: 'string' },
  url: { type: 'string' },
  compromised: { type: 'boolean', default: false },
} as const

export const USAGE = `maintenance.ts migrate status|up|down [--count N] [--json]
maintenance.ts sign-in-link [--email ADDRESS] [--url ADDRESS]
maintenance.ts keys rotate [--compromised]
Each takes --data DIR.`

type Values = ReturnType<typeof read>['values']

const read = (args: readonly string[]) =>
  parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS })

/** Does what the arguments say and returns what to print. @throws Error that says what went wrong */
export async function runTask(args: readonly string[]): Promise<string> {
  const { values, positionals } = read(args)
  switch (positionals.join(' ')) {
    case 'migrate status':
      return migrate({ kind: 'status' }, values)
    case 'migrate up':
      return migrate({ kind: 'up' }, values)
    case 'migrate down':
      return migrate({ kind: 'down', count: countOf(values) }, values)
    case 'sign-in-link':
      return signInLink(values)
    case 'keys rotate':
      return rotateKeys(values)
    default:
      throw new ConfigError('config.invalid', USAGE)
  }
}

const configOf = ({ data }: Values) => loadConfig(data === undefined ? {} : { data })

function countOf({ count }: Values): number {
  const number = Number(count)
  if (Number.isInteger(number) && number > 0) return number
  throw new ConfigError('config.invalid', `--count must be a whole number above 0, not "${count}"`)
}

async function migrate(task: SchemaTask, values: Values): Promise<string> {
  const { database } = configOf(values)
  const report = await workOnSchema(database, task, silentLogger, new AbortController().signal)
  return values.json ? JSON.stringify(report) : describe(report)
}

function describe({ changed, migrations }: SchemaReport): string {
  const lines = migrations.map(
    ({ name, appliedAt }) =>
      `${appliedAt ? `applied ${appliedAt.toISOString()}` : 'waiting'.padEnd(32)}  ${name}`,
  )
  return [...changed.map((name) => `changed: ${name}`), ...lines].join('\n')
}

async function signInLink(values: Values): Promise<string> {
  const config = configOf(values)
  const baseUrl = values.url ?? config.http.publicUrl ?? `http://localhost:${config.http.port}`
  const { url } = await visit(config, silentLogger, ({ capabilities }) =>
    capabilities.identity.terminalSignInLink({ baseUrl, email: values.email }),
  )
  return url
}

async function rotateKeys(values: Values): Promise<string> {
  const { compromised } = values
  const kid = await visit(configOf(values), silentLogger, ({ capabilities }) =>
    capabilities.identity.rotateKeys({ compromised }),
  )
  return `The key ${kid} signs now.`
}
