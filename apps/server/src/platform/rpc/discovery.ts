import { lookup } from 'node:dns/promises'
import type { Logger, Service } from '@stoa/kernel'

/** Where the processes of a service are, `host:port` each; may change at any time, may be nobody. */
export interface Discovery extends Service {
  places(): readonly string[]
}

export interface DiscoveryInit {
  /** `host:port`, several separated by commas, `dns:name:port` for every address behind a name, or `cluster`. */
  readonly target: string
  readonly log: Logger
  /** Addresses behind a name. */
  readonly resolve?: (name: string) => Promise<readonly string[]>
  /** For `cluster`: what its nodes that are online say they offer. */
  readonly offered?: () => readonly string[]
  /** How often a name is asked again; milliseconds. */
  readonly everyMs?: number
}

const EVERY_MS = 5_000

export function discover(init: DiscoveryInit): Discovery {
  const [, name, port] = /^dns:([^:]+):(\d+)$/.exec(init.target) ?? []
  if (name !== undefined && port !== undefined) return new DnsDiscovery(init, name, port)
  const places = init.target.split(',').map((place) => place.trim())
  const standing = { start: async () => {}, stop: async () => {} }
  if (init.target === 'cluster')
    return { name: 'cluster discovery', places: init.offered ?? (() => []), ...standing }
  return { name: 'static discovery', places: () => places, ...standing }
}

/** Asks the resolver again and again; while it fails, what it said last is believed. */
class DnsDiscovery implements Discovery {
  readonly name = 'dns discovery'
  readonly #init: DiscoveryInit
  readonly #host: string
  readonly #port: string
  #places: readonly string[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(init: DiscoveryInit, host: string, port: string) {
    this.#init = init
    this.#host = host
    this.#port = port
  }

  places(): readonly string[] {
    return this.#places
  }

  async start(): Promise<void> {
    await this.#ask()
    this.#timer = setInterval(() => void this.#ask(), this.#init.everyMs ?? EVERY_MS)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
  }

  async #ask(): Promise<void> {
    try {
      const addresses = await (this.#init.resolve ?? addressesOf)(this.#host)
      this.#places = addresses.map((each) => `${each.includes(':') ? `[${each}]` : each}:${this.#port}`)
    } catch (error) {
      this.#init.log.warn({ action: 'discovery_failed', host: this.#host, err: error })
    }
  }
}

const addressesOf = async (name: string): Promise<readonly string[]> =>
  (await lookup(name, { all: true })).map(({ address }) => address)
