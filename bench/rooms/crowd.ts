/**
 * A crowd in a process of its own, so that the server is measured and not its clients: `node crowd.ts`, with a {@link Crowd} as
 * JSON on its standard input. Every socket follows one room and keeps when it saw each message; people send over HTTP at a
 * rate that waits for nobody. Prints a {@link CrowdReport} as JSON.
 */
import { json } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { decodeServerFrame, encodeClientFrame } from '@stoa/contracts/realtime'
import { uuidv7 } from '@stoa/kernel'
import { createClient } from '@stoa/sdk'

export interface Crowd {
  readonly url: string
  /** Access tokens of those who are in all rooms. */
  readonly tokens: readonly string[]
  readonly rooms: readonly string[]
  readonly sockets: number
  /** Messages a second, and for how long. */
  readonly rate: number
  readonly seconds: number
}

export interface CrowdReport {
  readonly sockets: number
  readonly sent: number
  readonly failed: number
  /** From the moment a message was due; milliseconds. */
  readonly acknowledged: readonly number[]
  /** Of every socket that was to see it. */
  readonly seen: readonly number[]
  readonly lost: number
  readonly repeated: number
  /** Messages that came to a socket before one with a lower sequence. */
  readonly disordered: number
  /** Messages a second, from the first to the last acknowledgement. */
  readonly reached: number
}

interface Listener {
  readonly room: string
  /** When each message came, by its id. */
  readonly came: Map<string, number>
  last: number
  repeated: number
  disordered: number
}

/** So many sockets are opened at once. */
const AT_ONCE = 25
/** So long after the last acknowledgement a message may still come. */
const PATIENCE_MS = 15_000

const crowd = (await json(process.stdin)) as Crowd

function hear(listener: Listener, bytes: Uint8Array, followed: () => void): void {
  const now = performance.now()
  const frame = decodeServerFrame(bytes)
  if (frame.kind === 'following') followed()
  if (frame.kind !== 'event' || frame.type !== 'message.created') return
  const { message_id, sequence } = frame.payload as { message_id: string; sequence: number }
  if (listener.came.has(message_id)) listener.repeated++
  else listener.came.set(message_id, now)
  if (sequence < listener.last) listener.disordered++
  listener.last = Math.max(listener.last, sequence)
}

function open(n: number): Promise<Listener> {
  const room = crowd.rooms[n % crowd.rooms.length] as string
  const token = crowd.tokens[Math.floor(n / crowd.rooms.length) % crowd.tokens.length] as string
  const listener: Listener = { room, came: new Map(), last: 0, repeated: 0, disordered: 0 }
  const socket = new WebSocket(`${crowd.url.replace('http', 'ws')}/realtime/v1`)
  socket.binaryType = 'arraybuffer'
  return new Promise((resolve, reject) => {
    const say = (frame: Parameters<typeof encodeClientFrame>[0]) => socket.send(encodeClientFrame(frame))
    socket.addEventListener('open', () => {
      say({ kind: 'hello', version: 1, token })
      say({ kind: 'follow', topic: `room:${room}` })
    })
    socket.addEventListener('message', ({ data }) =>
      hear(listener, new Uint8Array(data as ArrayBuffer), () => resolve(listener)),
    )
    socket.addEventListener('close', ({ code, reason }) => reject(new Error(`closed: ${code} ${reason}`)))
    setInterval(() => socket.readyState === WebSocket.OPEN && say({ kind: 'ping' }), 15_000).unref()
  })
}

interface Sent {
  readonly id: string
  readonly room: string
  readonly due: number
  acknowledged?: number
}

async function speak(): Promise<Sent[]> {
  const clients = crowd.tokens.map((token) =>
    createClient({ baseUrl: crowd.url, tokens: { get: async () => token } }),
  )
  const all: Sent[] = []
  const answers: Promise<void>[] = []
  const started = performance.now()
  for (let n = 0; n < crowd.rate * crowd.seconds; n++) {
    const due = started + (n * 1000) / crowd.rate
    const wait = due - performance.now()
    if (wait > 0) await delay(wait)
    const room = crowd.rooms[n % crowd.rooms.length] as string
    const sent: Sent = { id: uuidv7(), room, due }
    all.push(sent)
    const body = { id: sent.id, body: `Message ${n}: what do you make of the third chapter?` }
    const told = clients[n % clients.length]?.call('sendMessage', { path: { room_id: room }, body })
    answers.push(
      Promise.resolve(told).then(
        () => {
          sent.acknowledged = performance.now()
        },
        () => {},
      ),
    )
  }
  await Promise.all(answers)
  return all
}

const listeners: Listener[] = []
for (let n = 0; n < crowd.sockets; n += AT_ONCE) {
  const some = Array.from({ length: Math.min(AT_ONCE, crowd.sockets - n) }, (_, each) => open(n + each))
  listeners.push(...(await Promise.all(some)))
}
const sent = await speak()
const kept = sent.filter((one) => one.acknowledged !== undefined)
const missing = () =>
  listeners.flatMap((one) => kept.filter(({ id, room }) => room === one.room && !one.came.has(id))).length
for (const end = performance.now() + PATIENCE_MS; missing() > 0 && performance.now() < end; ) await delay(100)

const ends = kept.map((one) => one.acknowledged ?? 0)
const report: CrowdReport = {
  sockets: listeners.length,
  sent: kept.length,
  failed: sent.length - kept.length,
  acknowledged: kept.map(({ due, acknowledged = due }) => acknowledged - due),
  seen: listeners.flatMap(({ room, came }) =>
    kept.flatMap((one) => {
      const at = one.room === room ? came.get(one.id) : undefined
      return at === undefined ? [] : [at - one.due]
    }),
  ),
  lost: missing(),
  repeated: listeners.reduce((sum, one) => sum + one.repeated, 0),
  disordered: listeners.reduce((sum, one) => sum + one.disordered, 0),
  reached: kept.length / ((Math.max(...ends) - Math.min(...kept.map(({ due }) => due))) / 1000),
}
process.stdout.write(JSON.stringify(report), () => process.exit())
