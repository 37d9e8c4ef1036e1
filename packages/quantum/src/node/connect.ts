import { lookup } from 'node:dns/promises'
import { isIPv6 } from 'node:net'
import type { PathMemory } from '../congestion/controller.ts'
import type { ClientOptions } from '../connection/options.ts'
import type { Identity } from '../crypto/suite.ts'
import { QuantumError } from '../errors.ts'
import type { ClientCredential, Resumption } from '../handshake/client.ts'
import { QuantumConnection } from './connection.ts'
import { commonOptions, type TransportOptions } from './options.ts'
import { Port } from './port.ts'
import { abortedBy } from './stream.ts'

/** Where to, and how the server is known. */
export interface ConnectOptions extends TransportOptions {
  host: string
  port: number
  /** The server's Ed25519 key, or a rule that knows it. There is no other proof of who answers. */
  serverKey: Uint8Array | ((publicKey: Uint8Array) => boolean)
  /** Prove an identity to the server… */
  identity?: Identity
  /** …or show a token. Both travel encrypted, after the server has proved itself. */
  token?: string | Uint8Array
  /** Of an earlier connection: resumes it, and with `early` sends idempotent streams and datagrams before the server answers. */
  resumption?: Resumption
  /** Resolve at once, to send early data, instead of after the server's answer. */
  early?: boolean
  pathMemory?: PathMemory
  addressToken?: Uint8Array
  signal?: AbortSignal
}

/** Opens a connection; resolves after one round trip, when the server has proved itself. */
export async function connect(options: ConnectOptions): Promise<QuantumConnection> {
  const { signal } = options
  if (signal?.aborted) throw abortedBy(signal)
  const address = await resolve(options.host)
  const ready = Promise.withResolvers<void>()
  ready.promise.catch(() => {})
  const peer = { address, port: options.port }
  const port = await Port.open({
    host: isIPv6(address) ? '::' : '0.0.0.0',
    port: 0,
    peer,
    engine: commonOptions(options),
    onClient: () => {},
    onForgotten: () => void port.close(),
  })
  const hooks = { onReady: () => ready.resolve(), onClientProof: () => {}, onConfirmed: () => {} }
  const connection = new QuantumConnection(port, hooks, (events) =>
    port.endpoint.connect(clientOptions(options), events, peer, performance.now()),
  )
  port.onError = (error) =>
    connection.engine.fail(new QuantumError('quantum.socket', 'The socket failed.', { cause: error }))
  connection.closed.then(
    () => port.unref(),
    (error: unknown) => {
      port.unref()
      ready.reject(error)
    },
  )
  port.wake(connection.engine)
  if (options.early && connection.engine.hasEarlyKeys) return connection
  return settleBy(connection, ready.promise, signal)
}

async function settleBy(
  connection: QuantumConnection,
  ready: Promise<void>,
  signal: AbortSignal | undefined,
): Promise<QuantumConnection> {
  if (!signal) {
    await ready
    return connection
  }
  const aborted = Promise.withResolvers<never>()
  const onAbort = () => aborted.reject(abortedBy(signal))
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    await Promise.race([ready, aborted.promise])
    return connection
  } catch (error) {
    await connection.close()
    throw error
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

async function resolve(host: string): Promise<string> {
  try {
    const { address } = await lookup(host)
    return address
  } catch (cause) {
    throw new QuantumError('quantum.socket', `There is no address for ${host}.`, { cause })
  }
}

function clientOptions(options: ConnectOptions): ClientOptions {
  const { serverKey } = options
  return {
    ...commonOptions(options),
    credential: credentialOf(options),
    isServer: typeof serverKey === 'function' ? serverKey : (key) => Buffer.from(key).equals(serverKey),
    resumption: options.resumption,
    pathMemory: options.pathMemory,
    addressToken: options.addressToken ?? new Uint8Array(0),
  }
}

function credentialOf({ identity, token }: ConnectOptions): ClientCredential {
  if (identity) return { kind: 'identity', identity }
  if (token === undefined) return { kind: 'anonymous' }
  return { kind: 'token', token: typeof token === 'string' ? new TextEncoder().encode(token) : token }
}
