import type { Random } from '@stoa/kernel'
import { packetKeyFrom } from '../crypto/protection.ts'
import type { Aead, CryptoSuite, Identity, KeyAgreement } from '../crypto/suite.ts'
import { QuantumError } from '../errors.ts'
import { TAG_LENGTH } from '../wire/constants.ts'
import type { TransportParameters } from '../wire/parameters.ts'
import {
  BINDER_LENGTH,
  type ClientHello,
  decodeServerHello,
  decodeServerProof,
  encodeClientHello,
  encodeClientProof,
  frameMessage,
  MessageType,
  type ServerProof,
} from './messages.ts'
import {
  type ApplicationSecrets,
  type HandshakeContext,
  KeySchedule,
  resumptionSecret,
  signedContent,
  transcriptSeed,
} from './schedule.ts'

/** What a client keeps of a connection to begin the next one sooner. Keep it secret: it stands for the client. */
export interface Resumption {
  ticket: Uint8Array
  secret: Uint8Array
  suite: Aead
  /** The server's Ed25519 key: a ticket is good for this server only. */
  server: Uint8Array
  protocol: string
  /** The server's limits, for data sent before it answers. */
  parameters: TransportParameters
}

/**
 * Who a client says it is: nobody, the holder of an Ed25519 key, or somebody with a token that the server's application
 * knows.
 */
export type ClientCredential =
  | { kind: 'anonymous' }
  | { kind: 'identity'; identity: Identity }
  | { kind: 'token'; token: Uint8Array }

export interface ClientHandshakeOptions extends HandshakeContext {
  crypto: CryptoSuite
  random: Random
  suites: readonly Aead[]
  protocols: readonly string[]
  parameters: TransportParameters
  credential: ClientCredential
  /** Whether the server with this Ed25519 key is the one meant. */
  isServer: (publicKey: Uint8Array) => boolean
  resumption?: Resumption | undefined
  /** Data will be sent before the server answers. */
  earlyData: boolean
}

export interface ClientHandshakeResult {
  suite: Aead
  secrets: ApplicationSecrets
  proof: ServerProof
  /** The last message, to be sent under the new keys. */
  finish: Uint8Array
  resumed: boolean
  earlyAccepted: boolean
  resumptionSecret: Uint8Array
}

/** The client's half of the handshake: messages in, messages and secrets out. */
export class ClientHandshake {
  /** The first message. */
  readonly hello: Uint8Array
  /** Secret of 0-RTT packets, when a ticket was offered. */
  readonly earlySecret: Uint8Array | undefined
  readonly #options: ClientHandshakeOptions
  readonly #agreement: KeyAgreement
  readonly #seed: Uint8Array
  readonly #resuming: KeySchedule | undefined

  constructor(options: ClientHandshakeOptions) {
    const { crypto, resumption } = options
    this.#options = options
    this.#seed = transcriptSeed(options)
    this.#agreement = crypto.agreement(options.random.fill(new Uint8Array(32)))
    this.#resuming = resumption && new KeySchedule(crypto, resumption.secret)
    this.hello = this.#buildHello()
    if (resumption && options.earlyData)
      this.earlySecret = this.#resuming?.early(crypto.sha256(this.#seed, this.hello))
  }

  #buildHello(): Uint8Array {
    const { suites, protocols, parameters, resumption, earlyData } = this.#options
    const hello: ClientHello = { suites, publicKey: this.#agreement.publicKey, protocols, parameters }
    if (!resumption || !this.#resuming) return encodeClientHello(hello)
    const binder = new Uint8Array(BINDER_LENGTH)
    const bytes = encodeClientHello({
      ...hello,
      resumption: { ticket: resumption.ticket, earlyData, binder },
    })
    const unbound = bytes.subarray(0, -BINDER_LENGTH)
    bytes.set(this.#resuming.binder(this.#options.crypto.sha256(this.#seed, unbound)), unbound.length)
    return bytes
  }

  /** `serverId`: the source id of the packet that brought the message. Throws when the server is not to be trusted. */
  onServerHello(message: Uint8Array, body: Uint8Array, serverId: Uint8Array): ClientHandshakeResult {
    const { crypto, suites, resumption } = this.#options
    const hello = decodeServerHello(body)
    if (!suites.includes(hello.suite) || (hello.resumed && !this.#resuming)) throw refused()
    const shared = this.#agreement.agree(hello.publicKey)
    if (!shared) throw refused()
    const schedule = (hello.resumed && this.#resuming) || new KeySchedule(crypto)
    const said = crypto.sha256(this.#seed, this.hello, Uint8Array.of(serverId.length), serverId, hello.prefix)
    const proof = this.#openProof(schedule.agree(shared, said), hello, said)
    if (hello.resumed && resumption && !same(resumption.server, proof.identity)) throw refused()
    const transcript = crypto.sha256(said, message)
    const secrets = schedule.application(transcript)
    const finish = this.#buildFinish(secrets.finished, transcript)
    return {
      suite: hello.suite,
      secrets,
      proof,
      finish,
      resumed: hello.resumed,
      earlyAccepted: hello.earlyAccepted && this.earlySecret !== undefined,
      resumptionSecret: resumptionSecret(crypto, secrets.master, crypto.sha256(transcript, finish)),
    }
  }

  #openProof(
    secret: Uint8Array,
    { sealed, suite }: { sealed: Uint8Array; suite: Aead },
    transcript: Uint8Array,
  ): ServerProof {
    const { crypto, isServer, protocols } = this.#options
    if (!packetKeyFrom(crypto, suite, secret).open(0, sealed, 0, 0, sealed.length)) throw refused()
    const proof = decodeServerProof(sealed.subarray(0, sealed.length - TAG_LENGTH))
    if (!crypto.verify(proof.identity, signedContent('server', transcript), proof.signature)) throw refused()
    if (!protocols.includes(proof.protocol)) throw refused()
    if (!isServer(proof.identity))
      throw new QuantumError('quantum.identity_rejected', 'The server has another key than the expected one.')
    return proof
  }

  #buildFinish(macKey: Uint8Array, transcript: Uint8Array): Uint8Array {
    const { crypto, credential } = this.#options
    const proof = encodeClientProof(
      credential.kind === 'identity'
        ? {
            kind: 'identity',
            publicKey: credential.identity.publicKey,
            signature: credential.identity.sign(signedContent('client', transcript)),
          }
        : credential,
    )
    const mac = crypto.hmacSha256(macKey, crypto.sha256(transcript, proof))
    const body = new Uint8Array(proof.length + mac.length)
    body.set(proof)
    body.set(mac, proof.length)
    return frameMessage(MessageType.clientFinish, body)
  }
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}

const refused = () => new QuantumError('quantum.handshake_failed', 'The server could not prove who it is.')
