import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { until } from '@stoa/testkit/until'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { type Channel, webSocketChannel } from './socket.ts'

/** Two clients on real sockets, with the channel to each and what it got. */
async function clients() {
  const server = createServer().listen(0, '127.0.0.1')
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  const channels: Channel[] = []
  server.on('upgrade', (request, raw, head) =>
    sockets.handleUpgrade(request, raw, head, (socket) =>
      channels.push(webSocketChannel(socket, raw, () => {})),
    ),
  )
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const got: Buffer[][] = []
  const closed: Promise<unknown>[] = []
  for (const index of [0, 1]) {
    const client = new WebSocket(`ws://127.0.0.1:${port}`)
    const heard: Buffer[] = []
    client.on('message', (data) => heard.push(data as Buffer))
    await once(client, 'open')
    await until('the client is accepted', () => channels.length === index + 1)
    got.push(heard)
    closed.push(once(client, 'close'))
    onTestFinished(() => client.terminate())
  }
  onTestFinished(() => void server.close())
  return { channels, got, closed }
}

test('messages of every size reach everybody they are sent to, whole and in order', async () => {
  const { channels, got } = await clients()
  const sizes = [1, 0, 125, 126, 127, 65_535, 65_536, 3, 300_000, 126]
  const messages = sizes.map((size, n) => new Uint8Array(size).fill(n))
  for (const message of messages) for (const channel of channels) channel.send(message)
  for (const heard of got) {
    await until('all messages', () => heard.length === sizes.length)
    expect(heard.map((bytes) => bytes.length)).toEqual(sizes)
    for (const [n, bytes] of heard.entries()) expect(bytes.equals(messages[n] ?? new Uint8Array())).toBe(true)
  }
})

test('what waits to be sent is counted, and nothing is sent after the end', async () => {
  const { channels, got, closed } = await clients()
  const [channel] = channels
  if (channel === undefined) throw new Error('nobody came')
  for (let n = 0; n < 200; n++) channel.send(new Uint8Array(60_000))
  expect(channel.buffered).toBeGreaterThan(1_000_000)
  await until('all messages', () => got[0]?.length === 200)
  expect(channel.buffered).toBe(0)
  channel.close('restarting', 'The server restarts.')
  channel.send(new Uint8Array(3))
  await closed[0]
  expect(got[0]?.length).toBe(200)
})
