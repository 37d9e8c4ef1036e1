import { clusterOf, onLoopback } from '@stoa/testkit/clustered'
import { startProgram } from '@stoa/testkit/program'
import { until } from '@stoa/testkit/until'
import { expect, test } from 'vitest'

test('sessions are kept by the node that says it offers that, and by none when it is gone', async () => {
  const offers = await startProgram({
    config: (config) => ({ ...onLoopback(config), rpc: { ...config.rpc, port: 0 } }),
  })
  const asks = await startProgram({
    config: (config) => ({
      ...onLoopback(config),
      roles: config.roles.filter((role) => role !== 'session'),
      rpc: { ...config.rpc, session: 'cluster' },
    }),
  })
  const running = new Set([asks, offers])
  try {
    await clusterOf(
      new Map([
        ['offers', offers],
        ['asks', asks],
      ]),
    )
    const { cluster, realtime } = asks.program.capabilities
    await until('it is told', () => cluster.discover('session').length > 0)
    expect(cluster.discover('session')).toEqual([offers.program.rpcAddress])
    const { session } = await realtime.sessions.createSession({ userId: 'anna', connectionId: 'one' })
    const kept = await offers.program.capabilities.realtime.sessions.getSession({
      by: { case: 'sessionId', value: session?.sessionId ?? '' },
    })
    expect(kept.session).toMatchObject({ userId: 'anna', connectionId: 'one' })
    running.delete(offers)
    await offers.close()
    await until('it is seen', () => cluster.discover('session').length === 0)
    await expect(realtime.sessions.createSession({ userId: 'anna', connectionId: 'two' })).rejects.toThrow()
  } finally {
    for (const one of running) await one.close()
  }
}, 120_000)
