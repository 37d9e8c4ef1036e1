import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface, type Interface } from 'node:readline'
import { buildEmulator } from './build.ts'
import { Namespace } from './namespace.ts'

export interface NamespaceLinkOptions {
  /** Propagation delay one way. */
  delayMs: number
  /** 0: unlimited. */
  rateMbit?: number
  /** Drop-tail queue; default one bandwidth-delay product, at least 64 packets. */
  queueBytes?: number
  jitterMs?: number
  /** Share of packets lost in each direction, 0…1. */
  loss?: number
  /** Mean run of losses; 1 is independent loss. */
  burst?: number
  seed?: number
  mtu?: number
}

export interface DirectionStatistics {
  offered: number
  delivered: number
  bytes: number
  queueDrops: number
  lossDrops: number
  writeErrors: number
  maxQueueBytes: number
  meanQueueMs: number
  /** How late packets left the emulator. */
  meanLateUs: number
  maxLateUs: number
}

export interface LinkStatistics {
  leftToRight: DirectionStatistics
  rightToLeft: DirectionStatistics
}

/** Runs in which the emulator was later than this measured the machine, not the link. */
const MAX_MEAN_LATE_US = 300
const MAX_LATE_US = 10_000

export const wasLate = ({ leftToRight, rightToLeft }: LinkStatistics): boolean =>
  [leftToRight, rightToLeft].some(
    ({ meanLateUs, maxLateUs }) => meanLateUs > MAX_MEAN_LATE_US || maxLateUs > MAX_LATE_US,
  )

/** Whether links can be made here; otherwise why not. In continuous integration (`CI=true`) that is an error. */
export function namespacesUnavailable(): string | undefined {
  const reason = whyUnavailable()
  if (reason && process.env.CI === 'true') throw new Error(reason)
  return reason
}

function whyUnavailable(): string | undefined {
  if (process.platform !== 'linux') return 'network namespaces exist on Linux only'
  if (process.getuid?.() !== 0) return 'network namespaces need root'
  return undefined
}

let links = 0

/** Two network namespaces joined by an emulated link. Needs root, gcc and iproute2. */
export async function createLink(options: NamespaceLinkOptions): Promise<NamespaceLink> {
  const reason = namespacesUnavailable()
  if (reason) throw new Error(reason)
  const program = await buildEmulator()
  const name = `stoa${process.pid}x${links++}`
  const left = new Namespace(`${name}l`, '10.77.0.1')
  const right = new Namespace(`${name}r`, '10.77.0.2')
  await left.create()
  await right.create()
  const emulator = spawn(program, argumentsFor(left, right, options), { stdio: ['pipe', 'pipe', 'inherit'] })
  const link = new NamespaceLink(left, right, emulator)
  try {
    await link.start()
  } catch (error) {
    await link.close()
    throw error
  }
  return link
}

function argumentsFor(left: Namespace, right: Namespace, options: NamespaceLinkOptions): string[] {
  const { delayMs, rateMbit = 0, jitterMs = 0, loss = 0, burst = 1, seed = 1, mtu = 1500 } = options
  const bytesPerSecond = (rateMbit * 1e6) / 8
  const queueBytes = options.queueBytes ?? Math.max(64 * mtu, (bytesPerSecond * 2 * delayMs) / 1000)
  return [
    left.name,
    right.name,
    ...[bytesPerSecond, delayMs * 1e6, jitterMs * 1e6, Math.round(queueBytes), loss, burst, seed, mtu].map(
      String,
    ),
  ]
}

export class NamespaceLink implements AsyncDisposable {
  readonly left: Namespace
  readonly right: Namespace
  readonly #emulator: ChildProcess
  readonly #lines: Interface
  readonly #exited: Promise<unknown>
  #closed = false

  constructor(left: Namespace, right: Namespace, emulator: ChildProcess) {
    this.left = left
    this.right = right
    this.#emulator = emulator
    this.#exited = once(emulator, 'exit')
    this.#lines = createInterface({ input: emulator.stdout! })
  }

  async start(): Promise<void> {
    await this.#answer()
    await this.left.configure()
    await this.right.configure()
  }

  /** Since the start or the last {@link reset}. */
  async stats(): Promise<LinkStatistics> {
    return JSON.parse(await this.#ask('stats')) as LinkStatistics
  }

  async reset(): Promise<void> {
    await this.#ask('reset')
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#emulator.stdin!.end()
    await this.#exited
    await this.left.delete()
    await this.right.delete()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  #ask(command: string): Promise<string> {
    const answer = this.#answer()
    this.#emulator.stdin!.write(`${command}\n`)
    return answer
  }

  async #answer(): Promise<string> {
    const gone = this.#exited.then(() => {
      throw new Error('the link emulator ended')
    })
    const [line] = (await Promise.race([once(this.#lines, 'line'), gone])) as [string]
    return line
  }
}
