import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { connect, generateIdentity, listen, qlogFile } from '../src/node/index.ts'

test('a trace on demand: every packet of a connection, as qlog records in a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'qlog-'))
  try {
    const path = join(folder, 'client.sqlog')
    const qlog = qlogFile(path, 'client')
    const identity = generateIdentity()
    await using server = await listen({ host: '127.0.0.1', identity, protocols: ['test'] })
    const { port } = server.address
    const options = { host: '127.0.0.1', port, protocols: ['test'], serverKey: identity.publicKey }
    const client = await connect({ ...options, trace: qlog.trace })
    const stream = await client.openStream()
    await stream.write(new Uint8Array(5000))
    await stream.end()
    const { packetsSent } = client.statistics()
    await client.close()
    await qlog.close()
    const text = await readFile(path, 'utf8')
    const [header, ...events] = text
      .split('\u001e')
      .slice(1)
      .map((record) => JSON.parse(record) as QlogRecord)
    expect(header).toMatchObject({ serialization_format: 'application/qlog+json-seq' })
    const sent = events.filter(({ name }) => name === 'quantum:packet_sent')
    expect(sent.length).toBeGreaterThanOrEqual(packetsSent)
    expect(events.map(({ name }) => name)).toContain('quantum:packet_received')
    expect(events[0]?.time).toBe(0)
    expect(qlog.dropped).toBe(0)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('a trace that cannot be written says so when it is closed, and harms nothing', async () => {
  const qlog = qlogFile(join(tmpdir(), 'no', 'such', 'folder', 'x.sqlog'), 'client')
  qlog.trace(0, 'packet_sent', {})
  await expect(qlog.close()).rejects.toThrow(/ENOENT/)
})

interface QlogRecord {
  name?: string
  time?: number
}
