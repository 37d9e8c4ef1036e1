import { Command, CommanderError } from 'commander'
import { type Setting, settings } from './env.ts'
import { ConfigError } from './errors.ts'

/** What the command line asks for: to run with these settings, or to print something and end. */
export type Asked =
  | { readonly kind: 'run'; readonly flags: Readonly<Partial<Record<Setting, string>>> }
  | { readonly kind: 'config'; readonly flags: Readonly<Partial<Record<Setting, string>>> }
  | { readonly kind: 'text'; readonly text: string }

/** @throws ConfigError on an unknown flag */
export function readFlags(args: readonly string[], version: string): Asked {
  const printed: string[] = []
  const command = describe(version).configureOutput({
    writeOut: (text) => printed.push(text),
    writeErr: () => {},
  })
  try {
    command.parse([...args], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return { kind: 'text', text: printed.join('') }
    throw new ConfigError('config.invalid', `${error.message.replace(/^error: /, '')}\nSee --help.`)
  }
  const { showConfig, open, ...values } = command.opts<Record<string, string | boolean>>()
  const flags = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))
  return { kind: showConfig ? 'config' : 'run', flags: open === false ? { ...flags, open: 'false' } : flags }
}

function describe(version: string): Command {
  return new Command('stoa')
    .description('Read, talk and write together on machines you own.')
    .version(version)
    .option('--data <folder>', settings.data.help)
    .option('--port <number>', settings.port.help)
    .option('--host <address>', settings.host.help)
    .option('--no-open', 'do not open a browser')
    .option('--public-url <url>', settings.publicUrl.help)
    .option('--log-format <format>', settings.logFormat.help)
    .option('--log-level <level>', settings.logLevel.help)
    .option('--roles <names>', settings.roles.help)
    .option('--show-config', 'print the configuration, without secrets, and end')
    .addHelpText('after', environmentHelp())
    .exitOverride()
}

/** Every setting can also be given by the environment; flags win. */
function environmentHelp(): string {
  const lines = Object.values(settings).map(({ variable, help }) => `  ${variable.padEnd(28)} ${help}`)
  const provider = `  ${'STOA_OIDC_<ID>_…'.padEnd(28)} sign-in through others: ISSUER, CLIENT_ID, CLIENT_SECRET, NAME (google and github need no issuer)`
  return `\nEnvironment:\n${[...lines, provider].join('\n')}\n`
}
