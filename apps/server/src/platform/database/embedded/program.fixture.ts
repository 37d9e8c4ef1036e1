/**
 * A program with an embedded database, for tests that kill it: `node program.fixture.ts FOLDER [SETTINGS]`. Writes one
 * line of JSON when it is ready or could not start; then it lives until it is killed or told to stop (SIGTERM).
 */
import { isStoaError, silentLogger } from '@stoa/kernel'
import { createEmbeddedPostgres } from './embedded.ts'
import { DEFAULT_TUNING } from './settings.ts'

const [dataDir = '', settings = '{}'] = process.argv.slice(2)
const { maxConnections = DEFAULT_TUNING.maxConnections, machine } = JSON.parse(settings)
const server = createEmbeddedPostgres({
  ...{ dataDir, log: silentLogger, tuning: { fsync: false, maxConnections } },
  ...(machine === undefined ? {} : { machine }),
})

/** Every word reaches the pipe before the process ends. */
const say = (words: object) =>
  new Promise<void>((done) => process.stdout.write(`${JSON.stringify(words)}\n`, () => done()))

try {
  await server.start(new AbortController().signal)
  await say({ pid: server.pid, ownerUrl: server.ownerUrl })
  const alive = setInterval(() => {}, 1000)
  process.once('SIGTERM', async () => {
    await server.stop()
    clearInterval(alive)
  })
} catch (error) {
  await say({ code: isStoaError(error) ? error.code : 'unknown', message: String(error) })
  await server.stop()
}
