import { silentLogger } from '@stoa/kernel'
import { until } from '@stoa/testkit/until'
import { expect, onTestFinished, test } from 'vitest'
import { discover } from './discovery.ts'

test('addresses that are written down', () => {
  const { places } = discover({ target: 'one:1, two:2', log: silentLogger })
  expect(places()).toEqual(['one:1', 'two:2'])
})

test('what the nodes of a cluster offer, as it is just now', () => {
  let offered = ['10.0.0.1:9000']
  const { places } = discover({ target: 'cluster', log: silentLogger, offered: () => offered })
  expect(places()).toEqual(['10.0.0.1:9000'])
  offered = []
  expect(places()).toEqual([])
})

test('every address behind a name, asked again and again; a resolver that fails changes nothing', async () => {
  let answer: () => readonly string[] = () => ['10.0.0.1', 'fd00::1']
  const found = discover({
    target: 'dns:statesync.internal:9000',
    log: silentLogger,
    resolve: async (name) => (name === 'statesync.internal' ? answer() : []),
    everyMs: 1,
  })
  await found.start(new AbortController().signal)
  onTestFinished(() => found.stop())
  expect(found.places()).toEqual(['10.0.0.1:9000', '[fd00::1]:9000'])
  let failed = 0
  answer = () => {
    failed += 1
    throw new Error('SERVFAIL')
  }
  await until('it was asked', () => failed > 1)
  expect(found.places()).toHaveLength(2)
  answer = () => ['10.0.0.2']
  await until('it has the news', () => found.places()[0] === '10.0.0.2:9000')
})
