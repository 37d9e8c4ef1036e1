import type { Bench, Figure } from '../../tools/bench/row.ts'
import { quantile } from '../support/quantiles.ts'
import { CONTESTANTS, type Fetched, type Name, Pair } from './processes.ts'

interface Case {
  readonly name: string
  readonly count: number
  /** Bytes of each. */
  readonly size: number
  readonly unit: 'contents per s' | 'MB per s'
}

const PEERS = { bitswap: 'Helia’s bitswap', stream: 'a raw stream of libp2p' } as const

function cases(quick: boolean): readonly Case[] {
  const [small, large] = quick ? [200, 4] : [1000, 20]
  return [
    { name: `${small} × 4 KiB`, count: small, size: 4096, unit: 'contents per s' },
    { name: `${large} × 5 MiB`, count: large, size: 5 * 1_048_576, unit: 'MB per s' },
  ]
}

/** Every round each in turn, with other bytes; the rounds before the first that counts warm up. */
async function measure(
  { count, size }: Case,
  pairs: ReadonlyMap<Name, Pair>,
  { rounds, warmUp }: { rounds: number; warmUp: number },
): Promise<ReadonlyMap<Name, Fetched[]>> {
  const found = new Map<Name, Fetched[]>(CONTESTANTS.map((name) => [name, []]))
  for (let round = 0; round < warmUp + rounds; round++)
    for (const [name, pair] of pairs) {
      const one = await pair.fetch({ seed: size + round, count, size })
      if (round >= warmUp) found.get(name)?.push(one)
    }
  return found
}

function figures({ name, count, size, unit }: Case, found: ReadonlyMap<Name, Fetched[]>): Figure[] {
  const median = (who: Name, value: (one: Fetched) => number) =>
    quantile((found.get(who) ?? []).map(value), 0.5)
  const amount = unit === 'MB per s' ? (count * size) / 1e6 : count
  const speed = (who: Name) => amount / (median(who, ({ milliseconds }) => milliseconds) / 1000)
  const cpu = (who: Name) => median(who, ({ cpuMs }) => cpuMs)
  return (['bitswap', 'stream'] as const).flatMap((peer) => [
    { case: name, metric: 'speed', value: speed('stoa'), unit, peer: PEERS[peer], peerValue: speed(peer) },
    {
      ...{ case: name, metric: 'processor, both sides', value: cpu('stoa'), unit: 'ms' },
      ...{ peer: PEERS[peer], peerValue: cpu(peer) },
    },
  ])
}

/**
 * Contents from one process to another over TCP, noise and yamux on one machine: by the content plane, by bitswap, and down a bare
 * stream. All are asked for at once; each is verified by its hash as it comes, and all once more after the clock has stopped.
 */
export const run: Bench = async ({ quick, log }) => {
  const pairs = new Map<Name, Pair>()
  await using all = new AsyncDisposableStack()
  for (const name of CONTESTANTS) pairs.set(name, all.use(await Pair.start(name)))
  const repeated = quick ? { rounds: 3, warmUp: 1 } : { rounds: 9, warmUp: 3 }
  const rows: Figure[] = []
  for (const one of cases(quick)) {
    const found = await measure(one, pairs, repeated)
    for (const [name, fetched] of found)
      log(`${one.name}, ${name}: ${fetched.map(({ milliseconds }) => milliseconds.toFixed(0)).join(' ')} ms`)
    rows.push(...figures(one, found))
  }
  return rows
}
