import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { duplexPair } from 'node:stream'
import { CLOSE, encodeClientFrame } from '@stoa/contracts/realtime'
import { ManualClock, seededRandom, silentLogger } from '@stoa/kernel'
import { until } from '@stoa/testkit/until'
import { expect, onTestFinished, test } from 'vitest'
import { createSessions } from '../../capabilities/sessions/index.ts'
import { createStateSync } from '../../capabilities/statesync/index.ts'
import { noSignals } from '../../platform/bus/signals.ts'
import { Gateway } from './gateway.ts'

const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
/** A token with an end, as `expiryOf` reads it; who it is for the authenticator says. */
const TOKEN = `x.${Buffer.from('{"exp":2000000000}').toString('base64url')}.x`

/** A gateway without a network; `upgrade` gives the client's end of a socket, and what the server wrote to it. */
function gateway(limits: { pingMs?: number } = {}) {
  const init = { clock: new ManualClock(), random: seededRandom(7), log: silentLogger }
  const { client: statesync } = createStateSync(init)
  const { client: sessions } = createSessions(init)
  const traced: (string | undefined)[] = []
  const one = new Gateway({
    ...{ ...init, statesync, signals: noSignals, onSlow: () => {}, quantum: undefined },
    limits: { messageBytes: 1_000, ...limits },
    tickets: { redeem: async () => undefined },
    access: { modeFor: async () => undefined },
    identity: { isCurrent: async () => true },
    topics: { follow: async () => undefined, delivered: () => 0 },
    messageFor: async () => undefined,
    authenticator: {
      verify: async () => ({ tenantId: 't', accountId: 'a', sessionId: 's', role: 'member' }),
    },
    events: { subscribe: () => () => {} },
    sessions: {
      ...sessions,
      createSession: (request, options) => {
        traced.push(options?.traceparent)
        return sessions.createSession(request, options)
      },
    },
  })
  onTestFinished(() => one.stop())
  const upgrade = (headers: Readonly<Record<string, string>> = {}) => {
    const [client, server] = duplexPair()
    const request = new IncomingMessage(new Socket())
    Object.assign(request, { method: 'GET', url: '/realtime/v1' })
    Object.assign(request.headers, {
      ...{ upgrade: 'websocket', connection: 'Upgrade', ...headers },
      ...{ 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' },
    })
    let written = Buffer.alloc(0)
    client.on('data', (bytes: Buffer) => {
      written = Buffer.concat([written, bytes])
    })
    one.upgrade(request, server, Buffer.alloc(0))
    const frames = () => written.subarray(written.indexOf('\r\n\r\n') + 4)
    return { client, frames, send: (frame: Buffer) => void client.write(frame) }
  }
  return { upgrade, traced, start: () => one.start() }
}

const FIN = 0x80
const TEXT = 1
const BINARY = 2
const CLOSING = 8
const PING = 9

/** A frame as clients send it (RFC 6455, section 5.2), masked with zeros. */
function masked(opcode: number, payload: Uint8Array): Buffer {
  const length = payload.length < 126 ? [payload.length] : [126, payload.length >> 8, payload.length & 255]
  const [first = 0, ...rest] = length
  return Buffer.from([FIN | opcode, FIN | first, ...rest, 0, 0, 0, 0, ...payload])
}

/** The code of the close frame, once the server has sent it. */
async function closedWith(frames: () => Buffer): Promise<number> {
  await until('it is closed', () => frames()[0] === (FIN | CLOSING))
  return frames().readUInt16BE(2)
}

test('CONN-6: a text message ends the connection as malformed', async () => {
  const { upgrade } = gateway()
  const { frames, send } = upgrade()
  send(masked(TEXT, Buffer.from('hello')))
  expect(await closedWith(frames)).toBe(CLOSE.malformed)
})

test('CONN-2: a message above the limit of the gateway ends the connection with 1009', async () => {
  const { upgrade } = gateway()
  const { frames, send } = upgrade()
  send(masked(BINARY, new Uint8Array(1_001)))
  expect(await closedWith(frames)).toBe(1009)
})

test('who says nothing for a while is gone; who talks and answers no ping, since that waits behind the talk, is not', async () => {
  const { upgrade, start } = gateway({ pingMs: 40 })
  const [silent, talker] = [upgrade(), upgrade()]
  const hello = masked(BINARY, encodeClientFrame({ kind: 'hello', version: 1, token: TOKEN }))
  for (const one of [silent, talker]) one.send(hello)
  const talk = setInterval(() => talker.send(masked(BINARY, encodeClientFrame({ kind: 'ping' }))), 5)
  onTestFinished(() => clearInterval(talk))
  await start()
  const asked = ({ frames }: typeof silent) =>
    frames().filter((byte, at, all) => byte === (FIN | PING) && all[at + 1] === 0).length
  await until('the talker was asked four times', () => asked(talker) >= 4)
  expect(asked(silent)).toBe(1)
})

test('CONN-5: the traceparent of the upgrade request goes to the service, and nothing else that stands there', async () => {
  const { upgrade, traced } = gateway()
  const hello = masked(BINARY, encodeClientFrame({ kind: 'hello', version: 1, token: TOKEN }))
  for (const [header, expected] of [
    [TRACE, TRACE],
    ['nonsense', undefined],
  ] as const) {
    const { frames, send } = upgrade({ traceparent: header })
    send(hello)
    await until('it is welcome', () => frames().length > 0)
    await until('its session is made', () => traced.length > 0)
    expect(traced.splice(0)).toEqual([expected])
  }
})
