/**
 * What an operator does on the terminal of a running installation:
 *   node operator.ts sign-in-link [--email ADDRESS] [--url URL] [--data DIR]
 *   node operator.ts keys status|rotate [--compromised] [--data DIR]
 * Results on standard output; problems on standard error with exit status 1.
 */
import { parseArgs } from 'node:util'
import type { Config } from './config/config.ts'
import { loadConfig } from './config/load.ts'
import { withIdentity } from './maintenance/identity.ts'
import { createLogger } from './platform/telemetry/logger.ts'
import { readAddress } from './program/address-file.ts'
import { runCommand } from './program/run-command.ts'

const USAGE = `operator.ts sign-in-link [--email ADDRESS] [--url URL] [--data DIR]
operator.ts keys status|rotate [--compromised] [--data DIR]`

const options = {
  data: { type: 'string' },
  email: { type: 'string' },
  url: { type: 'string' },
  compromised: { type: 'boolean', default: false },
} as const

async function main(args: readonly string[]): Promise<string> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
  const config = loadConfig(values.data === undefined ? {} : { data: values.data })
  const log = createLogger({ format: 'json', level: 'error', write: (line) => process.stderr.write(line) })
  return await withIdentity(config, log, async (identity) => {
    switch (positionals.join(' ')) {
      case 'sign-in-link': {
        const baseUrl = values.url ?? (await baseUrlOf(config))
        const { url, expiresAt } = await identity.terminalSignInLink({ baseUrl, email: values.email })
        return `${url}\nOpens once, until ${expiresAt.toISOString()}.`
      }
      case 'keys status':
        return JSON.stringify(await identity.keyStatus())
      case 'keys rotate':
        return `Access tokens are signed by ${await identity.rotateKeys(values)} now; running servers follow within a minute.`
      default:
        throw new Error(USAGE)
    }
  })
}

/** Where the server is reached: as it was told, or as the one that runs on this folder says. `--url` says it better. */
async function baseUrlOf({ http, dataDir }: Config): Promise<string> {
  return http.publicUrl ?? (await readAddress(dataDir)) ?? `http://localhost:${http.port}`
}

await runCommand(main)
