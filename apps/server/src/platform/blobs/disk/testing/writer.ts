import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { silentLogger, systemClock } from '@stoa/kernel'
import { createBlobs } from '../../create-blobs.ts'

/** The bytes that belong under a key, so that another process can tell whether a blob is whole. */
export const contentOf = (key: string): Buffer =>
  Buffer.alloc(200_000, createHash('sha256').update(key).digest('hex'))

/**
 * A process that writes until it is killed: `writer.ts DIR`. It says `begun KEY` before and `stored KEY` after each
 * put; a body comes in slow pieces, so that most kills hit the middle of one.
 */
async function main(directory: string): Promise<void> {
  const config = { kind: 'disk', directory, signingKeys: [new Uint8Array(32)], urlPath: '/blobs' } as const
  const { store, service } = await createBlobs(config, { clock: systemClock, log: silentLogger })
  await service.start(AbortSignal.timeout(10_000))
  for (let i = 0; ; i++) {
    const key = `k/${String(i).padStart(6, '0')}`
    process.stdout.write(`begun ${key}\n`)
    await store.put(key, Readable.from(pieces(contentOf(key))), { contentType: 'x/y', maxBytes: 1e6 })
    process.stdout.write(`stored ${key}\n`)
  }
}

async function* pieces(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 20_000) {
    await new Promise(setImmediate)
    yield bytes.subarray(at, at + 20_000)
  }
}

if (import.meta.main) await main(process.argv[2] ?? '')
