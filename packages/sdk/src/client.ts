import { type paths, routes } from '@stoa/contracts'
import { uuidv7 } from '@stoa/kernel'
import createOpenApiClient, { type Client as OpenApiClient } from 'openapi-fetch'
import { authorizedFetch, type Fetch, type TokenSource } from './authorized-fetch.ts'
import { errorOf } from './errors.ts'
import { type FollowOptions, followEvents, type StreamEvent } from './events.ts'
import type { Input, OperationId, Output } from './operation-types.ts'

/** Which server, as whom, and by what means. */
export interface ClientOptions {
  /** Scheme and host of the server, e.g. `https://read.example`. */
  readonly baseUrl: string
  /** Without it only public operations succeed. */
  readonly tokens?: TokenSource
  readonly fetch?: Fetch
}

/** What one call may bring besides its input. */
export interface CallOptions {
  readonly signal?: AbortSignal
  /** For a write that is tried again later: the key of the first try. A new one otherwise. */
  readonly idempotencyKey?: string
}

/** The API of one server, typed from its contract. */
export interface Client {
  /**
   * Calls an operation of the contract: `await client.call('getBook', { path: { book_id } })`. JSON is parsed, text is
   * text, everything else a stream of bytes.
   * @throws ApiError when the server answers with a problem; ConnectionError when it cannot be reached
   */
  call<Op extends OperationId>(operation: Op, ...input: CallArguments<Op>): Promise<Output<Op>>
  /** Live events, resumed after every break until `signal` aborts. @throws ApiError when they may not be followed any more */
  events(options?: FollowOptions): AsyncGenerator<StreamEvent>
  /** By path, with replies and errors as they come: `client.http.GET('/api/v1/books', …)`. */
  readonly http: OpenApiClient<paths>
}

/** The input may be left out where nothing in it is required. */
type CallArguments<Op extends OperationId> =
  Record<never, never> extends Input<Op>
    ? [input?: Input<Op>, options?: CallOptions]
    : [input: Input<Op>, options?: CallOptions]

interface AnyInput {
  readonly path?: Record<string, unknown>
  readonly query?: Record<string, unknown>
  readonly headers?: Record<string, unknown>
  readonly body?: unknown
}

/** A client of the server at `baseUrl`. It keeps nothing and sends nothing before the first call. */
export function createClient(options: ClientOptions): Client {
  const baseUrl = options.baseUrl.replace(/\/$/, '')
  const plain: Fetch = options.fetch ?? ((request) => globalThis.fetch(request))
  const fetch = authorizedFetch(plain, options.tokens)
  const http = createOpenApiClient<paths>({ baseUrl, fetch })
  http.use({ onRequest: ({ request }) => withIdempotencyKey(request) })
  return {
    http,
    call: async (operation, ...[input, callOptions]) =>
      send(http, operation, (input ?? {}) as AnyInput, callOptions),
    events: (followOptions) => followEvents(`${baseUrl}${routes.streamEvents.path}`, fetch, followOptions),
  }
}

/** Every POST may be repeated safely: when its reply is lost, or after the token was renewed. */
function withIdempotencyKey(request: Request): Request {
  if (request.method === 'POST' && !request.headers.has('idempotency-key')) {
    request.headers.set('idempotency-key', uuidv7())
  }
  return request
}

async function send<Op extends OperationId>(
  http: OpenApiClient<paths>,
  operation: Op,
  { path, query, headers, body }: AnyInput,
  { signal, idempotencyKey }: CallOptions = {},
): Promise<Output<Op>> {
  const route = routes[operation]
  const request = http.request as unknown as UntypedRequest
  const bytes = body instanceof Uint8Array || body instanceof Blob
  const { response, error } = await request(route.method.toLowerCase(), route.path, {
    params: { path, query },
    headers: { ...headers, ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }) },
    ...(body === undefined ? {} : { body }),
    ...(bytes ? { bodySerializer: (raw: unknown) => raw } : {}),
    ...(signal ? { signal } : {}),
    parseAs: 'stream',
  })
  if (!response.ok) throw errorOf(response, error)
  return (await read(response)) as Output<Op>
}

type UntypedRequest = (
  method: string,
  path: string,
  init: Readonly<Record<string, unknown>>,
) => Promise<{ response: Response; error?: unknown }>

async function read(response: Response): Promise<unknown> {
  const type = response.headers.get('content-type')?.split(';')[0] ?? ''
  if (response.status === 204 || type === '') return undefined
  if (type === 'application/json') return response.json()
  // Other JSON, e.g. JSON-LD, is a file to be kept as it was written.
  return /^text\/|\+json$/.test(type) ? response.text() : (response.body ?? new Uint8Array())
}
