import { initialKeys, protectionFrom } from '../crypto/protection.ts'
import type { Aead } from '../crypto/suite.ts'
import { QuantumError } from '../errors.ts'
import { ClientHandshake, type ClientHandshakeResult, type Resumption } from '../handshake/client.ts'
import { MAX_HANDSHAKE_MESSAGE, MessageType } from '../handshake/messages.ts'
import { INITIAL_SPACE } from '../recovery/types.ts'
import type { PublicHeader } from '../wire/header.ts'
import type { Core } from './core.ts'
import { KeyRing } from './keys.ts'
import type { ClientOptions } from './options.ts'

/** The client's way through the handshake: hello, perhaps Retry, the server's proof, our finish. */
export class ClientDriver {
  readonly #core: Core
  readonly #options: ClientOptions
  readonly #handshake: ClientHandshake
  readonly #initialId: Uint8Array
  #retried = false
  #result: ClientHandshakeResult | undefined

  constructor(core: Core, options: ClientOptions, initialId: Uint8Array) {
    this.#core = core
    this.#options = options
    this.#initialId = initialId
    this.#handshake = new ClientHandshake({
      ...options,
      originalDestination: initialId,
      clientId: core.localId,
      earlyData: options.resumption !== undefined,
    })
    core.addressToken = options.addressToken
    core.cryptoStreams[INITIAL_SPACE].send(this.#handshake.hello)
    const { resumption } = options
    if (resumption && this.#handshake.earlySecret) {
      core.early = protectionFrom(options.crypto, resumption.suite, this.#handshake.earlySecret)
      core.setPeer(resumption.parameters)
    }
  }

  /** The server wants proof of our address first: say hello again with its token (SPEC HSK-7). */
  onRetry(header: PublicHeader, datagram: Uint8Array): void {
    const core = this.#core
    if (this.#retried || this.#result || !core.initial || header.token.length === 0) return
    const packet = datagram.slice(header.start, header.end)
    if (!core.initial.retry.open(0, packet, 0, header.numberAt - header.start, packet.length)) return
    this.#retried = true
    core.addressToken = header.token.slice()
    core.remoteIds.replaceFirst(header.source)
    core.initial = initialKeys(this.#options.crypto, header.source)
    core.cryptoStreams[INITIAL_SPACE].resend()
    core.resendEverything()
    core.host.wake()
  }

  /** Returns what was agreed. */
  onMessage(type: number, message: Uint8Array, body: Uint8Array, serverId: Uint8Array, now: number) {
    const core = this.#core
    if (type !== MessageType.serverHello || this.#result)
      throw new QuantumError('quantum.protocol_violation', 'A handshake message came that is not due.')
    const result = this.#handshake.onServerHello(message, body, serverId)
    this.#result = result
    const { client, server } = result.secrets
    core.remoteIds.replaceFirst(serverId)
    const secrets = { send: client, receive: server }
    core.keys = new KeyRing(this.#options.crypto, result.suite, secrets, this.#options.keyUpdateAfter)
    core.setPeer(result.proof.parameters)
    core.path.validated = true
    const refused = core.early !== undefined && !result.earlyAccepted
    core.early = undefined
    core.cryptoStreams[1].send(result.finish)
    core.dropInitial()
    // The server has our keys: what we send from now on may be probed for.
    core.recovery.confirmHandshake()
    if (refused) core.streams.restart(result.proof.parameters)
    core.trace(now, 'handshake', { resumed: result.resumed, early: result.earlyAccepted })
    return result
  }

  resumptionFor(ticket: Uint8Array): Resumption | undefined {
    if (!this.#result || ticket.length > MAX_HANDSHAKE_MESSAGE / 16) return undefined
    const { proof, resumptionSecret, suite } = this.#result
    const { identity, protocol, parameters } = proof
    return { ticket: ticket.slice(), secret: resumptionSecret, suite, server: identity, protocol, parameters }
  }

  get initialId(): Uint8Array {
    return this.#initialId
  }
}

/** Suites a client offers when it resumes: the ticket's alone, because early data is under that. */
export function suitesFor(options: ClientOptions): readonly Aead[] {
  return options.resumption ? [options.resumption.suite] : options.suites
}
