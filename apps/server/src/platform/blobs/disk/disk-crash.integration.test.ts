import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { seededRandom, silentLogger, systemClock } from '@stoa/kernel'
import { expect, test } from 'vitest'
import { createBlobs } from '../create-blobs.ts'
import { contentOf } from './testing/writer.ts'

const program = fileURLToPath(new URL('./testing/writer.ts', import.meta.url))

/** Lets a writer go until it began its `count`-th blob, then kills it a moment later. @returns what it said it stored */
async function writeAndKill(directory: string, count: number, moment: number): Promise<string[]> {
  const child = spawn(process.execPath, [program, directory], { stdio: ['ignore', 'pipe', 'inherit'] })
  const stored: string[] = []
  let begun = 0
  for await (const line of createInterface({ input: child.stdout })) {
    const [what, key = ''] = line.split(' ')
    if (what === 'stored') stored.push(key)
    else if (++begun === count) setTimeout(() => child.kill('SIGKILL'), moment)
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  expect(child.signalCode).toBe('SIGKILL')
  return stored
}

test('a kill at any moment loses nothing that was acknowledged and shows nothing that was not whole', async () => {
  const random = seededRandom(1)
  let interrupted = 0
  for (let round = 0; round < 6; round++) {
    const directory = await mkdtemp(join(tmpdir(), 'stoa-crash-'))
    try {
      const [count = 0, moment = 0] = random.fill(new Uint8Array(2))
      const stored = await writeAndKill(directory, 1 + (count % 8), moment % 12)
      interrupted += (await readdir(join(directory, '.tmp'))).length

      const config = {
        kind: 'disk',
        directory,
        signingKeys: [new Uint8Array(32)],
        urlPath: '/blobs',
      } as const
      const { store, service } = await createBlobs(config, { clock: systemClock, log: silentLogger })
      await service.start(AbortSignal.timeout(10_000))
      expect(await readdir(join(directory, '.tmp'))).toEqual([])
      const visible: string[] = []
      for await (const { key } of store.list('')) {
        expect((await buffer(await store.get(key))).equals(contentOf(key)), key).toBe(true)
        visible.push(key)
      }
      expect(visible).toEqual(expect.arrayContaining(stored))
      expect(visible.length - stored.length).toBeLessThanOrEqual(1)
    } finally {
      await rm(directory, { recursive: true, force: true })
    }
  }
  expect(interrupted, 'no kill hit a write').toBeGreaterThan(0)
})
