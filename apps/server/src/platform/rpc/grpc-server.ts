import { timingSafeEqual } from 'node:crypto'
import {
  create,
  type DescMessage,
  type DescMethod,
  type Message,
  type MessageInitShape,
} from '@bufbuild/protobuf'
import {
  Metadata,
  Server,
  ServerCredentials,
  type ServerErrorResponse,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js'
import { ReflectionService } from '@grpc/reflection'
import { isStoaError, type Logger, type Service } from '@stoa/kernel'
import { HealthImplementation } from 'grpc-health-check'
import { reflectionPackage, serviceDefinition } from './definition.ts'
import { GRPC_STATUS, type RpcStatusTable } from './errors.ts'
import { type AnyHandler, type CallContext, isStream, type RpcHandlers, type RpcService } from './types.ts'

export interface Served {
  readonly service: RpcService
  readonly handlers: Readonly<Record<string, AnyHandler>>
  readonly statuses: RpcStatusTable
}

/** A service with what answers it, for {@link GrpcServer}. */
export function serve<S extends RpcService>(
  service: S,
  handlers: RpcHandlers<S>,
  statuses: RpcStatusTable,
): Served {
  return { service, handlers: handlers as Readonly<Record<string, AnyHandler>>, statuses }
}

export interface GrpcServerInit {
  readonly host: string
  /** 0 = any. */
  readonly port: number
  readonly services: readonly Served[]
  /** Callers must show it as `authorization: Bearer …`; health and reflection answer without. */
  readonly token?: string | undefined
  readonly log: Logger
  readonly maxMessageBytes?: number
}

/** Open calls are cut off when they have not ended so long after the stop. */
const DRAIN_MS = 5_000
const MAX_MESSAGE = 64 * 1024 * 1024

/** Services over HTTP/2, with the standard health checking and reflection beside them. */
export class GrpcServer implements Service {
  readonly name = 'rpc'
  readonly #init: GrpcServerInit
  readonly #health: HealthImplementation
  readonly #stopping = new AbortController()
  #server: Server | undefined
  #port: number | undefined

  constructor(init: GrpcServerInit) {
    this.#init = init
    const names = ['', ...init.services.map(({ service }) => service.typeName)]
    this.#health = new HealthImplementation(
      Object.fromEntries(names.map((name) => [name, 'NOT_SERVING' as const])),
    )
  }

  /** `host:port` once started; `undefined` before, when nobody can be told yet. */
  get address(): string | undefined {
    return this.#port === undefined ? undefined : `${this.#init.host}:${this.#port}`
  }

  async start(): Promise<void> {
    const { host, port, services, maxMessageBytes = MAX_MESSAGE } = this.#init
    const server = new Server({
      'grpc.max_receive_message_length': maxMessageBytes,
      'grpc.max_send_message_length': maxMessageBytes,
      'grpc.keepalive_time_ms': 20_000,
      'grpc.keepalive_timeout_ms': 10_000,
    })
    for (const served of services)
      server.addService(serviceDefinition(served.service), this.#implementation(served))
    this.#health.addToServer(server)
    new ReflectionService(reflectionPackage(services.map(({ service }) => service))).addToServer(server)
    this.#port = await new Promise<number>((resolve, reject) => {
      server.bindAsync(`${host}:${port}`, ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      )
    })
    this.#server = server
    this.#setHealth('SERVING')
  }

  /** Says that it stops, ends streams, lets calls finish, then closes. */
  async stop(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    if (server === undefined) return
    this.#setHealth('NOT_SERVING')
    this.#stopping.abort()
    await new Promise<void>((resolve) => {
      const cutOff = setTimeout(() => server.forceShutdown(), DRAIN_MS)
      server.tryShutdown(() => {
        clearTimeout(cutOff)
        resolve()
      })
    })
  }

  #setHealth(status: 'SERVING' | 'NOT_SERVING'): void {
    for (const name of ['', ...this.#init.services.map(({ service }) => service.typeName)])
      this.#health.setStatus(name, status)
  }

  #implementation(served: Served): UntypedServiceImplementation {
    return Object.fromEntries(
      served.service.methods.map((method) => [
        method.localName,
        isStream(method) ? this.#streaming(served, method) : this.#unary(served, method),
      ]),
    )
  }

  #unary(served: Served, method: DescMethod) {
    const handler = served.handlers[method.localName] as AnyHandler
    return (call: ServerUnaryCall<Message, Message>, callback: sendUnaryData<Message>): void => {
      const context = this.#contextOf(call)
      Promise.resolve()
        .then(() => this.#admit(call.metadata))
        .then(() => handler(call.request, context) as Promise<MessageInitShape<DescMessage>>)
        .then((reply) => callback(null, create(method.output, reply)))
        .catch((error: unknown) => callback(this.#explain(error, served, method, call)))
    }
  }

  #streaming(served: Served, method: DescMethod) {
    const handler = served.handlers[method.localName] as AnyHandler
    return (call: ServerWritableStream<Message, Message>): void => {
      void this.#pump(call, served, method, handler).catch((error: unknown) => {
        if (!call.cancelled) call.emit('error', this.#explain(error, served, method, call))
      })
    }
  }

  /** The source is pulled at the pace of the reader. */
  async #pump(
    call: ServerWritableStream<Message, Message>,
    _: Served,
    method: DescMethod,
    handler: AnyHandler,
  ): Promise<void> {
    this.#admit(call.metadata)
    const context = this.#contextOf(call, this.#stopping.signal)
    const items = handler(call.request, context) as AsyncIterable<MessageInitShape<DescMessage>>
    for await (const item of items) {
      if (context.signal.aborted) break
      if (!call.write(create(method.output, item))) await drained(call, context.signal)
    }
    call.end()
  }

  #contextOf(
    call: ServerUnaryCall<Message, Message> | ServerWritableStream<Message, Message>,
    ...more: readonly AbortSignal[]
  ): CallContext {
    const controller = new AbortController()
    call.on('cancelled', () => controller.abort())
    const [traceparent] = call.metadata.get('traceparent')
    return {
      signal: more.length === 0 ? controller.signal : AbortSignal.any([controller.signal, ...more]),
      traceparent: typeof traceparent === 'string' ? traceparent : undefined,
    }
  }

  #admit(metadata: Metadata): void {
    const { token } = this.#init
    if (token === undefined) return
    const shown = Buffer.from(String(metadata.get('authorization')[0] ?? ''))
    const wanted = Buffer.from(`Bearer ${token}`)
    if (shown.length !== wanted.length || !timingSafeEqual(shown, wanted)) throw new Unauthenticated()
  }

  #explain(
    error: unknown,
    { statuses }: Served,
    method: DescMethod,
    { metadata: asked }: { readonly metadata: Metadata },
  ): Partial<ServerErrorResponse> {
    if (error instanceof Unauthenticated)
      return { code: GRPC_STATUS.UNAUTHENTICATED, details: 'The authorization token is missing or wrong.' }
    const status = isStoaError(error) ? statuses[error.code] : undefined
    if (!isStoaError(error) || status === undefined) {
      this.#init.log.error({
        action: 'rpc_failure',
        method: `${method.parent.typeName}.${method.name}`,
        traceparent: String(asked.get('traceparent')[0] ?? ''),
        err: error,
      })
      return { code: GRPC_STATUS.INTERNAL, details: 'Something went wrong. The log has the details.' }
    }
    const metadata = new Metadata()
    metadata.set('stoa-code', error.code)
    if (error.details !== undefined)
      metadata.set('stoa-details-bin', Buffer.from(JSON.stringify(error.details)))
    return { code: GRPC_STATUS[status], details: error.message, metadata }
  }
}

class Unauthenticated extends Error {}

function drained(call: ServerWritableStream<Message, Message>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      call.off('drain', done)
      signal.removeEventListener('abort', done)
      resolve()
    }
    call.once('drain', done)
    signal.addEventListener('abort', done, { once: true })
    if (signal.aborted) done()
  })
}
