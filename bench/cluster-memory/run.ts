import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { systemClock } from '@stoa/kernel'
import { issueAdminProof, Membership, peerIdKey, peerIdOfSecret, timestampOf } from '@stoa/membership'
import type { Client } from '@stoa/sdk'
import { ClusterFolder } from '@stoa/server/capabilities/cluster/folder/cluster-folder.ts'
import { startChildProgram } from '@stoa/testkit/child-program'
import { loopbackEnvironment } from '@stoa/testkit/clustered'
import { claimInstallation } from '@stoa/testkit/people/owner'
import { until } from '@stoa/testkit/until'
import type { Bench } from '../../tools/bench/row.ts'
import { keyOf, type Members } from './programs/members.ts'

const CLUSTER = 'bench'
const DAY = 86_400_000

/** Resident memory of a process, MB. */
function megabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024
}

/** As the cluster's admin would: a snapshot in which all these are members. */
function snapshotOf(members: ReadonlyMap<string, Uint8Array>) {
  const systemPublicKey = peerIdKey(peerIdOfSecret(keyOf('system')))
  const now = systemClock.now()
  const proof = issueAdminProof(
    {
      ...{ cluster_id: CLUSTER, peer_id: peerIdOfSecret(keyOf('admin')), epoch: 1 },
      ...{ not_before: timestampOf(now - DAY), not_after: timestampOf(now + DAY) },
    },
    keyOf('system'),
  )
  const add = [...members].map(([name, key]) => ({ name, peer_id: peerIdOfSecret(key), addresses: [] }))
  const admin = new Membership({ clusterId: CLUSTER, trust: { systemPublicKey } })
  const { bytes } = admin.next({ add }, { secretKey: keyOf('admin'), proof }, now)
  return { bytes, systemPublicKey }
}

/** Makes the program a member of a cluster whose other members are in another process; gives what ends that. */
async function join30(folder: ClusterFolder, client: Client, names: readonly string[]) {
  const keys = new Map([
    ['measured', await folder.nodeKey()],
    ...names.map((name) => [name, keyOf(name)] as const),
  ])
  const { bytes, systemPublicKey } = snapshotOf(keys)
  await folder.writeConfig({ clusterId: CLUSTER, systemPublicKey, connect: [] })
  await folder.writeSnapshot(bytes)
  let address = ''
  await until('it listens', async () => {
    const listening = await folder.listening()
    address = listening?.addresses.find((one) => /\/tcp\/\d+\/p2p\//.test(one)) ?? ''
    return address !== ''
  })
  const child = fork(fileURLToPath(new URL('programs/members.ts', import.meta.url)), { stdio: 'inherit' })
  const told: Members = {
    ...{ clusterId: CLUSTER, names, address, snapshot: Buffer.from(bytes).toString('base64') },
    systemPublicKey: Buffer.from(systemPublicKey).toString('base64'),
  }
  child.send(told)
  const everybody = names.length + 1
  const complete = async () => (await client.call('getCluster', {})).online === everybody
  await until(`all ${everybody} are online`, complete, 120_000)
  return async () => {
    const gone = once(child, 'exit')
    child.disconnect()
    await gone
  }
}

/** Memory of the whole program when nobody does anything: by itself, and as one of thirty nodes. */
export const run: Bench = async ({ quick, size, log }) => {
  const count = size ?? (quick ? 5 : 30)
  const idleMs = quick ? 5_000 : 60_000
  const dataDir = await mkdtemp(join(tmpdir(), 'stoa-bench-'))
  // At `info` it says when it has started.
  const environment = { ...loopbackEnvironment, STOA_LOG_LEVEL: 'info' }
  const program = await startChildProgram({ dataDir, environment })
  try {
    const { client } = await claimInstallation(program.output(), program.url)
    await delay(idleMs)
    const alone = megabytes(program.pid)
    log(`alone ${alone.toFixed(0)} MB`)
    const names = Array.from({ length: count - 1 }, (_, n) => `member-${n + 1}`)
    const end = await join30(new ClusterFolder(dataDir), client, names)
    log(`${count} members are online, ${megabytes(program.pid).toFixed(0)} MB`)
    await delay(idleMs)
    const { online } = await client.call('getCluster', {})
    if (online !== count) throw new Error(`${online} of ${count} are online.`)
    const among = megabytes(program.pid)
    await end()
    return [
      {
        ...{ case: `one of ${count} nodes, idle for ${idleMs / 1000} s`, metric: 'memory of its process' },
        ...{ value: among, unit: 'MB', peer: 'the same process before it joined', peerValue: alone },
      },
    ]
  } finally {
    await program.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
