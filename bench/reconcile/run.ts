import { seededRandom } from '@stoa/kernel'
import { BlockStorage, Initiator, Responder } from '@stoa/reconcile'
import { type RescanItem, RescanSide } from '@stoa/reconcile/testing'
import type { Bench, Figure } from '../../tools/bench/row.ts'

const SEED = 20_261_122
/** Above this many differences the peer is left out: it would take minutes and say the same. */
const PEER_DIFFERENCES = 1000
const UNLIMITED = { frameLimit: 0, maxMessageBytes: 2 ** 40, maxRanges: 2 ** 40, maxIds: 2 ** 40 }
const PEER = 'the same protocol, each fingerprint a scan'

interface Cost {
  bytes: number
  rounds: number
  cpu: number
}

/** Three records a second, as a busy board has. */
function itemsOf(count: number): RescanItem[] {
  const ids = seededRandom(SEED).fill(new Uint8Array(count * 32))
  return Array.from({ length: count }, (_, at) => ({
    timestamp: 1_700_000_000 + Math.floor(at / 3),
    id: ids.subarray(at * 32, (at + 1) * 32),
  }))
}

function storageOf(items: Iterable<RescanItem>): BlockStorage {
  const storage = new BlockStorage()
  for (const { timestamp, id } of items) storage.insert(timestamp, id)
  return storage
}

function missingOf(count: number, differing: number, newest: boolean): Set<number> {
  if (newest) return new Set(Array.from({ length: differing }, (_, at) => count - 1 - at))
  const words = new Uint32Array(seededRandom(SEED + differing).fill(new Uint8Array(differing * 16)).buffer)
  const missing = new Set<number>()
  for (const word of words) if (missing.size < differing) missing.add(word % count)
  return missing
}

/** Talks until nothing is left to say; CPU of both sides. */
function converse(
  first: Uint8Array,
  answer: (m: Uint8Array) => Uint8Array,
  next: (m: Uint8Array) => Uint8Array | undefined,
): Cost {
  const cost = { bytes: 0, rounds: 0, cpu: 0 }
  for (let message: Uint8Array | undefined = first; message; ) {
    const reply = answer(message)
    cost.bytes += message.length + reply.length
    cost.rounds++
    message = next(reply)
  }
  return cost
}

/** CPU milliseconds of the process while `act` ran. */
function withCpu(act: () => Cost): Cost {
  const before = process.cpuUsage()
  const cost = act()
  const { user, system } = process.cpuUsage(before)
  return { ...cost, cpu: (user + system) / 1000 }
}

function ours(here: BlockStorage, there: BlockStorage): Cost {
  return withCpu(() => {
    const [initiator, responder] = [new Initiator(here, UNLIMITED), new Responder(there, UNLIMITED)]
    return converse(
      initiator.initiate(),
      (message) => responder.respond(message),
      (message) => initiator.reconcile(message).message,
    )
  })
}

function peers(here: readonly RescanItem[], there: readonly RescanItem[]): Cost {
  const [asks, answers] = [new RescanSide(here, 0, true), new RescanSide(there, 0, false)]
  return withCpu(() =>
    converse(
      asks.initiate(),
      (message) => answers.answer(message).message ?? new Uint8Array(0),
      (message) => asks.answer(message).message,
    ),
  )
}

/** How much two nodes exchange and compute to find what one of them lacks. */
export const run: Bench = async ({ quick, log }) => {
  const figures: Figure[] = []
  for (const count of quick ? [10_000] : [10_000, 100_000, 1_000_000]) {
    const items = itemsOf(count)
    const there = storageOf(items)
    figures.push({
      case: `${count} records`,
      metric: 'memory',
      value: there.memory / count,
      unit: 'bytes a record',
    })
    for (const differing of [0, 1, 10, 100, 1000, 10_000])
      for (const newest of differing === 0 || differing >= count ? [true] : [false, true]) {
        const missing = missingOf(count, differing, newest)
        const left = items.filter((_, at) => !missing.has(at))
        const here = storageOf(left)
        ours(here, there) // sums inside blocks are made at the first question after a change
        const own = ours(here, there)
        const peer = differing <= PEER_DIFFERENCES ? peers(left, items) : undefined
        const name = `${count} records, ${differing} ${newest ? 'newest' : 'random'} missing`
        const units = { bytes: 'bytes', rounds: 'rounds', cpu: 'ms CPU, both sides' }
        for (const metric of ['bytes', 'rounds', 'cpu'] as const)
          figures.push({
            case: name,
            metric,
            value: own[metric],
            unit: units[metric],
            ...(peer && { peer: PEER, peerValue: peer[metric] }),
          })
        log(
          `${name}: ${own.bytes} bytes, ${own.rounds} rounds, ${own.cpu.toFixed(1)} ms; peer ${peer?.cpu.toFixed(0)} ms`,
        )
      }
  }
  return figures
}
