import { PeerError } from './errors.ts'
import type {
  PeerChange,
  PeerConnection,
  PeerHandler,
  PeerId,
  PeerNetwork,
  ProtocolLimits,
  RequestOptions,
} from './peers.ts'

interface Handling {
  readonly protocol: string
  readonly handler: PeerHandler
  readonly limits: ProtocolLimits
  stop: () => void
}

/**
 * A network that is there from the beginning, whether or not the node runs: handlers and listeners stay when it is switched
 * on, off and on again. While it is off nobody is connected and requests are `peers.unreachable`.
 */
export class SwitchedNetwork implements PeerNetwork {
  readonly #self: () => PeerId
  readonly #handlings = new Set<Handling>()
  readonly #listeners = new Set<(change: PeerChange) => void>()
  #network: PeerNetwork | undefined
  #stopListening = () => {}

  constructor(self: () => PeerId) {
    this.#self = self
  }

  get self(): PeerId {
    return this.#self()
  }

  /** Switches to this network; who is connected there already is told as new. */
  switchOn(network: PeerNetwork): void {
    this.#network = network
    for (const handling of this.#handlings) this.#attach(handling, network)
    this.#stopListening = network.onChange((change) => this.#tell(change))
    for (const connection of network.connected()) this.#tell({ kind: 'connected', connection })
  }

  switchOff(): void {
    const before = this.#network
    this.#network = undefined
    this.#stopListening()
    for (const handling of this.#handlings) handling.stop()
    for (const { peer } of before?.connected() ?? []) this.#tell({ kind: 'disconnected', peer })
  }

  connected(): readonly PeerConnection[] {
    return this.#network?.connected() ?? []
  }

  onChange(listener: (change: PeerChange) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  handle(protocol: string, handler: PeerHandler, limits: ProtocolLimits): () => void {
    for (const known of this.#handlings)
      if (known.protocol === protocol) throw new Error(`${protocol} has a handler already.`)
    const handling: Handling = { protocol, handler, limits, stop: () => {} }
    this.#handlings.add(handling)
    if (this.#network) this.#attach(handling, this.#network)
    return () => {
      this.#handlings.delete(handling)
      handling.stop()
    }
  }

  async request(
    peer: PeerId,
    protocol: string,
    body: Uint8Array,
    options?: RequestOptions,
  ): Promise<Uint8Array> {
    if (!this.#network) throw new PeerError('peers.unreachable', 'This node is in no cluster.')
    return await this.#network.request(peer, protocol, body, options)
  }

  #attach(handling: Handling, network: PeerNetwork): void {
    handling.stop = network.handle(handling.protocol, handling.handler, handling.limits)
  }

  #tell(change: PeerChange): void {
    for (const listener of [...this.#listeners]) listener(change)
  }
}
