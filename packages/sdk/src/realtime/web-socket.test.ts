import { decodeClientFrame } from '@stoa/contracts/realtime'
import { expect, onTestFinished, test } from 'vitest'
import { TopicClient } from './topic-client.ts'
import { type SocketLike, webSocketTransport } from './web-socket.ts'

const TOKEN = 'header.payload.signature'

/** Sockets that open when they are told to, with everything that was given to make them. */
function sockets() {
  const made: unknown[][] = []
  const sent: Uint8Array[] = []
  const onOpen: (() => void)[] = []
  const open = (...given: [url: string]): SocketLike => {
    made.push(given)
    return {
      ...{ binaryType: 'blob', readyState: 1, close: () => {} },
      send: (data) => void sent.push(data),
      addEventListener: (type: string, listener: unknown) => {
        if (type === 'open') onOpen.push(listener as () => void)
      },
    }
  }
  return { made, sent, open, opened: () => onOpen.at(-1)?.() }
}

test('CONN-1: the access token is in the first frame, and in no URL, header or sub-protocol', async () => {
  const { made, sent, open, opened } = sockets()
  const client = new TopicClient({
    ...{ baseUrl: 'https://stoa.example', tokens: { get: () => TOKEN } },
    transport: webSocketTransport(open),
  })
  onTestFinished(() => client.stop())
  client.start()
  client.follow('account', {})
  await expect.poll(() => made.length).toBe(1)
  expect(made).toEqual([['wss://stoa.example/realtime/v1']])
  opened()
  await expect.poll(() => sent.length).toBeGreaterThan(0)
  const [hello] = sent
  expect(hello && decodeClientFrame(hello)).toEqual({ kind: 'hello', version: 1, token: TOKEN })
})

test('CONN-1: of a document the URL holds the ticket, which is good once', () => {
  const { made, open } = sockets()
  const to = { baseUrl: 'http://stoa.example', path: '/yjs/d', ticket: 'a.b' }
  webSocketTransport(open)(to, { onOpen: () => {}, onMessage: () => {}, onClose: () => {} })
  expect(made).toEqual([['ws://stoa.example/yjs/d?ticket=a.b']])
})
