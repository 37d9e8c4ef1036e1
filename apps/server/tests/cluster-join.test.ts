import { clusterOf, onLoopback } from '@stoa/testkit/clustered'
import { signedTenant } from '@stoa/testkit/members'
import { startProgram } from '@stoa/testkit/program'
import { until } from '@stoa/testkit/until'
import { expect, test } from 'vitest'

test('who joins in the moment of founding knows the founder, too, and both come to be in step', async () => {
  const desk = await startProgram({ config: onLoopback })
  const attic = await startProgram({ config: onLoopback })
  try {
    const { client } = (await signedTenant(desk, 'Near')).owner
    await signedTenant(attic, 'Far')
    await clusterOf(
      new Map([
        ['desk', desk],
        ['attic', attic],
      ]),
    )
    const inStep = async () => (await client.call('getContentDiagnostics', {})).sync_lag_seconds === 0
    await until('both are in step', inStep)
    const { items } = await client.call('listClusterMembers', {})
    expect(items.map(({ name }) => name).toSorted()).toEqual(['attic', 'desk'])
  } finally {
    await attic.close()
    await desk.close()
  }
}, 120_000)
