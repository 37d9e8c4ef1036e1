import { FETCH_PROTOCOL } from '@stoa/server/capabilities/boards/plane/wire.ts'
import { MemoryNetwork } from '@stoa/server/platform/peers/memory-network.ts'
import type { PeerHost } from '@stoa/server/platform/peers/peers.ts'
import { systemScheduler } from '@stoa/server/platform/peers/scheduler.ts'
import type { Overrides } from '@stoa/server/program/program.ts'

/** All are. */
const members = { isMember: () => true, onMembershipChange: () => () => {} }

/**
 * Nodes of one operator in this process, between which boards travel over a network in memory: `startProgram({ overrides:
 * network.node('desk') })`, then `network.connect()`.
 */
export class BoardNetwork {
  readonly #network = new MemoryNetwork({ scheduler: systemScheduler, latencyMs: [0, 2], detectMs: [10, 50] })
  readonly #hosts: PeerHost[] = []
  #held: PromiseWithResolvers<void> | undefined

  /** What makes a program a node of it. */
  node(name: string): Overrides {
    const host = this.#network.node(name)
    const handle = host.handle.bind(host)
    host.handle = (protocol, handler, limits) => {
      if (protocol !== FETCH_PROTOCOL) return handle(protocol, handler, limits)
      const late: typeof handler = async (request) => {
        await this.#held?.promise
        return handler(request)
      }
      return handle(protocol, late, limits)
    }
    this.#hosts.push(host)
    return { house: { boardNetwork: { network: host, members } } }
  }

  /** Everybody meets everybody; also after {@link part}. */
  async connect(): Promise<void> {
    this.#network.heal()
    for (const [at, host] of this.#hosts.entries())
      for (const { self } of this.#hosts.slice(at + 1)) await host.dial([`/memory/${self}/p2p/${self}`])
  }

  /** Cuts one node off from the others, who notice a moment later. */
  part(name: string): void {
    this.#network.partition([name])
  }

  /** Whoever is asked for content answers late: when {@link release} is called. */
  hold(): void {
    this.#held ??= Promise.withResolvers()
  }

  release(): void {
    this.#held?.resolve()
    this.#held = undefined
  }
}
