import { create, type DescMessage, type Message, type MessageInitShape } from '@bufbuild/protobuf'
import { RpcError } from './errors.ts'
import { streamFrom } from './stream-from.ts'
import {
  type AnyHandler,
  type CallContext,
  type CallOptions,
  isStream,
  type RpcClient,
  type RpcHandlers,
  type RpcService,
} from './types.ts'

/** The client of a service that runs in this process: the same calls, without a wire. Errors arrive as they were thrown. */
export function localClient<S extends RpcService>(service: S, handlers: RpcHandlers<S>): RpcClient<S> {
  const methods = service.methods.map((method) => {
    const handler = (handlers as Readonly<Record<string, AnyHandler>>)[method.localName]
    if (handler === undefined) throw new TypeError(`no handler for ${service.typeName}.${method.name}`)
    const call = isStream(method) ? streaming(handler, method) : unary(handler, method)
    return [method.localName, call]
  })
  return Object.fromEntries(methods) as RpcClient<S>
}

type Schemas = { readonly input: DescMessage; readonly output: DescMessage }
type Init = MessageInitShape<DescMessage>

function unary(handler: AnyHandler, { input, output }: Schemas) {
  return async (request: Init, options: CallOptions = {}) => {
    const { context, expired } = contextOf(options)
    const answer = handler(create(input, request), context) as Promise<Init>
    return create(output, await (expired === undefined ? answer : Promise.race([answer, expired])))
  }
}

function streaming(handler: AnyHandler, { input, output }: Schemas) {
  return (request: Init, options: CallOptions = {}) =>
    streamFrom(async () => {
      const context = { signal: signalOf(options), traceparent: options.traceparent }
      const items = (handler(create(input, request), context) as AsyncIterable<Init>)[Symbol.asyncIterator]()
      const whole = (item: IteratorResult<Init>): IteratorResult<Message> =>
        item.done === true ? item : { done: false, value: create(output, item.value) }
      const messages: AsyncIterator<Message> = {
        next: () => items.next().then(whole),
        return: async () => {
          await items.return?.()
          return { done: true, value: undefined }
        },
      }
      return { items: messages, first: await messages.next() }
    })
}

const NEVER = new AbortController().signal

/** Aborted when the call is given up, or its time is over. */
function signalOf({ signal = NEVER, timeoutMs }: CallOptions): AbortSignal {
  return timeoutMs === undefined ? signal : AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
}

function contextOf({ signal, timeoutMs, traceparent }: CallOptions): {
  context: CallContext
  expired: Promise<never> | undefined
} {
  const deadline = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs)
  const signals = [signal, deadline].filter((one) => one !== undefined)
  if (signals.length === 0) return { context: { signal: NEVER, traceparent }, expired: undefined }
  const either = AbortSignal.any(signals)
  const expired = new Promise<never>((_, reject) => {
    const fail = () =>
      reject(
        deadline?.aborted
          ? new RpcError('rpc.deadline_exceeded', 'The service did not answer in time.')
          : new RpcError('rpc.cancelled', 'The call was given up.'),
      )
    if (either.aborted) fail()
    else either.addEventListener('abort', fail, { once: true })
  })
  expired.catch(() => {})
  return { context: { signal: either, traceparent }, expired }
}
