import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type TestDatabase, testDatabase } from '@stoa/testkit/database'
import { until } from '@stoa/testkit/until'
import { afterAll, beforeAll, expect, test } from 'vitest'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))

let db: TestDatabase
let dataDir: string
/** Each run starts on what the one before compiled. */
let compiled: string
beforeAll(async () => {
  db = await testDatabase()
  dataDir = await mkdtemp(join(tmpdir(), 'stoa-main-'))
  compiled = join(dataDir, 'compiled')
})
afterAll(async () => {
  await db.close()
  await rm(dataDir, { recursive: true, force: true })
})

interface Run {
  readonly child: ChildProcess
  output(): string
  readonly exit: Promise<number | NodeJS.Signals | null>
}

function run(args: readonly string[], environment: Record<string, string> = {}): Run {
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH, CI: 'true', NODE_COMPILE_CACHE: compiled, ...environment },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)))
  const exit = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.on('close', (code, signal) => resolve(code ?? signal)),
  )
  return { child, output: () => output, exit }
}

function start(): Run {
  return run(['--data', dataDir, '--port', '0', '--no-open'], {
    DATABASE_URL: db.ownerUrl,
    DATABASE_APP_URL: db.appUrl,
  })
}

const linkOf = (program: Run) =>
  until('the program says where it is', () => /^Stoa is ready: (\S+)$/m.exec(program.output())?.[1])

test('--help and --version answer and end', async () => {
  const help = run(['--help'])
  expect(await help.exit).toBe(0)
  expect(help.output()).toContain('--data <folder>')
  expect(help.output()).toContain('STOA_OIDC_<ID>_…')
  const version = run(['--version'])
  expect(await version.exit).toBe(0)
  expect(version.output()).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('a setting that makes no sense ends it with a clear message', async () => {
  const program = run(['--port', 'eighty'], { STOA_PUBLIC_URL: 'read.example' })
  expect(await program.exit).toBe(1)
  expect(program.output()).toContain('STOA_PORT must be a whole number')
  expect(program.output()).toContain('STOA_PUBLIC_URL must be an address such as')
  expect(program.output()).not.toContain('    at ')
})

test('--show-config shows everything but the secrets', async () => {
  const program = run(['--show-config', '--data', dataDir], { REDIS_URL: 'redis://:hunter2@cache' })
  expect(await program.exit).toBe(0)
  expect(JSON.parse(program.output())).toMatchObject({ dataDir, cache: { kind: 'redis' } })
  expect(program.output()).not.toContain('hunter2')
})

test('it prints one link with the set-up token, answers, and stops cleanly when told to', async () => {
  const program = start()
  const link = await linkOf(program)
  expect(link).toMatch(/^http:\/\/localhost:\d+\/setup#token=[\w-]{20,}$/)
  expect((await fetch(new URL('/readyz', link))).status).toBe(200)
  program.child.kill('SIGTERM')
  expect(await program.exit).toBe(0)
  expect(program.output()).toContain('action=stopped')
})

test('told to stop while it is still starting, it stops without an error', async () => {
  const program = start()
  await until('it has begun', () => program.output().includes('action='))
  program.child.kill('SIGINT')
  expect(await program.exit).toBe(0)
  expect(program.output()).not.toContain('stoa: ')
})

test('a database that does not answer is named', async () => {
  const program = run(['--data', dataDir, '--no-open'], {
    DATABASE_URL: 'postgres://nobody:hunter2@127.0.0.1:1/x',
  })
  expect(await program.exit).toBe(1)
  expect(program.output()).toContain('The PostgreSQL at 127.0.0.1:1 does not let us in')
  expect(program.output()).not.toContain('hunter2')
})
