import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Config } from '@stoa/server/config/config.ts'
import { init, join } from '@stoa/server/maintenance/cluster/commands.ts'
import type { Namespace } from './netlab/namespaces/namespace.ts'
import type { TestProgram } from './program.ts'
import { until } from './until.ts'

const TOOL = fileURLToPath(new URL('../../../apps/server/src/cluster.ts', import.meta.url))
const run = promisify(execFile)
/** Nobody answers there: names that cannot be looked up hold up nothing. */
const NO_NAME_SERVER = '127.0.0.1:9'
const JOINED_WITHIN_MS = 120_000

/** {@link onLoopback} for a process of its own. */
export const loopbackEnvironment = {
  STOA_P2P_HOST: '127.0.0.1',
  STOA_P2P_PORT: '0',
  STOA_P2P_WEBSOCKET_PORT: '0',
  STOA_P2P_MDNS: 'false',
  STOA_P2P_NAME_SERVERS: NO_NAME_SERVER,
} as const

/** Listens to other nodes on this machine alone, at free ports, and finds nobody by itself: `startProgram({ config: onLoopback })`. */
export const onLoopback = (config: Config): Config => ({
  ...config,
  peers: {
    ...{ ...config.peers, host: '127.0.0.1', port: 0, webSocketPort: 0, mdns: false },
    nameServers: [NO_NAME_SERVER],
  },
})

/** Makes running programs nodes of one cluster, as its operator does on a terminal. The first founds it; each has a name. */
export async function clusterOf(nodes: ReadonlyMap<string, TestProgram>): Promise<void> {
  let bundle: string | undefined
  for (const [nodeName, { program }] of nodes) {
    const { config } = program.platform
    const options = { nodeName, addresses: [] }
    if (bundle === undefined)
      bundle = (await init(config, { ...options, name: 'home', domain: undefined, days: 365 })).bundle
    else await join(config, { ...options, text: bundle })
  }
}

/** What `stoa cluster …` prints, run on a terminal by whoever owns the data folder. @throws with its message on standard error */
export const clusterTool = (dataDir: string, ...args: readonly string[]): Promise<string> =>
  terminal(process.execPath, [TOOL, ...args, '--data', dataDir])

/** The same on a terminal of another machine. */
export const clusterToolIn = ({ name }: Namespace, dataDir: string, ...args: readonly string[]) =>
  terminal('ip', ['netns', 'exec', name, process.execPath, TOOL, ...args, '--data', dataDir])

/**
 * What a terminal prints that joins. On a machine that is busy otherwise a node may answer later than a terminal waits: whoever
 * joins tries again.
 */
export const joined = (join: () => Promise<string>): Promise<string> =>
  until(
    'a node lets it in',
    async () => {
      try {
        return await join()
      } catch (error) {
        if (String(error).includes('(cluster.unreachable)')) return undefined
        throw error
      }
    },
    JOINED_WITHIN_MS,
  )

async function terminal(command: string, args: readonly string[]): Promise<string> {
  const { PATH = '' } = process.env
  const env = { PATH, ...loopbackEnvironment, STOA_LOG_LEVEL: 'debug' }
  return (await run(command, args, { env, timeout: 60_000 })).stdout
}

/** The admin's bundle, as `stoa cluster init` and `rotate-admin` print it. */
export const bundleIn = (printed: string): string => /p2pos-admin:\/\/\S+/.exec(printed)?.[0] ?? ''
