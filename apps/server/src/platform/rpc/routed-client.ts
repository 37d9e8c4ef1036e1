import type { DescMessage, Message, MessageInitShape } from '@bufbuild/protobuf'
import { isStoaError, type StoaError } from '@stoa/kernel'
import { Breaker } from './breaker.ts'
import type { Discovery } from './discovery.ts'
import { RpcError } from './errors.ts'
import type { RemoteClient } from './grpc-client.ts'
import { streamFrom } from './stream-from.ts'
import { type CallOptions, isStream, type RpcClient, type RpcService } from './types.ts'

export interface RoutedClientInit<S> {
  readonly service: S
  /** The service of this process, which is asked first. */
  readonly home?: RpcClient<S>
  /** Processes that are asked where there is no home. */
  readonly discovery?: Discovery
  readonly dial: (address: string) => RemoteClient<S>
  /** What a call is about: calls about the same go to the same process. */
  readonly keyOf?: (request: unknown) => string | undefined
  /** Where an error says that it is done: an address; `''`: elsewhere, who knows where. */
  readonly placeOf?: (error: StoaError) => string | undefined
  /** Methods that may happen twice. The others are not asked of a second process when the first has broken off. */
  readonly repeatable: (method: string) => boolean
  readonly onCircuit?: (address: string, open: boolean) => void
}

type Request = MessageInitShape<DescMessage>
type AnyUnary = (request: Request, options?: CallOptions) => Promise<Message>
type AnyStream = (request: Request, options?: CallOptions) => AsyncIterable<Message>
type AnyClient = Readonly<Record<string, AnyUnary | AnyStream>>

interface Place {
  readonly client: AnyClient
  /** Behind its circuit breaker, where it is another process. */
  run<T>(call: () => Promise<T>): Promise<T>
  close(): void
}

const HOME = ''
const MOST_HOPS = 4
const MOST_REMEMBERED = 50_000

/**
 * A service of several processes of which one owns each thing. Calls go to who owned it last, else to the process that a hash
 * chooses (all callers choose the same); from there to where an error says it is, and past processes that are down. Each
 * process stands behind a circuit breaker of its own.
 */
export class RoutedClient<S extends RpcService> {
  readonly client: RpcClient<S>
  readonly #init: RoutedClientInit<S>
  readonly #places = new Map<string, Place>()
  readonly #owners = new Map<string, string>()
  #turn = 0

  constructor(init: RoutedClientInit<S>) {
    this.#init = init
    if (init.home)
      this.#places.set(HOME, {
        client: init.home as unknown as AnyClient,
        run: (call) => call(),
        close: () => {},
      })
    const methods = init.service.methods.map((method) => [
      method.localName,
      isStream(method)
        ? (request: Request, options?: CallOptions) => this.#stream(method.localName, request, options)
        : (request: Request, options?: CallOptions) => this.#unary(method.localName, request, options),
    ])
    this.client = Object.fromEntries(methods) as RpcClient<S>
  }

  close(): void {
    for (const place of this.#places.values()) place.close()
    this.#places.clear()
  }

  #unary(method: string, request: Request, options?: CallOptions): Promise<Message> {
    return this.#route(method, request, ({ client, run }) =>
      run(() => (client[method] as AnyUnary)(request, options)),
    )
  }

  /** Routed until the first item comes; what breaks after that is for the caller, who knows where to resume. */
  #stream(method: string, request: Request, options?: CallOptions): AsyncIterableIterator<Message> {
    return streamFrom(() =>
      this.#route(method, request, ({ client, run }) =>
        run(async () => {
          const items = (client[method] as AnyStream)(request, options)[Symbol.asyncIterator]()
          return { items, first: await items.next() }
        }),
      ),
    )
  }

  async #route<T>(method: string, request: Request, run: (place: Place) => Promise<T>): Promise<T> {
    const key = this.#init.keyOf?.(request)
    const tried = new Set<string>()
    let failure: unknown
    let address = (key === undefined ? undefined : this.#owners.get(key)) ?? this.#choose(key, tried)
    for (let hop = 0; hop < MOST_HOPS && address !== undefined; hop++) {
      tried.add(address)
      try {
        const result = await run(this.#place(address))
        if (key !== undefined) this.#remember(key, address)
        return result
      } catch (error) {
        failure = error
        if (key !== undefined) this.#owners.delete(key)
        address = this.#next(method, key, error, tried)
      }
    }
    if (tried.size > 0) throw failure
    // Made only when it is thrown: an error that nobody sees costs as much as the call.
    throw new RpcError('rpc.unavailable', 'No process of the service is known.')
  }

  /** Who is to be asked after this error; `undefined`: nobody, it is the answer. */
  #next(
    method: string,
    key: string | undefined,
    error: unknown,
    tried: ReadonlySet<string>,
  ): string | undefined {
    if (!isStoaError(error)) return undefined
    const moved = this.#init.placeOf?.(error)
    if (moved !== undefined && moved !== '') return tried.has(moved) ? undefined : moved
    const again = this.#init.repeatable(method) || error.details?.sent === false
    const down = error.code === 'rpc.unavailable' && again
    return moved === '' || down ? this.#choose(key, tried) : undefined
  }

  #choose(key: string | undefined, tried: ReadonlySet<string>): string | undefined {
    if (this.#init.home && !tried.has(HOME)) return HOME
    const places = (this.#init.discovery?.places() ?? []).filter((place) => !tried.has(place))
    if (key === undefined) return places[this.#turn++ % Math.max(1, places.length)]
    return places.reduce<string | undefined>(
      (best, place) => (best === undefined || weight(key, place) > weight(key, best) ? place : best),
      undefined,
    )
  }

  #place(address: string): Place {
    const known = this.#places.get(address)
    if (known !== undefined) return known
    const { client, close } = this.#init.dial(address)
    const breaker = new Breaker({ onChange: (open) => this.#init.onCircuit?.(address, open) })
    const place: Place = {
      client: client as unknown as AnyClient,
      run: (call) => breaker.run(call),
      close,
    }
    this.#places.set(address, place)
    return place
  }

  #remember(key: string, address: string): void {
    if (this.#owners.get(key) === address) return
    this.#owners.set(key, address)
    const [oldest] = this.#owners.size > MOST_REMEMBERED ? this.#owners.keys() : []
    if (oldest !== undefined) this.#owners.delete(oldest)
  }
}

/** Rendezvous hashing (Thaler, Ravishankar 1998) over FNV-1a: a process that comes or goes moves only its own share. */
function weight(key: string, place: string): number {
  let hash = 0x811c9dc5
  for (const text of [key, place])
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}
