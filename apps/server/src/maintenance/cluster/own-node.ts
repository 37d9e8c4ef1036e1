import { networkInterfaces } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { systemClock } from '@stoa/kernel'
import type { ClusterFolder } from '../../capabilities/cluster/index.ts'
import type { Config } from '../../config/config.ts'

const WAIT_MS = 8_000
const LOOK_MS = 100
const MOST = 16

export interface OwnNode {
  /** Multiaddrs, each with the peer id. */
  readonly addresses: readonly string[]
  /** Whether a running program of this installation said so; else they are what they will be when the ports are free. */
  readonly running: boolean
}

/** Where the node of this installation is reached: a running program takes the cluster up within two seconds. */
export async function ownNode(folder: ClusterFolder, config: Config, peer: string): Promise<OwnNode> {
  const until = systemClock.now() + WAIT_MS
  while (systemClock.now() < until) {
    const listening = await folder.listening()
    if (listening?.peer !== peer || !isAlive(listening.pid)) break
    if (listening.addresses.length > 0)
      return { addresses: listening.addresses.slice(0, MOST), running: true }
    await delay(LOOK_MS)
  }
  return { addresses: expected(config, peer), running: false }
}

/** A process that was killed leaves its file behind. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function expected({ peers }: Config, peer: string): readonly string[] {
  const everywhere = peers.host === '0.0.0.0' || peers.host === '::'
  const found = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  const hosts = everywhere
    ? found.filter(({ family }) => family === 'IPv4').map(({ address }) => address)
    : [peers.host]
  const own = hosts.flatMap((host) => {
    const at = `/${host.includes(':') ? 'ip6' : 'ip4'}/${host}`
    return [
      `${at}/tcp/${peers.port}`,
      `${at}/udp/${peers.port}/quic-v1`,
      `${at}/tcp/${peers.webSocketPort}/ws`,
    ]
  })
  return [...peers.announce, ...own]
    .slice(0, MOST)
    .map((one) => (one.includes('/p2p/') ? one : `${one}/p2p/${peer}`))
}
