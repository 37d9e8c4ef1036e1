import type { ServerResponse } from 'node:http'
import type { EventStream, ServerSentEvent } from '@stoa/contracts'

const HEARTBEAT_MS = 15_000
/** A reader that takes nothing for this long is gone or too slow: it is closed and resumes by `Last-Event-ID`. */
const STALLED_MS = 30_000

export interface EventStreamOptions {
  readonly signal: AbortSignal
  readonly heartbeatMs?: number
  readonly stalledMs?: number
}

/** One event in the wire form of WHATWG HTML §9.2. `data` is JSON, so it never spans lines. */
export function encodeEvent({ id, event, data }: ServerSentEvent): string {
  const lines = [
    id !== undefined && `id: ${id}`,
    event !== undefined && `event: ${event}`,
    `data: ${JSON.stringify(data)}`,
  ]
  return `${lines.filter(Boolean).join('\n')}\n\n`
}

export const eventStreamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
} as const

/**
 * Sends events until the source ends, the reader leaves or `signal` aborts. Waits for the reader between events (the
 * source is pulled, never pushed), sends a comment when nothing happens, drops a reader that stalls. Resolves when done.
 */
export async function sendEvents(
  response: ServerResponse,
  events: EventStream,
  options: EventStreamOptions,
): Promise<void> {
  const { signal, heartbeatMs = HEARTBEAT_MS, stalledMs = STALLED_MS } = options
  const beat = setInterval(() => {
    if (!response.writableNeedDrain) response.write(': \n\n')
  }, heartbeatMs)
  const end = () => response.destroy()
  signal.addEventListener('abort', end, { once: true })
  try {
    response.write('retry: 2000\n\n')
    for await (const event of events) {
      if (signal.aborted || response.destroyed) break
      if (!response.write(encodeEvent(event)) && !(await drained(response, stalledMs))) break
    }
  } finally {
    clearInterval(beat)
    signal.removeEventListener('abort', end)
    if (!response.destroyed) response.end()
  }
}

/** Whether the reader caught up in time; a reader that did not is disconnected. */
function drained(response: ServerResponse, stalledMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (ok: boolean) => {
      clearTimeout(timer)
      response.off('drain', onDrain).off('close', onClose)
      if (!ok) response.destroy()
      resolve(ok)
    }
    const onDrain = () => settle(true)
    const onClose = () => settle(false)
    const timer = setTimeout(() => settle(false), stalledMs)
    response.once('drain', onDrain).once('close', onClose)
  })
}
