import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { namespacesUnavailable } from './link.ts'
import { DEVICE, Namespace } from './namespace.ts'

const run = promisify(execFile)
const ip = (args: readonly string[]) => run('ip', args)

/** Of 198.18.0.0/15, which is there for tests (RFC 2544): four addresses for each door. */
const DOORS = 32_768
const DOORS_A_PROCESS = 16
let doors = 0
let bridges = 0

/** A machine on a bridge. */
export interface BridgeEnd {
  readonly namespace: Namespace
  /** Where programs inside are reached by the test alone, whatever happens to the bridge; nothing is routed through it. */
  readonly door: string
  /** Pulls its cable: the addresses stay, nothing passes in either direction, and nobody is told. */
  unplug(): Promise<unknown>
  plug(): Promise<unknown>
}

/** Network namespaces on one bridge, as machines on a switch. Needs root and iproute2. */
export async function createBridge(count: number): Promise<NamespaceBridge> {
  const reason = namespacesUnavailable()
  if (reason) throw new Error(reason)
  const bridge = new NamespaceBridge(`s${process.pid}b${bridges++}`)
  try {
    await bridge.create(count)
  } catch (error) {
    await bridge.close()
    throw error
  }
  return bridge
}

export class NamespaceBridge implements AsyncDisposable {
  readonly #name: string
  readonly #ends: BridgeEnd[] = []
  readonly #undo: (() => Promise<unknown>)[] = []
  readonly #atExit = () => {
    for (const { namespace } of this.#ends) namespace.deleteNow()
    spawnSync('ip', ['link', 'del', this.#name])
  }

  constructor(name: string) {
    this.#name = name
  }

  get ends(): readonly BridgeEnd[] {
    return this.#ends
  }

  async create(count: number): Promise<void> {
    process.once('exit', this.#atExit)
    await ip(['link', 'add', this.#name, 'type', 'bridge'])
    this.#undo.push(() => ip(['link', 'del', this.#name]))
    await ip(['link', 'set', this.#name, 'up'])
    for (let n = 0; n < count; n++) await this.#add(n)
  }

  /** Ends what still runs in the namespaces, and removes everything. Resolves when it is gone; may be called again. */
  async close(): Promise<void> {
    const failures: unknown[] = []
    for (const undo of this.#undo.splice(0).reverse())
      await undo().catch((error: unknown) => failures.push(error))
    process.off('exit', this.#atExit)
    if (failures.length > 0) throw new AggregateError(failures, `${this.#name} is not gone`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  async #add(n: number): Promise<void> {
    const namespace = new Namespace(`stoa-${this.#name}n${n}`, `10.78.0.${n + 1}`)
    await namespace.create()
    this.#undo.push(() => namespace.delete())
    const cable = `${this.#name}c${n}`
    await ip(['link', 'add', cable, 'type', 'veth', 'peer', 'name', DEVICE, 'netns', namespace.name])
    this.#undo.push(() => ip(['link', 'del', cable]))
    await ip(['link', 'set', cable, 'master', this.#name, 'up'])
    await namespace.configure()
    const door = await this.#openDoor(namespace, `${this.#name}d${n}`)
    const set = (state: 'up' | 'down') => () => ip(['link', 'set', cable, state])
    this.#ends.push({ namespace, door, unplug: set('down'), plug: set('up') })
  }

  async #openDoor({ name }: Namespace, device: string): Promise<string> {
    const four = 4 * ((process.pid * DOORS_A_PROCESS + doors++) % DOORS)
    const address = (last: number) => `198.${18 + (four >> 16)}.${(four >> 8) & 255}.${(four & 255) + last}`
    await ip(['link', 'add', device, 'type', 'veth', 'peer', 'name', 'door0', 'netns', name])
    this.#undo.push(() => ip(['link', 'del', device]))
    await ip(['address', 'add', `${address(1)}/30`, 'dev', device])
    await ip(['link', 'set', device, 'up'])
    await ip(['-n', name, 'address', 'add', `${address(2)}/30`, 'dev', 'door0'])
    await ip(['-n', name, 'link', 'set', 'door0', 'up'])
    return address(2)
  }
}
