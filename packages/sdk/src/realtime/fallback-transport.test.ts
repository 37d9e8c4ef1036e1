import { expect, test } from 'vitest'
import { withFallback } from './fallback-transport.ts'
import { BROKEN, type Destination, type LinkEvents, type Transport } from './transport.ts'

const DEADLINE_MS = 700
const TOPICS: Destination = { baseUrl: 'https://stoa.example', path: '/realtime/v1' }
const DOCUMENT: Destination = { baseUrl: 'https://stoa.example', path: '/yjs/d', ticket: 't' }

/** A transport whose links do what the test says. */
function fakeTransport(name: string) {
  const links: { events: LinkEvents; sent: number[]; closed: boolean }[] = []
  const transport: Transport = (_, events) => {
    const link = { events, sent: [] as number[], closed: false }
    links.push(link)
    return {
      send: (message) => void link.sent.push(...message),
      close: () => {
        link.closed = true
      },
    }
  }
  const newest = () => {
    const link = links.at(-1)
    if (link === undefined) throw new Error(`${name} was not opened`)
    return link
  }
  return {
    transport,
    get opened() {
      return links.length
    },
    get link() {
      return newest()
    },
    open: () => newest().events.onOpen(name),
    say: (byte: number) => newest().events.onMessage(Uint8Array.of(byte)),
    end: (code: number) => newest().events.onClose(code),
  }
}

/** Time that passes when it is told to. */
function fakeTime() {
  const due = new Set<{ at: number; run: () => void }>()
  let now = 0
  return {
    due,
    later: (run: () => void, milliseconds: number) => {
      const one = { at: now + milliseconds, run }
      due.add(one)
      return () => void due.delete(one)
    },
    pass(milliseconds: number) {
      now += milliseconds
      for (const one of [...due]) {
        if (one.at > now) continue
        due.delete(one)
        one.run()
      }
    },
  }
}

function scene() {
  const [quantum, socket, time] = [fakeTransport('quantum'), fakeTransport('websocket'), fakeTime()]
  const transport = withFallback({
    ...{ preferred: quantum.transport, fallback: socket.transport },
    ...{ deadlineMs: DEADLINE_MS, later: time.later },
  })
  const told: (string | number)[] = []
  const open = (to = TOPICS) =>
    transport(to, {
      onOpen: (over) => void told.push(`open ${over}`),
      onMessage: ([byte = -1]) => void told.push(byte),
      onClose: (code) => void told.push(`closed ${code}`),
    })
  return { quantum, socket, time, told, open }
}

test('UDP-4: both are opened at once; the preferred one is taken though the other is ready first', () => {
  const { quantum, socket, time, told, open } = scene()
  const link = open()
  expect([quantum.opened, socket.opened]).toEqual([1, 1])
  socket.open()
  time.pass(DEADLINE_MS - 1)
  expect(told).toEqual([])
  quantum.open()
  expect(told).toEqual(['open quantum'])
  expect(socket.link.closed).toBe(true)
  expect(time.due.size).toBe(0)
  link.send(Uint8Array.of(7))
  quantum.say(8)
  expect(quantum.link.sent).toEqual([7])
  expect(told).toEqual(['open quantum', 8])
})

test('UDP-4, UDP-6: when the preferred one does not answer, the fallback is used at the deadline, and at once from then on', () => {
  const { quantum, socket, time, told, open } = scene()
  const link = open()
  socket.open()
  time.pass(DEADLINE_MS)
  expect(told).toEqual(['open websocket'])
  expect(quantum.link.closed).toBe(true)
  link.send(Uint8Array.of(7))
  expect(socket.link.sent).toEqual([7])
  socket.end(1012)
  expect(told).toEqual(['open websocket', 'closed 1012'])
  open()
  expect([quantum.opened, socket.opened]).toEqual([1, 2])
  socket.open()
  expect(told.at(-1)).toBe('open websocket')
})

test('UDP-4: a preferred one that fails at once is not waited for', () => {
  const { quantum, socket, told, open } = scene()
  open()
  socket.open()
  quantum.end(BROKEN)
  expect(told).toEqual(['open websocket'])
})

test('after the deadline whichever opens first is taken', () => {
  const { quantum, socket, time, told, open } = scene()
  open()
  time.pass(DEADLINE_MS)
  expect(told).toEqual([])
  quantum.open()
  expect(told).toEqual(['open quantum'])
  expect(socket.link.closed).toBe(true)
})

test('UDP-4: one that breaks is not tried again; one that the server ends is', () => {
  const { quantum, socket, told, open } = scene()
  open()
  quantum.open()
  quantum.end(1012)
  open()
  expect(quantum.opened).toBe(2)
  quantum.open()
  quantum.end(BROKEN)
  open()
  expect([quantum.opened, socket.opened]).toEqual([2, 3])
  expect(told).toEqual(['open quantum', 'closed 1012', 'open quantum', `closed ${BROKEN}`])
})

test('when neither can be opened the end is told once, and both are tried again', () => {
  const { quantum, socket, time, told, open } = scene()
  open()
  socket.end(BROKEN)
  expect(told).toEqual([])
  time.pass(DEADLINE_MS)
  expect(told).toEqual([])
  quantum.end(BROKEN)
  expect(told).toEqual([`closed ${BROKEN}`])
  open()
  quantum.end(BROKEN)
  socket.end(BROKEN)
  expect(told).toEqual([`closed ${BROKEN}`, `closed ${BROKEN}`])
  open()
  expect([quantum.opened, socket.opened]).toEqual([3, 3])
})

test('a fallback that was ready and ended meanwhile is not used', () => {
  const { quantum, socket, time, told, open } = scene()
  open()
  socket.open()
  socket.end(1012)
  time.pass(DEADLINE_MS)
  expect(told).toEqual([])
  quantum.open()
  expect(told).toEqual(['open quantum'])
})

test('DOC-1: a ticket is shown to one of them at a time', () => {
  const { quantum, socket, time, told, open } = scene()
  open(DOCUMENT)
  expect([quantum.opened, socket.opened]).toEqual([1, 0])
  time.pass(DEADLINE_MS)
  expect(quantum.link.closed).toBe(true)
  expect(socket.opened).toBe(1)
  socket.open()
  expect(told).toEqual(['open websocket'])
})

test('whoever lets go of the race lets go of both', () => {
  const { quantum, socket, time, told, open } = scene()
  open().close()
  expect([quantum.link.closed, socket.link.closed, time.due.size]).toEqual([true, true, 0])
  expect(told).toEqual([])
})
