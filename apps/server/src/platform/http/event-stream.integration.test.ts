import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { ServerSentEvent } from '@stoa/contracts'
import { afterEach, expect, test } from 'vitest'
import type { Authenticator } from './authenticator.ts'
import { type EventStreamOptions, sendEvents } from './event-stream.ts'
import { handler, roleTokens, serve, type TestServer } from './testing/fixture.ts'

let server: TestServer | undefined
afterEach(() => server?.app.close())

async function listen(body: (signal: AbortSignal) => AsyncIterable<ServerSentEvent>): Promise<string> {
  server = await serve([handler('stream', ({ signal }) => ({ status: 200, body: body(signal) }))])
  return server.app.listen({ port: 0, host: '127.0.0.1' })
}

const until = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))

const open = (url: string, signal?: AbortSignal) =>
  fetch(`${url}/stream`, { headers: { authorization: 'Bearer guest' }, ...(signal ? { signal } : {}) })

test('events arrive as they happen, in the wire form', async () => {
  const url = await listen(async function* () {
    yield { id: '1', event: 'book.updated', data: { text: 'line\nline' } }
    yield { data: null }
  })
  const reply = await open(url)
  expect(reply.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(reply.headers.get('cache-control')).toBe('no-store, no-transform')
  expect(reply.headers.get('x-content-type-options')).toBe('nosniff')
  expect(await reply.text()).toBe(
    'retry: 2000\n\nid: 1\nevent: book.updated\ndata: {"text":"line\\nline"}\n\ndata: null\n\n',
  )
})

test('when the reader leaves, the source is told', async () => {
  let ended = false
  const left = Promise.withResolvers<void>()
  const url = await listen(async function* (signal) {
    yield { data: 1 }
    await until(signal)
    ended = true
    left.resolve()
  })
  const leaving = new AbortController()
  const reply = await open(url, leaving.signal)
  await reply.body?.getReader().read()
  leaving.abort()
  await left.promise
  expect(ended).toBe(true)
})

test('a reader who leaves before the stream begins is not waited for', async () => {
  const asked = Promise.withResolvers<void>()
  const answered = Promise.withResolvers<void>()
  const handled = Promise.withResolvers<boolean>()
  const stream = handler('stream', ({ signal }) => {
    handled.resolve(signal.aborted)
    return { status: 200, body: (async function* () {})() as AsyncIterable<ServerSentEvent> }
  })
  const verify: Authenticator['verify'] = async (token) => {
    asked.resolve()
    await answered.promise
    return roleTokens.verify(token)
  }
  server = await serve([stream], { authenticator: { verify } })
  const gone = Promise.withResolvers<void>()
  server.app.server.on('connection', (socket) => socket.once('close', () => gone.resolve()))
  const leaving = new AbortController()
  const request = open(await server.app.listen({ port: 0, host: '127.0.0.1' }), leaving.signal)
  await asked.promise
  leaving.abort()
  await expect(request).rejects.toThrow()
  await gone.promise
  answered.resolve()
  expect(await handled.promise).toBe(true)
  expect(server.openRequests.size).toBe(0)
})

test('when the server stops, streams end and stopping does not wait for them', async () => {
  const url = await listen(async function* (signal) {
    yield { data: 1 }
    await until(signal)
  })
  const reply = await open(url)
  const reader = reply.body?.getReader()
  await reader?.read()
  server?.openRequests.abortEndless()
  await server?.app.close()
  await expect(reader?.read().then(({ done }) => done)).rejects.toThrow()
  expect(server?.openRequests.size).toBe(0)
})

test('a source that fails ends the stream; the server lives on', async () => {
  const url = await listen(async function* () {
    yield { data: 1 }
    throw new Error('the source broke')
  })
  const first = await open(url)
  await first.text().catch(() => {})
  expect((await open(url)).status).toBe(200)
})

/** A bare HTTP server that sends `events` to whoever connects. */
async function bare(events: AsyncIterable<ServerSentEvent>, options: Partial<EventStreamOptions>) {
  const done = Promise.withResolvers<void>()
  const { signal } = new AbortController()
  const http = createServer((_, response) => {
    void sendEvents(response, events, { signal, ...options }).then(done.resolve, done.reject)
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  return { port: (http.address() as AddressInfo).port, done: done.promise, close: () => http.close() }
}

test('a reader that takes nothing is dropped', async () => {
  const data = 'x'.repeat(1024 * 1024)
  let sent = 0
  const events = (async function* () {
    for (; sent < 200; sent++) yield { data }
  })()
  const { port, done, close } = await bare(events, { stalledMs: 100 })
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  socket.pause()
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await done
  expect(sent).toBeLessThan(200)
  socket.destroy()
  close()
})

test('a quiet stream sends comments so that proxies keep it open', async () => {
  const beats = Promise.withResolvers<void>()
  const quiet: AsyncIterable<ServerSentEvent> = {
    [Symbol.asyncIterator]: () => ({
      next: () => beats.promise.then(() => ({ done: true, value: undefined })),
    }),
  }
  const { port, close } = await bare(quiet, { heartbeatMs: 10 })
  let text = ''
  const reply = await fetch(`http://127.0.0.1:${port}`)
  for await (const chunk of reply.body ?? []) {
    text += new TextDecoder().decode(chunk)
    if (text.split(': \n\n').length > 3) beats.resolve()
  }
  expect(text.startsWith('retry: 2000\n\n: \n\n')).toBe(true)
  close()
})
