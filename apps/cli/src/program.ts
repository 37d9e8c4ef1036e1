import { Command } from 'commander'
import { doctor } from './commands/doctor.ts'
import { importFolder } from './commands/import.ts'
import { signIn, signOut } from './commands/sign-in.ts'
import { status } from './commands/status.ts'
import type { ProgramContext } from './program-context.ts'
import { PROGRAMS, runShown } from './server-programs.ts'
import { connect } from './session/connect.ts'
import { SessionStore } from './session/store.ts'
import { addTalk } from './talk.ts'
import { addWriting } from './write.ts'

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
  addTerminalTasks(program, context)
  addCluster(program, context)
  addSession(program, context)
  addImport(program, context)
  addTalk(program, context)
  addWriting(program, context)
  return program
}

const EXAMPLES = `
Examples:
  stoa start --data /srv/stoa --port 8080
  stoa status --url https://read.example
  stoa doctor
  stoa sign-in-link --data /srv/stoa
  stoa cluster init --name home --data /srv/stoa
  stoa import ~/Books
  stoa chat Walden
  stoa say Walden 'On my way.'
  stoa documents export 'Reading as exercise' --format docx

Environment: STOA_URL (a running server; else the one on the data folder), STOA_DATA, STOA_PORT, DATABASE_URL; stoa start --help
lists the server's own.`

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
    .description(
      'check what a start needs: Node, data folder, disk, port, database, and the bucket where files are in S3',
    )
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

/** What needs the installation itself, on its own machine, while the server runs. */
function addTerminalTasks(program: Command, { environment, exit }: ProgramContext): void {
  const data = ['--data <folder>', 'data folder', environment.data] as const
  program
    .command('sign-in-link')
    .description('a one-time link to sign in with: for the owner, or for the account with an address')
    .option(...data)
    .option('--email <address>', 'whose')
    .option('--url <url>', 'address of the server as the browser reaches it')
    .action(async (options: { data: string; email?: string; url?: string }) => {
      const more = [...flag('--email', options.email), ...flag('--url', options.url)]
      exit(await runShown(PROGRAMS.operator, ['sign-in-link', '--data', options.data, ...more]))
    })
  program
    .command('keys')
    .description('the keys that sign access tokens')
    .command('rotate')
    .description('sign with the next key from now on (it rotates by itself, too)')
    .option(...data)
    .option('--compromised', 'refuse tokens of the present key at once')
    .action(async (options: { data: string; compromised?: boolean }) => {
      const more = options.compromised ? ['--compromised'] : []
      exit(await runShown(PROGRAMS.operator, ['keys', 'rotate', '--data', options.data, ...more]))
    })
}

const CLUSTER_TASKS = {
  init: 'found a cluster with this installation as its first node; prints how others join, DNS lines, admin bundle',
  'join <text>': 'make this installation a node of a cluster; with the admin bundle it is let in at once',
  snapshot: 'who belongs to the cluster, as signed; --add PEER_ID=NAME lets a node in',
  members: 'the members and whether they answer',
  status: 'how each node sees the cluster',
  'revoke <member>': 'take a member out for good',
  'rotate-admin': 'the next admin takes over; the bundle from before can change nothing any more',
} as const

/** What an operator does with the nodes of a cluster; the options are those of the server's program. */
function addCluster(program: Command, { environment, exit }: ProgramContext): void {
  const cluster = program.command('cluster').description('nodes of one operator that know each other')
  for (const [task, description] of Object.entries(CLUSTER_TASKS)) {
    const [name = ''] = task.split(' ')
    cluster
      .command(name)
      .description(description)
      .helpOption(false)
      .allowUnknownOption()
      .allowExcessArguments()
      .passThroughOptions()
      .usage(`${task.slice(name.length).trim()} [options]`)
      .argument('[arguments...]')
      .action(async (_options: string[], _values: object, command: Command) => {
        const data = command.args.includes('--data') ? [] : ['--data', environment.data]
        exit(await runShown(PROGRAMS.cluster, [name, ...command.args, ...data]))
      })
  }
}

function flag(name: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [name, value]
}

function addSession(program: Command, { environment, print }: ProgramContext): void {
  const store = new SessionStore(environment.sessions)
  program
    .command('sign-in')
    .description('sign this terminal in with a one-time link')
    .argument('<link>', 'from stoa sign-in-link, or from the settings of the app')
    .action((link: string) => signIn(link, store, print))
  program
    .command('sign-out')
    .description("end this terminal's session")
    .option('--url <url>', 'address of the server', environment.url)
    .action(({ url }: { url: string }) => signOut(url, store, print))
}

function addImport(program: Command, { environment, print, exit }: ProgramContext): void {
  program
    .command('import')
    .description('upload every book in a folder and below; again adds only what is new')
    .argument('<folder>')
    .option('--url <url>', 'address of the server', environment.url)
    .action(async (folder: string, { url }: { url: string }) => {
      const client = connect(url, new SessionStore(environment.sessions))
      exit(await importFolder(folder, { client, origin: new URL(url).origin }, print))
    })
}
