import { type ChildProcess, execFile, type SpawnOptions, spawn, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Network settings a fair comparison of transports needs. */
const SYSCTLS = [
  // Neighbour discovery would be noise in the counts.
  'net.ipv6.conf.all.disable_ipv6=1',
  // Each run starts without what the last one learnt.
  'net.ipv4.tcp_no_metrics_save=1',
  // 100 Mbit/s over 200 ms must not be limited by windows.
  'net.ipv4.tcp_wmem=4096 65536 16777216',
  'net.ipv4.tcp_rmem=4096 131072 16777216',
]

export const DEVICE = 'link0'

/** One end of a link: a network namespace in which programs run. */
export class Namespace {
  readonly name: string
  readonly address: string

  constructor(name: string, address: string) {
    this.name = name
    this.address = address
  }

  /** Starts a program inside; its process id is the returned child's. */
  spawn(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
    return spawn('ip', ['netns', 'exec', this.name, command, ...args], options)
  }

  /** Runs a program inside to its end; returns what it printed. */
  async exec(command: string, args: readonly string[]): Promise<string> {
    const { stdout } = await run('ip', ['netns', 'exec', this.name, command, ...args], { maxBuffer: 1 << 24 })
    return stdout
  }

  /** A further address, as after a change of network. */
  async addAddress(address: string): Promise<void> {
    await run('ip', ['-n', this.name, 'address', 'add', `${address}/24`, 'dev', DEVICE])
  }

  async removeAddress(address: string): Promise<void> {
    await run('ip', ['-n', this.name, 'address', 'del', `${address}/24`, 'dev', DEVICE])
  }

  /**
   * TCP's congestion control for what is sent to `destination`, by default to anybody over the link. Set on the route: the
   * system-wide setting refuses algorithms not allowed in the first namespace. Verify with {@link congestionControl} while a
   * connection is open.
   */
  async setCongestionControl(algorithm: 'cubic' | 'bbr' | 'reno', destination?: string): Promise<void> {
    const target = destination ? `${destination}/32` : this.address.replace(/\d+$/, '0/24')
    const route = ['route', 'replace', target, 'dev', DEVICE, 'src', this.address, 'congctl', algorithm]
    await run('ip', ['-n', this.name, ...route])
  }

  /** Congestion controls of the TCP connections open now, as the kernel tells them. */
  async congestionControl(): Promise<string[]> {
    const text = await this.exec('ss', ['-tiHn'])
    return [...text.matchAll(/\b(cubic|bbr|reno)\b/g)].map(([name]) => name)
  }

  async create(): Promise<void> {
    await run('ip', ['netns', 'add', this.name])
  }

  async configure(): Promise<void> {
    for (const setting of SYSCTLS) await this.exec('sysctl', ['-qw', setting])
    await run('ip', ['-n', this.name, 'link', 'set', 'lo', 'up'])
    await run('ip', ['-n', this.name, 'address', 'add', `${this.address}/24`, 'dev', DEVICE])
    await run('ip', ['-n', this.name, 'link', 'set', DEVICE, 'up'])
  }

  /** Ends what still runs inside, and the namespace. */
  async delete(): Promise<void> {
    endAll((await run('ip', ['netns', 'pids', this.name])).stdout)
    await run('ip', ['netns', 'del', this.name])
  }

  /** The same for a process that is exiting. */
  deleteNow(): void {
    endAll(spawnSync('ip', ['netns', 'pids', this.name]).stdout.toString())
    spawnSync('ip', ['netns', 'del', this.name])
  }
}

function endAll(pids: string): void {
  for (const pid of pids.split('\n').filter(Boolean)) endProcess(Number(pid))
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended in the meantime.
  }
}
