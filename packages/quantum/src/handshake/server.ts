import type { Random } from '@stoa/kernel'
import { packetKeyFrom } from '../crypto/protection.ts'
import type { Aead, CryptoSuite, Identity } from '../crypto/suite.ts'
import { QuantumError } from '../errors.ts'
import { TAG_LENGTH } from '../wire/constants.ts'
import type { TransportParameters } from '../wire/parameters.ts'
import {
  BINDER_LENGTH,
  type ClientHello,
  type ClientProof,
  decodeClientHello,
  decodeClientProof,
  encodeServerPrefix,
  encodeServerProof,
  frameMessage,
  MessageType,
} from './messages.ts'
import {
  type ApplicationSecrets,
  equalSecrets,
  type HandshakeContext,
  KeySchedule,
  resumptionSecret,
  signedContent,
  transcriptSeed,
} from './schedule.ts'
import type { TicketState, Tickets } from './ticket.ts'

export interface ServerHandshakeOptions extends HandshakeContext {
  crypto: CryptoSuite
  random: Random
  identity: Identity
  /** Ciphers in order of preference. */
  suites: readonly Aead[]
  protocols: readonly string[]
  parameters: TransportParameters
  tickets: Tickets | undefined
  /** The id that the server's packets carry as source. */
  serverId: Uint8Array
}

export interface ServerHandshakeResult {
  suite: Aead
  secrets: ApplicationSecrets
  parameters: TransportParameters
  protocol: string
  hello: Uint8Array
  /** Secret of 0-RTT packets, when they are accepted. */
  earlySecret: Uint8Array | undefined
  /** What the ticket said, when one was accepted. */
  resumed: TicketState | undefined
}

/** The server's half of the handshake. */
export class ServerHandshake {
  readonly #options: ServerHandshakeOptions
  #transcript: Uint8Array = new Uint8Array(0)
  #secrets: ApplicationSecrets | undefined

  constructor(options: ServerHandshakeOptions) {
    this.#options = options
  }

  onClientHello(message: Uint8Array, body: Uint8Array, now: number): ServerHandshakeResult {
    const { crypto, random, serverId, identity, parameters } = this.#options
    const hello = decodeClientHello(body)
    const suite = this.#options.suites.find((candidate) => hello.suites.includes(candidate))
    const protocol = this.#options.protocols.find((candidate) => hello.protocols.includes(candidate))
    if (!suite || protocol === undefined)
      throw new QuantumError('quantum.version', 'Client and server have no cipher or no protocol in common.')
    const seed = transcriptSeed(this.#options)
    const ticket = this.#openTicket(
      hello,
      crypto.sha256(seed, message.subarray(0, -BINDER_LENGTH)),
      suite,
      now,
    )
    const schedule = ticket?.schedule ?? new KeySchedule(crypto)
    const earlySecret = ticket?.early ? schedule.early(crypto.sha256(seed, message)) : undefined
    const agreement = crypto.agreement(random.fill(new Uint8Array(32)))
    const shared = agreement.agree(hello.publicKey)
    if (!shared) throw new QuantumError('quantum.handshake_failed', "The client's key is no usable point.")
    const prefix = encodeServerPrefix({
      suite,
      publicKey: agreement.publicKey,
      resumed: ticket !== undefined,
      earlyAccepted: earlySecret !== undefined,
    })
    const said = crypto.sha256(seed, message, Uint8Array.of(serverId.length), serverId, prefix)
    const signature = identity.sign(signedContent('server', said))
    const proof = encodeServerProof({ identity: identity.publicKey, signature, protocol, parameters })
    const answer = sealProof(crypto, suite, schedule.agree(shared, said), prefix, proof)
    this.#transcript = crypto.sha256(said, answer)
    this.#secrets = schedule.application(this.#transcript)
    return {
      suite,
      secrets: this.#secrets,
      parameters: hello.parameters,
      protocol,
      hello: answer,
      earlySecret,
      resumed: ticket?.state,
    }
  }

  /** A ticket that does not open, or whose binder is wrong, is no ticket: the handshake goes on without it. */
  #openTicket({ resumption }: ClientHello, unbound: Uint8Array, suite: Aead, now: number) {
    const { tickets, crypto, parameters } = this.#options
    if (!resumption || !tickets) return undefined
    const state = tickets.open(resumption.ticket, now)
    if (!state || state.suite !== suite) return undefined
    const schedule = new KeySchedule(crypto, state.secret)
    if (!equalSecrets(schedule.binder(unbound), resumption.binder)) return undefined
    const early = resumption.earlyData && tickets.mayCarryData(state, parameters, now)
    return { state, schedule, early }
  }

  /** The client's last message. Throws when its MAC or signature is wrong; whether the client is welcome is not decided here. */
  onClientFinish(
    message: Uint8Array,
    body: Uint8Array,
  ): { proof: ClientProof; resumptionSecret: Uint8Array } {
    const { crypto } = this.#options
    if (!this.#secrets || body.length < 33) throw refused()
    const bytes = body.subarray(0, -32)
    const mac = crypto.hmacSha256(this.#secrets.finished, crypto.sha256(this.#transcript, bytes))
    if (!equalSecrets(mac, body.subarray(-32))) throw refused()
    const proof = decodeClientProof(bytes)
    if (proof.kind === 'identity') {
      const content = signedContent('client', this.#transcript)
      if (!crypto.verify(proof.publicKey, content, proof.signature)) throw refused()
    }
    const transcript = crypto.sha256(this.#transcript, message)
    return { proof, resumptionSecret: resumptionSecret(crypto, this.#secrets.master, transcript) }
  }
}

function sealProof(
  crypto: CryptoSuite,
  suite: Aead,
  secret: Uint8Array,
  prefix: Uint8Array,
  proof: Uint8Array,
): Uint8Array {
  const body = new Uint8Array(prefix.length + proof.length + TAG_LENGTH)
  body.set(prefix)
  body.set(proof, prefix.length)
  packetKeyFrom(crypto, suite, secret).seal(
    0,
    body,
    prefix.length,
    prefix.length,
    prefix.length + proof.length,
  )
  return frameMessage(MessageType.serverHello, body)
}

const refused = () =>
  new QuantumError('quantum.handshake_failed', 'The client could not finish the handshake.')
