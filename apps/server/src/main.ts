/** The program: flags and environment → configuration → platform → capabilities → roles → run until told to stop. */
import { systemClock, systemRandom } from '@stoa/kernel'
import packageJson from '../package.json' with { type: 'json' }
import { type Config, envToConfig } from './config/config.ts'
import { readEnv } from './config/env.ts'
import { environment } from './config/environment.ts'
import { readFlags } from './config/flags.ts'
import { redactConfig } from './config/redact.ts'
import { loadSecrets } from './config/secrets.ts'
import { createLogger } from './platform/telemetry/logger.ts'
import { removeAddress, writeAddress } from './program/address-file.ts'
import { openBrowser } from './program/browser.ts'
import { explainFailure } from './program/explain.ts'

const { version } = packageJson
const print = (text: string): void => void process.stdout.write(`${text}\n`)

async function main(args: readonly string[]): Promise<void> {
  const asked = readFlags(args, version)
  if (asked.kind === 'text') return void process.stdout.write(asked.text)
  const config = envToConfig(readEnv(environment, asked.flags))
  if (asked.kind === 'config') return print(JSON.stringify(redactConfig(config), null, 2))
  await run(config)
}

async function run(config: Config): Promise<void> {
  const stopping = stopOnSignals()
  const log = createLogger(config.log)
  const secrets = await loadSecrets(config)
  // Loaded only to be run: --help and a wrong setting answer at once.
  const { createProgram } = await import('./program/program.ts')
  const program = await createProgram({
    config,
    secrets,
    log,
    version,
    clock: systemClock,
    random: systemRandom,
  })
  try {
    await program.start(stopping)
    log.info({
      action: 'started',
      version,
      url: program.url,
      rpc: program.rpcAddress,
      roles: config.roles.join(),
      data: config.dataDir,
    })
    if (program.url !== undefined) await announce(program.url)
    await aborted(stopping)
  } catch (error) {
    // Told to stop while still starting: that is no failure.
    if (!stopping.aborted) throw error
  } finally {
    log.info({ action: 'stopping' })
    await program.stop()
    await removeAddress(config.dataDir)
  }
  log.info({ action: 'stopped' })

  async function announce(address: string): Promise<void> {
    const url = config.http.publicUrl ?? reachable(address)
    await writeAddress(config.dataDir, url)
    const lines = await program.capabilities.announce(url)
    for (const line of lines) print(`Stoa is ready: ${line}`)
    const link = lines.find((line) => line.startsWith('http'))
    if (link !== undefined && config.http.openBrowser) openBrowser(link, environment)
  }
}

/** The address a person on this machine types: `localhost`, where browsers allow what they allow to https. */
function reachable(address: string): string {
  const url = new URL(address)
  if (['127.0.0.1', '0.0.0.0', '[::]', '[::1]'].includes(url.hostname)) url.hostname = 'localhost'
  return url.origin
}

/** A terminal, npm and a process group each pass on the same Ctrl-C: signals this close together are one. */
const ONE_SIGNAL_MS = 1_000

/** The first SIGINT or SIGTERM stops in order, a later one ends the process at once. */
function stopOnSignals(): AbortSignal {
  const controller = new AbortController()
  let first = 0
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (!controller.signal.aborted) first = systemClock.now()
      else if (systemClock.now() - first > ONE_SIGNAL_MS) process.exit(130)
      controller.abort()
    })
  }
  return controller.signal
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    // A pending promise keeps nothing alive: the server's socket does, until it is closed.
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${explainFailure(error)}\n`)
  process.exitCode = 1
})
