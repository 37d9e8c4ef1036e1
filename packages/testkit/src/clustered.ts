import type { Config } from '@stoa/server/config/config.ts'
import { init, join } from '@stoa/server/maintenance/cluster/commands.ts'
import type { TestProgram } from './program.ts'

/** Listens to other nodes on this machine alone, at free ports, and finds nobody by itself: `startProgram({ config: onLoopback })`. */
export const onLoopback = (config: Config): Config => ({
  ...config,
  peers: {
    ...{ ...config.peers, host: '127.0.0.1', port: 0, webSocketPort: 0, mdns: false },
    // Nobody answers there: names that cannot be looked up hold up nothing.
    nameServers: ['127.0.0.1:9'],
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
