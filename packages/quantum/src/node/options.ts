import { systemRandom } from '@stoa/kernel'
import { DEFAULT_ALGORITHMS } from '../connection/algorithms.ts'
import {
  type Algorithms,
  COMMON_DEFAULTS,
  type CommonOptions,
  type TraceSink,
} from '../connection/options.ts'
import type { Aead } from '../crypto/suite.ts'
import { DEFAULT_PARAMETERS, type TransportParameters } from '../wire/parameters.ts'
import { nodeCrypto } from './crypto.ts'

/** What clients and servers may choose alike. */
export interface TransportOptions {
  /** Names of application protocols, best first; both sides must have one in common. */
  protocols: readonly string[]
  /** Replace BBR by `cubic`, or any part by your own. */
  algorithms?: Partial<Algorithms>
  /** Limits told to the peer: windows, streams, idle time, message size. */
  parameters?: Partial<TransportParameters>
  /** Ciphers, best first. */
  suites?: readonly Aead[]
  /** Milliseconds; default 10 000. */
  handshakeTimeout?: number
  /** Milliseconds of silence after which a ping keeps NATs open; default 0: never. */
  keepAlive?: number
  /** Receives every packet sent, received and lost, and changes of state. */
  trace?: TraceSink
}

export function commonOptions(options: TransportOptions): CommonOptions {
  return {
    ...COMMON_DEFAULTS,
    crypto: nodeCrypto,
    random: systemRandom,
    protocols: options.protocols,
    algorithms: { ...DEFAULT_ALGORITHMS, ...options.algorithms },
    parameters: { ...DEFAULT_PARAMETERS, ...options.parameters },
    suites: options.suites ?? COMMON_DEFAULTS.suites,
    handshakeTimeout: options.handshakeTimeout ?? COMMON_DEFAULTS.handshakeTimeout,
    keepAlive: options.keepAlive ?? COMMON_DEFAULTS.keepAlive,
    trace: options.trace,
  }
}
