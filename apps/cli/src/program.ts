import { Command } from 'commander'
import { doctor } from './commands/doctor.ts'
import { status } from './commands/status.ts'
import type { Environment } from './environment.ts'
import { PROGRAMS, runShown } from './server-programs.ts'

export interface ProgramContext {
  readonly environment: Environment
  readonly version: string
  print(text: string): void
  /** Called with the exit status of the command that ran. */
  exit(code: number): void
}

/** The whole command line, described for `--help` and ready to be parsed. */
export function buildProgram(context: ProgramContext): Command {
  const program = new Command('stoa')
    .description('Read, talk and write together on machines you own.')
    .version(context.version)
    .enablePositionalOptions()
    .showHelpAfterError('See stoa --help.')
    .addHelpText('after', EXAMPLES)
  addStart(program, context)
  addStatus(program, context)
  addDoctor(program, context)
  addMigrate(program, context)
  return program
}

const EXAMPLES = `
Examples:
  stoa start --data /srv/stoa --port 4040
  stoa status --url https://read.example
  stoa doctor
  stoa migrate status --data /srv/stoa

Environment: STOA_URL (a running server), STOA_DATA, STOA_PORT, DATABASE_URL; stoa start --help lists the server's own.`

function addStart(program: Command, { exit }: ProgramContext): void {
  program
    .command('start')
    .description('run the server; takes its options (stoa start --help)')
    .helpOption(false)
    .allowUnknownOption()
    .allowExcessArguments()
    .passThroughOptions()
    .argument('[options...]')
    .action(async (_options: string[], _values: object, command: Command) => {
      exit(await runShown(PROGRAMS.main, command.args))
    })
}

function addStatus(program: Command, { environment, print, exit }: ProgramContext): void {
  program
    .command('status')
    .description('how a running server is, part by part; fails when it is not ready')
    .option('--url <url>', 'address of the server', environment.url)
    .option('--json', 'for programs')
    .action(async (options: { url: string; json?: boolean }) => exit(await status(options, print)))
}

function addDoctor(program: Command, { environment, print, exit }: ProgramContext): void {
  program
    .command('doctor')
    .description('check what a start needs: Node, data folder, disk, port, database')
    .option('--data <folder>', 'data folder', environment.data)
    .option('--url <url>', 'address the server has or will have', environment.url)
    .option('--json', 'for programs')
    .action(async (options: { data: string; url: string; json?: boolean }) => {
      exit(await doctor({ ...options, databaseUrl: environment.databaseUrl }, print))
    })
}

function addMigrate(program: Command, { environment, exit }: ProgramContext): void {
  const migrate = program
    .command('migrate')
    .description("the database's schema, while the server does not run (a start brings it up by itself)")
  const run = async (task: string, data: string, more: readonly string[] = []) =>
    exit(await runShown(PROGRAMS.maintenance, ['migrate', task, '--data', data, ...more]))
  const add = (name: string, description: string) =>
    migrate.command(name).description(description).option('--data <folder>', 'data folder', environment.data)
  add('status', 'which migrations are applied').action(({ data }: { data: string }) => run('status', data))
  add('up', 'apply what is missing').action(({ data }: { data: string }) => run('up', data))
  add('down', 'undo the newest (its data is lost)')
    .option('--count <number>', 'how many', '1')
    .action(({ data, count }: { data: string; count: string }) => run('down', data, ['--count', count]))
}
