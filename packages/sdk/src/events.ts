import type { LiveEvent } from '@stoa/contracts'
import type { Fetch } from './authorized-fetch.ts'
import { ApiError, ConnectionError, errorOf } from './errors.ts'
import { SseParser, type WireEvent } from './sse-parser.ts'

/**
 * What happened on the server, or to the stream: `ready` (everything missed has been delivered, what follows is live) and
 * `reset` (events are missing: read again what you hold).
 */
export interface StreamEvent extends Partial<Omit<LiveEvent, 'payload'>> {
  /** `book.updated`, `highlight.created` …, or `ready`, `reset`. */
  readonly type: string
  /** Give it as `lastEventId` to go on after this event. */
  readonly id: string
  readonly payload: Readonly<Record<string, unknown>>
}

/** From where, how patiently, and who is told of the connection. */
export interface FollowOptions {
  readonly lastEventId?: string
  readonly signal?: AbortSignal
  /** Told whenever the connection comes or goes. */
  readonly onState?: (state: 'connecting' | 'open' | 'waiting') => void
  /** Between 0 and 1; spreads clients that lost the same server. */
  readonly random?: () => number
  /** Without a byte for so long (the server sends comments) the connection is given up. Milliseconds. */
  readonly silenceMs?: number
  /** The first wait; it doubles up to thirty seconds. Milliseconds. */
  readonly backoffMs?: number
}

const SILENCE_MS = 45_000
const LONGEST_WAIT_MS = 30_000

/** Follows the stream across breaks, each event once and in order. Ends when `signal` aborts. @throws ApiError */
export async function* followEvents(
  url: string,
  fetch: Fetch,
  options: FollowOptions = {},
): AsyncGenerator<StreamEvent> {
  const { signal, onState, random = Math.random, backoffMs = 1000 } = options
  let { lastEventId } = options
  let failures = 0
  while (!signal?.aborted) {
    onState?.('connecting')
    let wait: number | undefined
    try {
      for await (const event of connection(url, fetch, lastEventId, options)) {
        failures = 0
        lastEventId = event.id || lastEventId
        yield toStreamEvent(event)
      }
    } catch (error) {
      if (signal?.aborted) return
      wait = waitAfter(error)
      failures += 1
    }
    if (signal?.aborted) return
    onState?.('waiting')
    const backoff = Math.min(LONGEST_WAIT_MS, backoffMs * 2 ** Math.max(0, failures - 1))
    await delay(wait ?? backoff * (0.5 + random() / 2), signal)
  }
}

/** How long the server asks to wait. Rethrows what will not get better by trying again. */
function waitAfter(error: unknown): number | undefined {
  if (error instanceof ConnectionError) return undefined
  if (!(error instanceof ApiError)) throw error
  if (error.status !== 429 && error.status < 500) throw error
  return error.retryAfter === undefined ? undefined : error.retryAfter * 1000
}

async function* connection(
  url: string,
  fetch: Fetch,
  lastEventId: string | undefined,
  { signal, onState, silenceMs = SILENCE_MS }: FollowOptions,
): AsyncGenerator<WireEvent> {
  const giveUp = new AbortController()
  const leave = () => giveUp.abort()
  signal?.addEventListener('abort', leave, { once: true })
  let timer = setTimeout(leave, silenceMs)
  try {
    const headers = new Headers({ accept: 'text/event-stream' })
    if (lastEventId !== undefined) headers.set('last-event-id', lastEventId)
    const response = await fetch(new Request(url, { headers, signal: giveUp.signal, cache: 'no-store' }))
    if (!response.ok) throw errorOf(response, await response.json().catch(() => undefined))
    onState?.('open')
    const parser = new SseParser()
    const decoder = new TextDecoder()
    for await (const chunk of chunksOf(response)) {
      clearTimeout(timer)
      timer = setTimeout(leave, silenceMs)
      yield* parser.push(decoder.decode(chunk, { stream: true }))
    }
  } catch (error) {
    // A broken body and our own giving up are breaks like any other; the caller's abort is looked at outside.
    throw error instanceof ApiError ? error : new ConnectionError('The stream broke.', { cause: error })
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', leave)
    giveUp.abort()
  }
}

/** Not every browser lets a body be iterated. */
async function* chunksOf(response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader()
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) yield part.value
}

function toStreamEvent({ id, type, data }: WireEvent): StreamEvent {
  const { payload = {}, ...rest } = JSON.parse(data) as Partial<LiveEvent>
  return { id, type, payload, ...rest }
}

function delay(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    signal?.addEventListener('abort', end, { once: true })
  })
}
