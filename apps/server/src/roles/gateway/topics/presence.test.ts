import { decodeServerFrame } from '@stoa/contracts/realtime'
import { until } from '@stoa/testkit/until'
import { expect, onTestFinished, test } from 'vitest'
import type { Signals } from '../../../platform/bus/signals.ts'
import { type Follower, Presence } from './presence.ts'

const KEY = 'tenant/room:1'
const TOPIC = 'room:1'

/** Signals between processes of one test; a process that is cut off neither hears nor says anything. */
function network() {
  const listeners = new Set<{ from: object; channel: string; listener: (bytes: Uint8Array) => void }>()
  const connect = () => {
    const self = { cutOff: false }
    const signals: Signals = {
      publish: (channel, bytes) => {
        if (self.cutOff) return
        for (const one of [...listeners])
          if (one.from !== self && one.channel === channel) one.listener(new Uint8Array(bytes))
      },
      subscribe: (channel, listener) => {
        const entry = { from: self, channel, listener }
        listeners.add(entry)
        return () => listeners.delete(entry)
      },
    }
    return { self, signals }
  }
  return { connect, listeners }
}

function gateway(net: ReturnType<typeof network>, gatewayId: string) {
  const { self, signals } = net.connect()
  const presence = new Presence({ signals, gatewayId, tellMs: 20 })
  onTestFinished(() => presence.close())
  return { self, presence }
}

function follower(accountId: string) {
  const heard: string[] = []
  const one: Follower & { heard: string[] } = {
    accountId,
    heard,
    relaySignal: (bytes) => {
      const frame = decodeServerFrame(bytes)
      if (frame.kind === 'presence') heard.push(`${frame.account_id} ${frame.present ? 'here' : 'gone'}`)
      if (frame.kind === 'signal') heard.push(`${frame.account_id} ${frame.type}`)
    },
  }
  return one
}

test('TOPIC-9: who comes and goes at another gateway is told here, each account once', () => {
  const net = network()
  const [a, b] = [gateway(net, 'a').presence, gateway(net, 'b').presence]
  const [ada, bob, bobAgain] = [follower('ada'), follower('bob'), follower('bob')]
  a.join(KEY, TOPIC, ada)
  b.join(KEY, TOPIC, bob)
  expect(ada.heard).toEqual(['bob here'])
  expect(b.accounts(KEY)).toEqual(expect.arrayContaining(['ada', 'bob']))
  a.join(KEY, TOPIC, bobAgain)
  b.leave(KEY, bob)
  expect(ada.heard).toEqual(['bob here'])
  a.leave(KEY, bobAgain)
  expect(ada.heard).toEqual(['bob here', 'bob gone'])
})

test('TOPIC-8: typing reaches the followers everywhere but not who types', () => {
  const net = network()
  const [a, b] = [gateway(net, 'a').presence, gateway(net, 'b').presence]
  const [ada, bob] = [follower('ada'), follower('bob')]
  a.join(KEY, TOPIC, ada)
  b.join(KEY, TOPIC, bob)
  a.tell(KEY, ada, { kind: 'signal', topic: TOPIC, type: 'typing', account_id: 'ada' })
  a.tell('tenant/room:2', ada, { kind: 'signal', topic: 'room:2', type: 'typing', account_id: 'ada' })
  expect(bob.heard.filter((one) => one.endsWith('typing'))).toEqual(['ada typing'])
  expect(ada.heard).not.toContain('ada typing')
})

test('TOPIC-9: a gateway that died takes who was there with it; one that comes back brings them', async () => {
  const net = network()
  const [a, b] = [gateway(net, 'a'), gateway(net, 'b')]
  const [ada, bob] = [follower('ada'), follower('bob')]
  a.presence.join(KEY, TOPIC, ada)
  b.presence.join(KEY, TOPIC, bob)
  b.self.cutOff = true
  await until('it is told', () => ada.heard.includes('bob gone'))
  b.self.cutOff = false
  await until('it is told', () => ada.heard.at(-1) === 'bob here')
})

test('where nobody follows any more nothing is listened to', () => {
  const net = network()
  const { presence } = gateway(net, 'a')
  const ada = follower('ada')
  presence.join(KEY, TOPIC, ada)
  presence.leave(KEY, ada)
  expect(net.listeners.size).toBe(0)
})
