/** A reliable, encrypted transport over UDP. This is the engine; `@stoa/quantum/node` binds it to sockets. */
export { bbr } from './congestion/bbr/bbr.ts'
export type { ControllerFactory } from './congestion/controller.ts'
export { cubic } from './congestion/cubic.ts'
export { DEFAULT_ALGORITHMS } from './connection/algorithms.ts'
export { Connection, type ConnectionEvents } from './connection/connection.ts'
export {
  type Algorithms,
  type ClientOptions,
  COMMON_DEFAULTS,
  type ServerOptions,
  type TraceSink,
} from './connection/options.ts'
export type { Address } from './connection/path.ts'
export type { ConnectionStatistics } from './connection/statistics.ts'
export { Aead, type CryptoSuite, type Identity } from './crypto/suite.ts'
export { Endpoint, type EndpointHost, type EndpointLimits, type PeerEvents } from './endpoint/endpoint.ts'
export { QuantumError, type QuantumErrorCode } from './errors.ts'
export type { ClientCredential, Resumption } from './handshake/client.ts'
export type { ClientProof } from './handshake/messages.ts'
export { Tickets } from './handshake/ticket.ts'
export type { Stream, StreamOptions } from './streams/stream.ts'
export { DEFAULT_PARAMETERS, type TransportParameters } from './wire/parameters.ts'
