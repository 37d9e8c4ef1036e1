import { expect, test } from 'vitest'
import { createLogger } from '../../../platform/telemetry/logger.ts'
import { addressOf, peerOf, SimulatedCluster } from '../testing/simulated-cluster.ts'
import { endpointsOf } from '../views.ts'
import { HEARTBEAT } from './protocols.ts'

test('a member that does not speak the protocol is tried once a connection', async () => {
  const lines: string[] = []
  const log = createLogger({ format: 'text', level: 'debug', write: (line) => void lines.push(line) })
  const cluster = new SimulatedCluster({ seed: 5, log })
  const { bytes } = cluster.issueMembers(['node0', 'old'])
  const { node, host } = await cluster.start('node0')
  await cluster.time.until(node.take(bytes))
  const old = cluster.network.node(peerOf('old'))
  const tries = () =>
    lines.filter((line) => line.includes('send_heartbeat_failed') && line.includes(peerOf('old'))).length
  const connect = () => cluster.time.until(old.dial([addressOf('node0')]))

  await connect()
  await cluster.time.advance(10 * 60_000)
  expect(host.connected().map(({ peer }) => peer)).toEqual([peerOf('old')])
  expect(tries()).toBe(1)
  expect(node.memberViews().find(({ peer_id }) => peer_id === peerOf('old'))?.lastError).toBe(
    'peers.not_supported',
  )

  cluster.network.cut(peerOf('node0'), peerOf('old'))
  const heard: string[] = []
  const limits = { requestBytes: 16_384, answerBytes: 0, concurrentPerPeer: 4, deadlineMs: 1_000 }
  old.handle(
    HEARTBEAT,
    async ({ peer }) => {
      heard.push(peer)
      return new Uint8Array()
    },
    limits,
  )
  await connect()
  await cluster.time.advance(60_000)
  expect(heard.length).toBeGreaterThan(1)
  expect(tries()).toBe(1)
})

test('the services that a heartbeat names are known for as long as the node is heard', async () => {
  const cluster = new SimulatedCluster({ seed: 6 })
  const { bytes } = cluster.issueMembers(['node0', 'node1'])
  await cluster.start('node0')
  await cluster.start('node1', ['node0'])
  await cluster.time.until(cluster.get('node0').node.take(bytes))
  await cluster.converge(60_000)
  await cluster.time.advance(60_000)
  const found = (service: string) =>
    endpointsOf(cluster.get('node0').node.memberViews(), service, peerOf('node0'))
  expect(found('gateway')).toEqual(['http://node0.example', 'http://node1.example'])
  expect(found('statesync')).toEqual([])
  cluster.kill('node1')
  await cluster.time.advance(2 * 60_000)
  expect(found('gateway')).toEqual(['http://node0.example'])
})

test('a service that begins or ends between two heartbeats is known within seconds', async () => {
  const cluster = new SimulatedCluster({ seed: 7 })
  const { bytes } = cluster.issueMembers(['node0', 'node1'])
  cluster.offers.set('node1', [])
  await cluster.start('node0')
  await cluster.start('node1', ['node0'])
  await cluster.time.until(cluster.get('node0').node.take(bytes))
  await cluster.converge(60_000)
  await cluster.time.advance(60_000)
  const found = () => endpointsOf(cluster.get('node0').node.memberViews(), 'statesync', peerOf('node0'))
  for (const offered of [['statesync'], []]) {
    cluster.offers.set('node1', offered)
    await cluster.time.advance(7_000)
    expect(found()).toEqual(offered.map(() => 'http://node1.example'))
  }
})
