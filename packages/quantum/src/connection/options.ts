import type { Random } from '@stoa/kernel'
import type { ControllerFactory, PathMemory } from '../congestion/controller.ts'
import { Aead, type CryptoSuite, type Identity } from '../crypto/suite.ts'
import type { FecDecoder, FecEncoder, ThinFlowPolicy } from '../fec/types.ts'
import type { ClientCredential, Resumption } from '../handshake/client.ts'
import type { Tickets } from '../handshake/ticket.ts'
import type { PathMtu } from '../mtu/types.ts'
import { DEFAULT_PARAMETERS, type TransportParameters } from '../wire/parameters.ts'

/** The replaceable parts: each is made anew for each connection. */
export interface Algorithms {
  controller: ControllerFactory
  thinFlow: () => ThinFlowPolicy
  /** Absent: no block codes. */
  fec?: { encoder: () => FecEncoder; decoder: () => FecDecoder }
  mtu: (largest: number) => PathMtu
}

/** What both sides of a connection may choose. */
export interface CommonOptions {
  crypto: CryptoSuite
  random: Random
  algorithms: Algorithms
  /** Application protocols, in order of preference; both sides must have one in common. */
  protocols: readonly string[]
  suites: readonly Aead[]
  parameters: TransportParameters
  /** Milliseconds until a handshake is given up. */
  handshakeTimeout: number
  /** Send something after so many milliseconds of silence; 0: never. */
  keepAlive: number
  /** Largest datagram that path MTU discovery may try. */
  maxDatagramSize: number
  /** Packets after which keys are renewed. */
  keyUpdateAfter: number | undefined
  /** RTT in milliseconds assumed before the first sample. */
  initialRtt: number
  /** Told of what happens, for traces; off when absent. */
  trace: TraceSink | undefined
}

/** One line of a trace (after qlog): time in milliseconds, what happened, and details. */
export type TraceSink = (now: number, event: string, data: Readonly<Record<string, unknown>>) => void

/** What a client brings besides: who it is, whom it believes, and what it remembers of earlier connections. */
export interface ClientOptions extends CommonOptions {
  credential: ClientCredential
  isServer: (publicKey: Uint8Array) => boolean
  resumption: Resumption | undefined
  pathMemory: PathMemory | undefined
  /** Token of an earlier connection to the same server: saves a Retry. */
  addressToken: Uint8Array
}

/** What a server brings besides: who it is, and how it lets clients resume (without `tickets` not at all). */
export interface ServerOptions extends CommonOptions {
  identity: Identity
  tickets: Tickets | undefined
}

/** What holds where nothing is chosen. Times in milliseconds, sizes in bytes. */
export const COMMON_DEFAULTS = {
  /** AES first: processors help with it nearly everywhere. */
  suites: [Aead.aes256Gcm, Aead.chacha20Poly1305],
  parameters: DEFAULT_PARAMETERS,
  handshakeTimeout: 10_000,
  keepAlive: 0,
  maxDatagramSize: 1472,
  keyUpdateAfter: undefined,
  initialRtt: 100,
  trace: undefined,
} as const satisfies Partial<CommonOptions>
