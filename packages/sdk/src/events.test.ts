import { expect, test } from 'vitest'
import { createClient } from './client.ts'
import type { FollowOptions } from './events.ts'

const encoder = new TextEncoder()

/** A stream of the given pieces; it then breaks, ends, or stays silent. */
const stream =
  (pieces: readonly string[], then: 'break' | 'end' | 'silence' = 'end') =>
  (signal: AbortSignal): Response => {
    const left = [...pieces]
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        signal.addEventListener('abort', () => controller.error(signal.reason), { once: true })
      },
      pull(controller) {
        const piece = left.shift()
        if (piece !== undefined) controller.enqueue(encoder.encode(piece))
        else if (then === 'break') controller.error(new Error('reset by peer'))
        else if (then === 'end') controller.close()
        else return new Promise(() => {})
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }

const event = (id: number, type: string) =>
  `id: ${id}\nevent: ${type}\ndata: {"payload":{"n":${id}},"created_at":"t"}\n\n`

/** Follows a server that gives these answers one after another, until `count` events came. */
async function follow(
  answers: readonly ((signal: AbortSignal) => Response)[],
  count: number,
  options: FollowOptions = {},
) {
  const resumedFrom: (string | null)[] = []
  const states: string[] = []
  const leaving = new AbortController()
  const client = createClient({
    baseUrl: 'https://read.example',
    fetch: async ({ headers, signal }) => {
      resumedFrom.push(headers.get('last-event-id'))
      const answer = answers[resumedFrom.length - 1]
      if (!answer) throw new TypeError('no more answers')
      return answer(signal)
    },
  })
  const got: string[] = []
  const onState = (state: string) => states.push(state)
  const events = client.events({ signal: leaving.signal, backoffMs: 1, random: () => 0, onState, ...options })
  for await (const { id, type, payload } of events) {
    got.push(`${type}#${id}:${payload.n}`)
    if (got.length === count) leaving.abort()
  }
  return { got, resumedFrom, states }
}

test('after a break it goes on after the last event, each once and in order', async () => {
  const { got, resumedFrom, states } = await follow(
    [
      stream([event(1, 'a.x'), event(2, 'a.y').slice(0, 20)], 'break'),
      () => {
        throw new TypeError('connection refused')
      },
      stream([event(2, 'a.y'), event(3, 'a.z')]),
    ],
    3,
  )
  expect(got).toEqual(['a.x#1:1', 'a.y#2:2', 'a.z#3:3'])
  expect(resumedFrom).toEqual([null, '1', '1'])
  expect(states).toEqual(['connecting', 'open', 'waiting', 'connecting', 'waiting', 'connecting', 'open'])
})

test('it begins after the event it was told', async () => {
  const { resumedFrom } = await follow([stream([event(8, 'a.x')])], 1, { lastEventId: '7' })
  expect(resumedFrom).toEqual(['7'])
})

test('silence longer than the heartbeat is a break', async () => {
  const { got } = await follow([stream([event(1, 'a.x')], 'silence'), stream([event(2, 'a.y')])], 2, {
    silenceMs: 30,
  })
  expect(got).toEqual(['a.x#1:1', 'a.y#2:2'])
})

test.each([
  [503, 2],
  [429, 2],
])('a %d is tried again', async (status, tries) => {
  const busy = () => new Response('{}', { status, headers: { 'retry-after': '0' } })
  const { resumedFrom } = await follow([busy, stream([event(1, 'a.x')])], 1)
  expect(resumedFrom).toHaveLength(tries)
})

test.each([401, 403])('a %d ends it: trying again would not help', async (status) => {
  await expect(follow([() => new Response('{}', { status })], 1)).rejects.toMatchObject({ status })
})
