import { once } from 'node:events'
import { mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@stoa/kernel'
import pg from 'pg'
import { DatabaseError, errorFields } from '../errors.ts'
import { APP_ROLE, type PostgresServer, socketUrl } from '../server.ts'
import { copyBinaries, locateBinaries, type PostgresBinaries } from './binaries.ts'
import { type FolderLock, lockFolder } from './folder-lock.ts'
import { ensureCluster, OWNER, startFailure } from './initdb.ts'
import { canEnter, type Layout, type Machine, prepareLayout } from './layout.ts'
import { LogFile } from './log-file.ts'
import { adopt, launch, type Postmaster, type PostmasterOptions, stop } from './postmaster.ts'
import { DEFAULT_TUNING, type EmbeddedTuning, serverArguments } from './settings.ts'

export interface EmbeddedPostgresInit {
  /** Folder of the program's data; the server takes `postgres/` and `postgres.log` in it. */
  readonly dataDir: string
  readonly log: Logger
  readonly database?: string
  readonly tuning?: Partial<EmbeddedTuning>
  readonly machine?: Partial<Machine>
  /** The server's programs; found by themselves when absent. */
  readonly binaries?: PostgresBinaries
}

const LOG_CHECK_MS = 60_000
const RESTART_DELAYS_MS = [0, 200, 500, 1000, 2000, 5000]

export function createEmbeddedPostgres(init: EmbeddedPostgresInit): EmbeddedPostgres {
  return new EmbeddedPostgres(init)
}

/**
 * The real PostgreSQL, started and kept alive by this program.
 * 1. The folder lock is held from before the first look at the cluster until after the server has stopped, so there are
 *    never two programs on one folder; PostgreSQL's own lock file sees to it that there are never two servers.
 * 2. A server left behind by a killed program is adopted; its leftover sessions are ended.
 * 3. A server that dies while the program lives is started again until `stop` is called.
 */
export class EmbeddedPostgres implements PostgresServer {
  readonly name = 'postgres'
  readonly #init: EmbeddedPostgresInit
  readonly #log: Logger
  readonly #database: string
  #layout: Layout | undefined
  #lock: FolderLock | undefined
  #server: Postmaster | undefined
  #stopping = new AbortController()
  #keeper: Promise<void> | undefined
  #rotation: NodeJS.Timeout | undefined

  constructor(init: EmbeddedPostgresInit) {
    this.#init = init
    this.#log = init.log
    this.#database = init.database ?? 'stoa'
  }

  get ownerUrl(): string {
    return socketUrl(this.#started.socket, OWNER, this.#database)
  }

  get appUrl(): string {
    return socketUrl(this.#started.socket, APP_ROLE, this.#database)
  }

  /** Process id of the running server; changes when it had to be started again. */
  get pid(): number | undefined {
    return this.#server?.pid
  }

  get #started(): Layout {
    if (this.#layout === undefined)
      throw new DatabaseError('database.not_started', 'The database has not been started.')
    return this.#layout
  }

  async start(signal: AbortSignal): Promise<void> {
    const machine = machineOf(this.#init.machine)
    const layout = await prepareLayout(this.#init.dataDir, machine)
    this.#layout = layout
    this.#lock = await lockFolder(layout.lock)
    this.#stopping = new AbortController()
    const tuning = { ...DEFAULT_TUNING, ...this.#init.tuning }
    const binaries = await this.#usableBinaries(layout, machine)
    const log = new LogFile(layout.log)
    await log.rotate()
    const created = await ensureCluster(layout, binaries, tuning.fsync)
    const settings = serverArguments(layout.cluster, layout.socket, tuning)
    const options = { layout, binaries, log, arguments: settings }
    this.#server = (await adopt(options)) ?? (await launch(options, signal))
    await this.#openDatabase(this.#server.adopted)
    this.#keeper = this.#keepAlive(options, this.#server)
    this.#rotation = setInterval(() => void log.rotate().catch(() => {}), LOG_CHECK_MS).unref()
    const { pid, adopted } = this.#server
    const { home, user } = layout
    this.#log.info({ action: 'postgres_ready', pid, adopted, created, home, uid: user?.uid })
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    clearInterval(this.#rotation)
    if (this.#server !== undefined) await stop(this.#server.pid)
    await this.#keeper
    await this.#removeRuntimeFolder()
    this.#server = undefined
    this.#keeper = undefined
    this.#lock?.release()
    this.#lock = undefined
  }

  /** The socket's folder, where it had to be outside of the data folder. */
  async #removeRuntimeFolder(): Promise<void> {
    const layout = this.#layout
    if (layout === undefined || this.#lock === undefined || layout.socket.startsWith(layout.home)) return
    await rm(layout.socket, { recursive: true, force: true })
  }

  async #usableBinaries(layout: Layout, machine: Machine): Promise<PostgresBinaries> {
    const binaries = this.#init.binaries ?? (await locateBinaries())
    if (layout.user === undefined || (await canEnter(binaries.directory, layout.user))) return binaries
    const place = join(machine.system, `postgres-${binaries.version}`)
    await mkdir(machine.system, { recursive: true, mode: 0o755 })
    this.#log.info({
      action: 'postgres_programs_copied',
      from: binaries.directory,
      to: place,
      uid: layout.user.uid,
    })
    return copyBinaries(binaries, place)
  }

  /** Creates the database at the first start, and ends sessions that outlived the program which opened them. */
  async #openDatabase(adopted: boolean): Promise<void> {
    const client = new pg.Client({ connectionString: socketUrl(this.#started.socket, OWNER, 'postgres') })
    await client.connect()
    try {
      if (adopted)
        await client.query(`select pg_terminate_backend(pid, 5000) from pg_stat_activity
                            where backend_type = 'client backend' and pid <> pg_backend_pid()`)
      const found = await client.query('select 1 from pg_database where datname = $1', [this.#database])
      if (found.rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(this.#database)}`)
    } catch (cause) {
      throw startFailure(cause instanceof Error ? cause.message : String(cause), this.#started.log, cause)
    } finally {
      await client.end()
    }
  }

  async #keepAlive(options: PostmasterOptions, first: Postmaster): Promise<void> {
    const { signal } = this.#stopping
    const stopped = once(signal, 'abort')
    for (let server = first; ; ) {
      await Promise.race([server.gone, stopped])
      if (signal.aborted) return
      this.#server = undefined
      this.#log.error({ action: 'postgres_died', pid: server.pid, log: options.log.path })
      const next = await this.#restart(options)
      if (next === undefined) return
      if (signal.aborted) return stop(next.pid)
      server = next
      this.#server = next
      this.#log.warn({ action: 'postgres_restarted', pid: next.pid })
    }
  }

  async #restart(options: PostmasterOptions): Promise<Postmaster | undefined> {
    const { signal } = this.#stopping
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        await delay(RESTART_DELAYS_MS[attempt] ?? 5000, undefined, { signal })
        return await launch(options, signal)
      } catch (error) {
        if (!signal.aborted)
          this.#log.error({ action: 'postgres_restart_failed', attempt, ...errorFields(error) })
      }
    }
    return undefined
  }
}

function machineOf(given: Partial<Machine> | undefined): Machine {
  return { uid: process.getuid?.() ?? -1, temporary: tmpdir(), system: '/var/lib/stoa', ...given }
}
