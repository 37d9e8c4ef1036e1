/**
 * A crowd in a process of its own, so that the server is measured and not its clients: `node crowd.ts`, with a {@link Crowd} as
 * JSON on its standard input. Every socket follows one room and keeps when it saw each message; people send over HTTP at a
 * rate that waits for nobody. Prints a {@link CrowdReport} as JSON. It stands for a thousand machines on the two processors
 * of the server: it takes the cheapest client there is for either protocol, and looks at what it kept afterwards.
 */
import { Agent, request } from 'node:http'
import { json } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { decodeServerFrame, encodeClientFrame } from '@stoa/contracts/realtime'
import { uuidv7 } from '@stoa/kernel'
import WebSocket from 'ws'

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
  /** Processor time that the crowd itself took while it talked; milliseconds. */
  readonly cpu: number
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
  const socket = new WebSocket(`${crowd.url.replace('http', 'ws')}/realtime/v1`, { perMessageDeflate: false })
  return new Promise((resolve, reject) => {
    const say = (frame: Parameters<typeof encodeClientFrame>[0]) => socket.send(encodeClientFrame(frame))
    socket.on('open', () => {
      say({ kind: 'hello', version: 1, token })
      say({ kind: 'follow', topic: `room:${room}` })
    })
    socket.on('message', (data: Buffer) => hear(listener, data, () => resolve(listener)))
    socket.on('error', reject)
    socket.on('close', (code, reason) => reject(new Error(`closed: ${code} ${reason}`)))
    setInterval(() => socket.readyState === WebSocket.OPEN && say({ kind: 'ping' }), 15_000).unref()
  })
}

interface Sent {
  readonly id: string
  readonly room: string
  readonly due: number
  acknowledged?: number
}

const agent = new Agent({ keepAlive: true })

/** As the SDK sends: with a key under which the reply is kept. @throws unless it was written */
function send(
  token: string,
  room: string,
  message: { readonly id: string; readonly body: string },
): Promise<void> {
  const body = JSON.stringify(message)
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'idempotency-key': message.id,
  }
  return new Promise((resolve, reject) => {
    const url = `${crowd.url}/api/v1/rooms/${room}/messages`
    const asking = request(url, { method: 'POST', agent, headers }, (answer) => {
      answer
        .on('error', reject)
        .on('end', () => (answer.statusCode === 201 ? resolve() : reject(answer)))
        .resume()
    })
    asking.on('error', reject).end(body)
  })
}

async function speak(): Promise<Sent[]> {
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
    const token = crowd.tokens[n % crowd.tokens.length] as string
    answers.push(
      send(token, room, body).then(
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
const before = process.cpuUsage()
const sent = await speak()
const { user, system } = process.cpuUsage(before)
const kept = sent.filter((one) => one.acknowledged !== undefined)
const keptIn = Map.groupBy(kept, ({ room }) => room)
const missing = () =>
  listeners.flatMap(({ room, came }) => (keptIn.get(room) ?? []).filter(({ id }) => !came.has(id))).length
for (const end = performance.now() + PATIENCE_MS; missing() > 0 && performance.now() < end; ) await delay(100)

const ends = kept.map((one) => one.acknowledged ?? 0)
const report: CrowdReport = {
  sockets: listeners.length,
  sent: kept.length,
  failed: sent.length - kept.length,
  acknowledged: kept.map(({ due, acknowledged = due }) => acknowledged - due),
  seen: listeners.flatMap(({ room, came }) =>
    (keptIn.get(room) ?? []).flatMap((one) => {
      const at = came.get(one.id)
      return at === undefined ? [] : [at - one.due]
    }),
  ),
  lost: missing(),
  repeated: listeners.reduce((sum, one) => sum + one.repeated, 0),
  disordered: listeners.reduce((sum, one) => sum + one.disordered, 0),
  cpu: (user + system) / 1000,
  reached: kept.length / ((Math.max(...ends) - Math.min(...kept.map(({ due }) => due))) / 1000),
}
process.stdout.write(JSON.stringify(report), () => process.exit())
