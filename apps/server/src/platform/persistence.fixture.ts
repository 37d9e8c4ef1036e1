/**
 * A program with everything durable, for tests that kill it: `node persistence.fixture.ts FOLDER`. It emits numbered
 * events and says each number once it is committed, and runs the job `slow`, whose first try never ends.
 */
import { silentLogger } from '@stoa/kernel'
import { createPersistence } from './persistence.ts'

export const TENANT = { tenantId: '00000000-0000-7000-8000-00000000000a', accountId: null }

const [dataDir = ''] = process.argv.slice(2)
const say = (words: object) => process.stdout.write(`${JSON.stringify(words)}\n`)

const persistence = await createPersistence({
  postgres: { kind: 'embedded', dataDir },
  work: true,
  log: silentLogger,
})
const { database, jobs, server } = persistence
jobs.define([
  {
    ...{ name: 'slow', retryLimit: 3, concurrency: 1, expireInSeconds: 600 },
    async run({ attempt, id }) {
      say({ job: id, attempt })
      if (attempt === 1) await new Promise(() => {})
    },
  },
])
await persistence.start(new AbortController().signal)
say({ ownerUrl: server.ownerUrl })
await database.tenant(TENANT, (tx) => tx.enqueue({ name: 'slow', data: {}, singletonKey: 'one' }))
process.once('SIGTERM', () => void persistence.stop().then(() => process.exit(0)))
for (let n = 0; ; n++) {
  await database.tenant(TENANT, (tx) => tx.emit({ type: 'test.counted', payload: { n, by: process.pid } }))
  say({ committed: n })
}
