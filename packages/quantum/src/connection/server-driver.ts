import { protectionFrom } from '../crypto/protection.ts'
import { QuantumError } from '../errors.ts'
import { type ClientProof, MessageType } from '../handshake/messages.ts'
import { ServerHandshake, type ServerHandshakeResult } from '../handshake/server.ts'
import { INITIAL_SPACE } from '../recovery/types.ts'
import { FrameType } from '../wire/constants.ts'
import { bytesFrame, numbersFrame } from './control-frames.ts'
import type { Core } from './core.ts'
import { KeyRing } from './keys.ts'
import type { ServerOptions } from './options.ts'

/** The server's way through the handshake: the client's hello, our proof, the client's proof, and whether it is welcome. */
export class ServerDriver {
  readonly #core: Core
  readonly #options: ServerOptions
  readonly #handshake: ServerHandshake
  #result: ServerHandshakeResult | undefined
  #resumptionSecret: Uint8Array | undefined

  constructor(core: Core, options: ServerOptions, ids: { original: Uint8Array; client: Uint8Array }) {
    this.#core = core
    this.#options = options
    this.#handshake = new ServerHandshake({
      ...options,
      originalDestination: ids.original,
      clientId: ids.client,
      serverId: core.localId,
    })
  }

  get agreed(): ServerHandshakeResult | undefined {
    return this.#result
  }

  onHello(message: Uint8Array, body: Uint8Array, now: number): ServerHandshakeResult {
    const core = this.#core
    if (this.#result) throw new QuantumError('quantum.protocol_violation', 'A client says hello once.')
    const result = this.#handshake.onClientHello(message, body, now)
    this.#result = result
    const { client, server } = result.secrets
    const secrets = { send: server, receive: client }
    core.keys = new KeyRing(this.#options.crypto, result.suite, secrets, this.#options.keyUpdateAfter)
    if (result.earlySecret)
      core.early = protectionFrom(this.#options.crypto, result.suite, result.earlySecret)
    core.setPeer(result.parameters)
    core.cryptoStreams[INITIAL_SPACE].send(result.hello)
    return result
  }

  onFinish(type: number, message: Uint8Array, body: Uint8Array): ClientProof {
    if (type !== MessageType.clientFinish || this.#resumptionSecret)
      throw new QuantumError('quantum.protocol_violation', 'A handshake message came that is not due.')
    const { proof, resumptionSecret } = this.#handshake.onClientFinish(message, body)
    this.#resumptionSecret = resumptionSecret
    return proof
  }

  /** The client is welcome: tell it, and give it what makes the next time shorter. */
  welcome(principal: Uint8Array, addressToken: Uint8Array | undefined, now: number): void {
    const core = this.#core
    const { tickets, parameters } = this.#options
    core.control.add(numbersFrame(FrameType.handshakeDone, []))
    core.early = undefined
    if (tickets && this.#resumptionSecret && this.#result) {
      const state = { secret: this.#resumptionSecret, suite: this.#result.suite, principal, parameters }
      core.control.add(
        bytesFrame(FrameType.ticket, tickets.issue(state, now), Math.floor(tickets.lifetime / 1000)),
      )
    }
    if (addressToken) core.control.add(bytesFrame(FrameType.addressToken, addressToken))
    core.onConfirmed()
  }
}
