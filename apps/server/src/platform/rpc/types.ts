import type { DescMessage, DescMethod, MessageInitShape, MessageShape } from '@bufbuild/protobuf'
import type { GenService, GenServiceMethods } from '@bufbuild/protobuf/codegenv2'

/** What a caller may say about one call. */
export interface CallOptions {
  readonly signal?: AbortSignal
  /** Deadline, milliseconds from now. */
  readonly timeoutMs?: number
  /** W3C trace context, passed on. */
  readonly traceparent?: string
}

/** What a handler knows of its call. */
export interface CallContext {
  /** Aborts when the caller gives up, goes away, or the deadline has passed. */
  readonly signal: AbortSignal
  readonly traceparent: string | undefined
}

type Unary<I extends DescMessage, O extends DescMessage> = {
  client: (request: MessageInitShape<I>, options?: CallOptions) => Promise<MessageShape<O>>
  handler: (request: MessageShape<I>, context: CallContext) => Promise<MessageInitShape<O>>
}
type ServerStream<I extends DescMessage, O extends DescMessage> = {
  client: (request: MessageInitShape<I>, options?: CallOptions) => AsyncIterable<MessageShape<O>>
  handler: (request: MessageShape<I>, context: CallContext) => AsyncIterable<MessageInitShape<O>>
}
type Method<M> = M extends { methodKind: infer K; input: infer I; output: infer O }
  ? I extends DescMessage
    ? O extends DescMessage
      ? K extends 'unary'
        ? Unary<I, O>
        : ServerStream<I, O>
      : never
    : never
  : never

type MethodsOf<S> = S extends GenService<infer M extends GenServiceMethods> ? M : never

/** A service as its callers see it, in this process or another one. */
export type RpcClient<S> = { readonly [K in keyof MethodsOf<S>]: Method<MethodsOf<S>[K]>['client'] }

/** A service as it is written: full messages in, plain objects out. */
export type RpcHandlers<S> = { readonly [K in keyof MethodsOf<S>]: Method<MethodsOf<S>[K]>['handler'] }

export type RpcService = GenService<GenServiceMethods>

/** Any method as the adapters see it, which go by descriptors and not by types. */
export type AnyHandler = (
  request: unknown,
  context: CallContext,
) => Promise<MessageInitShape<DescMessage>> | AsyncIterable<MessageInitShape<DescMessage>>

export const isStream = (method: DescMethod): boolean => method.methodKind === 'server_streaming'
