import {
  create,
  type DescMessage,
  type DescMethod,
  type Message,
  type MessageInitShape,
} from '@bufbuild/protobuf'
import { ChannelCredentials, Client, Metadata, type ServiceError } from '@grpc/grpc-js'
import { StoaError } from '@stoa/kernel'
import { methodDefinition } from './definition.ts'
import { GRPC_STATUS, RpcError } from './errors.ts'
import { type CallOptions, isStream, type RpcClient, type RpcService } from './types.ts'

export interface GrpcClientInit {
  /** `host:port`, or `dns:name:port` for every address behind a name. */
  readonly target: string
  readonly token?: string | undefined
}

/** A service of another process. */
export interface RemoteClient<S> {
  readonly client: RpcClient<S>
  close(): void
}

const MAX_MESSAGE = 64 * 1024 * 1024
/** A call that says nothing about its deadline ends after this. */
const DEFAULT_TIMEOUT_MS = 20_000

type Init = MessageInitShape<DescMessage>

/** The client of a service at an address. Connects by itself and again; errors carry the codes that the service threw. */
export function grpcClient<S extends RpcService>(service: S, init: GrpcClientInit): RemoteClient<S> {
  const channel = new Client(init.target, ChannelCredentials.createInsecure(), {
    'grpc.max_receive_message_length': MAX_MESSAGE,
    'grpc.max_send_message_length': MAX_MESSAGE,
    'grpc.keepalive_time_ms': 20_000,
    'grpc.keepalive_timeout_ms': 5_000,
    'grpc.initial_reconnect_backoff_ms': 100,
    'grpc.max_reconnect_backoff_ms': 2_000,
    'grpc.service_config': JSON.stringify({ loadBalancingConfig: [{ round_robin: {} }] }),
  })
  const methods = service.methods.map((method) => [
    method.localName,
    isStream(method) ? streaming(channel, method, init) : unary(channel, method, init),
  ])
  return { client: Object.fromEntries(methods) as RpcClient<S>, close: () => channel.close() }
}

function unary(channel: Client, method: DescMethod, init: GrpcClientInit) {
  const { path, requestSerialize, responseDeserialize } = methodDefinition(method)
  return (request: Init, options: CallOptions = {}): Promise<Message> =>
    new Promise((resolve, reject) => {
      const deadline = performance.timeOrigin + performance.now() + (options.timeoutMs ?? DEFAULT_TIMEOUT_MS)
      const call = channel.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        create(method.input, request),
        metadataOf(init, options),
        { deadline },
        (error, reply) => {
          options.signal?.removeEventListener('abort', cancel)
          if (error || reply === undefined) reject(explain(error))
          else resolve(reply)
        },
      )
      const cancel = () => call.cancel()
      if (options.signal?.aborted) cancel()
      else options.signal?.addEventListener('abort', cancel, { once: true })
    })
}

function streaming(channel: Client, method: DescMethod, init: GrpcClientInit) {
  const { path, requestSerialize, responseDeserialize } = methodDefinition(method)
  return async function* (request: Init, options: CallOptions = {}): AsyncGenerator<Message> {
    const call = channel.makeServerStreamRequest(
      path,
      requestSerialize,
      responseDeserialize,
      create(method.input, request),
      metadataOf(init, options),
    )
    const cancel = () => call.cancel()
    if (options.signal?.aborted) cancel()
    else options.signal?.addEventListener('abort', cancel, { once: true })
    try {
      for await (const item of call) yield item as Message
    } catch (error) {
      if (!options.signal?.aborted) throw explain(error as ServiceError)
    } finally {
      options.signal?.removeEventListener('abort', cancel)
      call.cancel()
    }
  }
}

function metadataOf({ token }: GrpcClientInit, { traceparent }: CallOptions): Metadata {
  const metadata = new Metadata()
  if (token !== undefined) metadata.set('authorization', `Bearer ${token}`)
  if (traceparent !== undefined) metadata.set('traceparent', traceparent)
  return metadata
}

/** What the service threw where it says so, else what happened to the call. */
function explain(error: ServiceError | null): StoaError {
  const [code] = error?.metadata?.get('stoa-code') ?? []
  const [details] = error?.metadata?.get('stoa-details-bin') ?? []
  if (typeof code === 'string') {
    const parsed = Buffer.isBuffer(details)
      ? (JSON.parse(details.toString()) as Record<string, unknown>)
      : undefined
    return new StoaError(code, error?.details ?? code, parsed === undefined ? {} : { details: parsed })
  }
  const cause = { cause: error }
  if (error?.code === GRPC_STATUS.DEADLINE_EXCEEDED)
    return new RpcError('rpc.deadline_exceeded', 'The service did not answer in time.', cause)
  if (error?.code === GRPC_STATUS.CANCELLED)
    return new RpcError('rpc.cancelled', 'The call was given up.', cause)
  if (error?.code === GRPC_STATUS.UNAUTHENTICATED)
    return new RpcError('rpc.unauthenticated', 'The service does not know who calls.', cause)
  if (error?.code === GRPC_STATUS.UNAVAILABLE)
    return new RpcError('rpc.unavailable', 'The service cannot be reached.', {
      ...cause,
      // Said by grpc-js of calls that never left.
      details: { sent: !error.details.includes('No connection established') },
    })
  return new RpcError('rpc.failed', error?.details ?? 'The service failed.', cause)
}
