import { once } from 'node:events'
import { expect, test } from 'vitest'
import {
  createLink,
  type NamespaceLinkOptions,
  namespacesUnavailable,
} from '../src/netlab/namespaces/link.ts'

const reason = namespacesUnavailable()
const whenRoot = test.skipIf(reason !== undefined)
if (reason) process.stderr.write(`namespace links are not tested: ${reason}\n`)

interface Iperf {
  end: { sum: { bits_per_second: number; lost_percent: number; packets: number } }
}

/** UDP through the link as iperf3 sees it. */
async function iperf(options: NamespaceLinkOptions, mbit: number, seconds: number) {
  await using link = await createLink(options)
  const server = link.right.spawn('iperf3', ['-s', '-1', '--forceflush'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  // It ends by itself, perhaps before the other end has.
  const ended = once(server, 'exit')
  await once(server.stdout!, 'data')
  const args = ['-c', link.right.address, '-u', '-b', `${mbit}M`, '-l', '1400', '-t', String(seconds), '-J']
  const report = JSON.parse(await link.left.exec('iperf3', args)) as Iperf
  await ended
  return { ...report.end.sum, stats: await link.stats() }
}

const LEAST_MBIT = 20 * 0.92

/**
 * What arrives of 30 Mbit/s. A machine that is busy otherwise takes something away and never adds to it: then it is measured
 * again.
 */
async function receivedOf(options: NamespaceLinkOptions) {
  for (let left = 2; ; left--) {
    const { bits_per_second, lost_percent, stats } = await iperf(options, 30, 3)
    const received = (bits_per_second * (1 - lost_percent / 100)) / 1e6
    if (received > LEAST_MBIT || left === 0) return { received, stats }
  }
}

/** Echoes through the link as ping sees them. */
async function ping(options: NamespaceLinkOptions, count: number) {
  await using link = await createLink(options)
  const text = await link.left
    .exec('ping', ['-i', '0.002', '-c', String(count), '-W', '1', '-q', link.right.address])
    .catch((error: { stdout: string }) => error.stdout)
  const [, leastMs] = /= ([\d.]+)\//.exec(text)!
  const [, lostPercent] = /([\d.]+)% packet loss/.exec(text)!
  return { leastMs: Number(leastMs), lostPercent: Number(lostPercent) }
}

whenRoot('ping finds twice the delay', async () => {
  const { leastMs, lostPercent } = await ping({ delayMs: 20 }, 200)
  expect(leastMs).toBeGreaterThan(39.9)
  expect(leastMs).toBeLessThan(42)
  expect(lostPercent).toBe(0)
})

whenRoot.each([1, 4])('ping finds the loss of both directions, in runs of %i', async (burst) => {
  // 1 − 0.95² of the echoes; runs of losses spread it more.
  const { lostPercent } = await ping({ delayMs: 1, loss: 0.05, burst, seed: 3 }, 3000)
  expect(lostPercent).toBeGreaterThan(burst > 1 ? 5.5 : 7.5)
  expect(lostPercent).toBeLessThan(burst > 1 ? 14 : 12)
})

whenRoot('iperf3 finds the rate when it offers more, and a bounded queue', async () => {
  const { received, stats } = await receivedOf({ delayMs: 5, rateMbit: 20 })
  expect(received).toBeGreaterThan(LEAST_MBIT)
  expect(received).toBeLessThan(20 * 1.02)
  expect(stats.leftToRight.queueDrops).toBeGreaterThan(100)
  expect(stats.leftToRight.maxQueueBytes).toBeLessThanOrEqual(96_000)
})

whenRoot('TCP runs with the congestion control asked for', async () => {
  await using link = await createLink({ delayMs: 5, rateMbit: 20 })
  for (const algorithm of ['cubic', 'bbr'] as const) {
    await link.left.setCongestionControl(algorithm)
    const server = link.right.spawn('iperf3', ['-s', '-1', '--forceflush'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = [once(server, 'exit')]
    await once(server.stdout!, 'data')
    const client = link.left.spawn('iperf3', ['-c', link.right.address, '-t', '20', '--forceflush'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    ended.push(once(client, 'exit'))
    await once(client.stdout!, 'data')
    await expect.poll(() => link.left.congestionControl(), { timeout: 15_000 }).toContain(algorithm)
    // It would go on for longer than anybody needs to look.
    client.kill()
    await Promise.all(ended)
  }
})

whenRoot('statistics count, can be reset, and a closed link leaves no namespace', async () => {
  const link = await createLink({ delayMs: 1 })
  await link.left.exec('ping', ['-i', '0.01', '-c', '10', '-q', link.right.address])
  const { leftToRight, rightToLeft } = await link.stats()
  expect(leftToRight).toMatchObject({ offered: 10, delivered: 10, queueDrops: 0, lossDrops: 0 })
  expect(rightToLeft.delivered).toBe(10)
  await link.reset()
  expect((await link.stats()).leftToRight.offered).toBe(0)
  await link.close()
  await expect(link.left.exec('true', [])).rejects.toThrow(/netns|namespace|No such/i)
})
