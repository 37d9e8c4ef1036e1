import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Logger, silentLogger } from '@stoa/kernel'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { connectionConfig, withClient } from '../connection.ts'
import { locateBinaries } from './binaries.ts'
import { createEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresInit } from './embedded.ts'
import { canEnter } from './layout.ts'
import { isAlive } from './pid-file.ts'
import { stop as stopServer } from './postmaster.ts'

const FIXTURE = join(import.meta.dirname, 'program.fixture.ts')
/** `daemon`, which every system has: the server wants a user with a name. */
const PLAIN_USER = { uid: 1, gid: 1 }
const isRoot = process.getuid?.() === 0
const signal = () => new AbortController().signal

/** What the program said of its start. */
interface Said {
  pid: number
  ownerUrl: string
  code?: string
  message?: string
}

describe('the embedded server', () => {
  let folder: string
  let dataDir: string
  const servers: EmbeddedPostgres[] = []
  const programs: ChildProcess[] = []
  const postmasters: number[] = []

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stoa-epg-'))
    await chmod(folder, 0o755)
    dataDir = join(folder, 'data')
  })
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop()
    for (const program of programs.splice(0)) program.kill('SIGKILL')
    for (const pid of postmasters.splice(0)) await stopServer(pid)
    await rm(folder, { recursive: true, force: true })
  })

  function create(more: Partial<EmbeddedPostgresInit> = {}): EmbeddedPostgres {
    const server = createEmbeddedPostgres({ dataDir, log: silentLogger, tuning: { fsync: false }, ...more })
    servers.push(server)
    return server
  }

  /** Starts another program and waits for its first word. */
  async function runProgram(
    settings: object = {},
    user?: typeof PLAIN_USER,
  ): Promise<Said & { program: ChildProcess }> {
    const options = { ...user, stdio: ['ignore', 'pipe', 'inherit'] as ['ignore', 'pipe', 'inherit'] }
    const program = spawn(process.execPath, [FIXTURE, dataDir, JSON.stringify(settings)], options)
    programs.push(program)
    const [line] = await once(createInterface({ input: program.stdout }), 'line')
    const said: Said = JSON.parse(line)
    if (said.pid !== undefined) postmasters.push(said.pid)
    return { ...said, program }
  }

  async function kill(program: ChildProcess): Promise<void> {
    program.kill('SIGKILL')
    await once(program, 'exit')
  }

  const query = async (url: string, text: string) =>
    (await withClient(connectionConfig(url, 'test'), (client) => client.query(text))).rows

  test('starts, keeps what it was told over a stop, logs into the data folder, and leaves nothing running', async () => {
    const server = create()
    await server.start(signal())
    const { pid = 0 } = server
    await query(server.ownerUrl, 'create table public.t as select 42 as n')
    if (isRoot) expect((await stat(`/proc/${pid}`)).uid).toBe(65534)
    await server.stop()
    expect(isAlive(pid)).toBe(false)
    expect(await readFile(join(dataDir, 'postgres.log'), 'utf8')).toMatch(/database system is shut down/)
    await server.start(signal())
    expect(await query(server.ownerUrl, 'select n from public.t')).toEqual([{ n: 42 }])
  })

  test('may be stopped twice, and without having been started', async () => {
    const server = create()
    await server.stop()
    await server.start(signal())
    await server.stop()
    await server.stop()
  })

  test('is adopted after the program was killed, and its leftover sessions are ended', async () => {
    const { pid, ownerUrl, program } = await runProgram()
    await query(ownerUrl, 'create table public.t as select 1 as n')
    await kill(program)
    expect(isAlive(pid)).toBe(true)
    const leftover = withClient(connectionConfig(ownerUrl, 'leftover', { statementTimeout: 0 }), (client) =>
      client.query('select pg_sleep(600)'),
    )
    leftover.catch(() => {})
    const asleep = `select 1 from pg_stat_activity where query = 'select pg_sleep(600)'`
    await vi.waitFor(async () => expect(await query(ownerUrl, asleep)).toHaveLength(1), 20_000)
    const server = create({ tuning: { fsync: false, maxConnections: 40 } })
    await server.start(signal())
    expect(server.pid).toBe(pid)
    await expect(leftover).rejects.toThrow(/terminating connection|Connection terminated/)
    expect(await query(server.ownerUrl, 'select n from public.t')).toEqual([{ n: 1 }])
    await server.stop()
    expect(isAlive(pid)).toBe(false)
  })

  test('left behind with other settings is stopped and started anew', async () => {
    const { pid, program } = await runProgram({ maxConnections: 21 })
    await kill(program)
    const server = create()
    await server.start(signal())
    expect(server.pid).not.toBe(pid)
    expect(isAlive(pid)).toBe(false)
    expect(await query(server.ownerUrl, 'show max_connections')).toEqual([{ max_connections: '40' }])
  })

  test('comes back after it was killed, and an adopted one, too', async () => {
    const { program } = await runProgram()
    await kill(program)
    const server = create({ tuning: { fsync: false, maxConnections: 40 } })
    await server.start(signal())
    for (const round of [1, 2]) {
      const { pid = 0 } = server
      process.kill(pid, 'SIGKILL')
      await vi.waitFor(() => expect([undefined, pid]).not.toContain(server.pid), { timeout: 20_000 })
      expect(await query(server.ownerUrl, `select ${round} as n`)).toEqual([{ n: round }])
    }
  })

  test('never runs twice on one folder: of programs that start at once, one gets it and the others say why not', async () => {
    const all = await Promise.all([1, 2, 3, 4].map(() => runProgram()))
    const winners = all.filter(({ pid }) => pid !== undefined)
    expect(winners).toHaveLength(1)
    const refused = all.filter(({ code }) => code === 'database.already_running')
    expect(refused).toHaveLength(3)
    expect(refused[0]?.message).toContain(`process ${winners[0]?.program.pid}`)
    expect(await query(winners[0]?.ownerUrl ?? '', 'select 1 as n')).toEqual([{ n: 1 }])
  })

  test('a second one in the same program is refused as well, and does not disturb the first', async () => {
    const server = create()
    await server.start(signal())
    const second = create()
    await expect(second.start(signal())).rejects.toMatchObject({ code: 'database.already_running' })
    await second.stop()
    expect(await query(server.ownerUrl, 'select 1 as n')).toEqual([{ n: 1 }])
  })

  test('starts although its old number now belongs to a stranger, and after an interrupted first start', async () => {
    const server = create()
    await server.start(signal())
    await server.stop()
    const home = join(dataDir, 'postgres')
    await writeFile(
      join(home, 'db', 'postmaster.pid'),
      `${process.pid}\n${home}/db\n1\n5432\n${home}/run\n\n\nready\n`,
    )
    await server.start(signal())
    expect(await query(server.ownerUrl, 'select 1 as n')).toEqual([{ n: 1 }])

    dataDir = join(folder, 'other')
    const fresh = join(dataDir, 'postgres', 'db.new')
    await mkdir(fresh, { recursive: true, mode: 0o700 })
    await writeFile(join(fresh, 'half'), 'written')
    if (isRoot) await chown(join(dataDir, 'postgres'), 65534, 65534)
    await chmod(join(dataDir, 'postgres'), 0o700)
    const second = create({ dataDir })
    await second.start(signal())
    expect(await query(second.ownerUrl, 'select 1 as n')).toEqual([{ n: 1 }])
  })

  test('a data folder with a long path gets its socket elsewhere', async () => {
    dataDir = join(folder, 'long'.repeat(20), 'long'.repeat(20))
    const server = create()
    await server.start(signal())
    expect(decodeURIComponent(server.ownerUrl)).not.toContain('longlong')
    expect(await query(server.ownerUrl, 'select 1 as n')).toEqual([{ n: 1 }])
  })

  test('a cluster of another major version is refused and left alone', async () => {
    const server = create()
    await server.start(signal())
    await server.stop()
    const version = join(dataDir, 'postgres', 'db', 'PG_VERSION')
    await writeFile(version, '17\n')
    await expect(create().start(signal())).rejects.toMatchObject({ code: 'database.version_unsupported' })
    expect(await readFile(version, 'utf8')).toBe('17\n')
  })

  describe.skipIf(!isRoot)('as root', () => {
    test('under a folder that the server cannot enter, lives elsewhere and stays there', async () => {
      await chmod(folder, 0o700)
      const system = await mkdtemp(join(tmpdir(), 'stoa-sys-'))
      await chmod(system, 0o755)
      try {
        const { directory, version } = await locateBinaries()
        const binaries = { version, directory: join(folder, 'native') }
        await cp(directory, binaries.directory, { recursive: true, verbatimSymlinks: true })
        const lines: object[] = []
        const log: Logger = { ...silentLogger, info: (fields) => lines.push(fields) }
        const server = create({ binaries, log, machine: { system } })
        await server.start(signal())
        await query(server.ownerUrl, 'create table public.t as select 7 as n')
        expect(lines).toContainEqual(expect.objectContaining({ action: 'postgres_programs_copied' }))
        expect(lines).toContainEqual(
          expect.objectContaining({ action: 'postgres_ready', home: expect.stringContaining(system) }),
        )
        await server.stop()
        expect(await readFile(join(dataDir, 'postgres.log'), 'utf8')).toMatch(/ready to accept/)
        await chmod(folder, 0o755)
        const again = create({ machine: { system } })
        await again.start(signal())
        expect(await query(again.ownerUrl, 'select n from public.t')).toEqual([{ n: 7 }])
        await again.stop()
      } finally {
        await rm(system, { recursive: true, force: true })
      }
    })

    test('a plain user starts it, too, and root who comes later keeps it theirs', async (context) => {
      const reachable =
        (await canEnter(import.meta.dirname, PLAIN_USER)) &&
        (await canEnter(dirname(process.execPath), PLAIN_USER))
      if (!reachable) return context.skip('the program lies in a folder that a plain user cannot enter')
      await mkdir(dataDir)
      await chown(dataDir, PLAIN_USER.uid, PLAIN_USER.gid)
      const { pid, ownerUrl, program } = await runProgram({}, PLAIN_USER)
      expect((await stat(`/proc/${pid}`)).uid).toBe(PLAIN_USER.uid)
      await query(ownerUrl, 'create table public.t as select 5 as n')
      program.kill('SIGTERM')
      await once(program, 'exit')
      expect(isAlive(pid)).toBe(false)
      const server = create()
      await server.start(signal())
      expect((await stat(`/proc/${server.pid}`)).uid).toBe(PLAIN_USER.uid)
      expect(await query(server.ownerUrl, 'select n from public.t')).toEqual([{ n: 5 }])
    })

    test('a plain user who may not use the folder is told so', async (context) => {
      if (!(await canEnter(import.meta.dirname, PLAIN_USER)))
        return context.skip('the program lies in a folder of root')
      await create().start(signal())
      await servers[0]?.stop()
      const said = await runProgram({}, PLAIN_USER)
      expect(said).toMatchObject({ code: 'database.folder_denied' })
      expect(said.message).toContain(dataDir)
    })

    test('a user without a name is told what is missing', async (context) => {
      if (!(await canEnter(import.meta.dirname, PLAIN_USER)))
        return context.skip('the program lies in a folder of root')
      await mkdir(dataDir)
      await chown(dataDir, 54321, 54321)
      const said = await runProgram({}, { uid: 54321, gid: 54321 })
      expect(said).toMatchObject({ code: 'database.embedded_failed' })
      expect(said.message).toMatch(/54321 has no name .*passwd/)
    })

    test('a full disk is said plainly, and nothing is lost', async (context) => {
      await mkdir(dataDir)
      const mount = (options: string) =>
        execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', dataDir], { stdio: 'ignore' })
      try {
        mount('size=16m,mode=755')
      } catch {
        return context.skip('this machine does not let us mount a small disk')
      }
      try {
        const first = await create()
          .start(signal())
          .catch((error: unknown) => error)
        expect(first).toMatchObject({ code: 'database.disk_full' })
        expect(String(first)).toContain(join(dataDir, 'postgres.log'))
        for (const each of servers.splice(0)) await each.stop()

        mount('remount,size=120m')
        const server = create()
        await server.start(signal())
        await query(server.ownerUrl, 'create table public.t as select 9 as n')
        const fill = `insert into public.t select n from generate_series(1, 4000000) as n`
        await expect(query(server.ownerUrl, fill)).rejects.toMatchObject({ code: '53100' })
        mount('remount,size=400m')
        await vi.waitFor(
          async () => expect(await query(server.ownerUrl, 'table public.t')).toEqual([{ n: 9 }]),
          20_000,
        )
      } finally {
        for (const each of servers.splice(0)) await each.stop()
        execFileSync('/bin/umount', [dataDir])
      }
    })
  })
})
