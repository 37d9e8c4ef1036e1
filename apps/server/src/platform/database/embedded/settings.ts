/** How durable: tests may trade it for speed, the program never does. */
export interface EmbeddedTuning {
  readonly fsync: boolean
  readonly maxConnections: number
}

export const DEFAULT_TUNING: EmbeddedTuning = { fsync: true, maxConnections: 40 }

/** Settings of the server, given on its command line so that a new version of the program brings its own. */
export function serverArguments(cluster: string, socket: string, tuning: EmbeddedTuning): string[] {
  const settings: Readonly<Record<string, string>> = {
    listen_addresses: '',
    port: '5432',
    unix_socket_directories: socket,
    unix_socket_permissions: '0700',
    cluster_name: 'stoa',
    max_connections: String(tuning.maxConnections),
    shared_buffers: '128MB',
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    // An import touches pages all over the search index; after each checkpoint the first touch of a page writes it whole.
    max_wal_size: '2GB',
    huge_pages: 'off',
    jit: 'off',
    // Worker processes for reading ahead pay on servers with many disks, not on a laptop's memory.
    io_method: 'sync',
    random_page_cost: '1.1',
    max_parallel_workers_per_gather: '1',
    autovacuum_max_workers: '2',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %q%u@%d ',
    log_checkpoints: 'off',
    log_min_duration_statement: '2000',
    ...(tuning.fsync ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  return ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}
