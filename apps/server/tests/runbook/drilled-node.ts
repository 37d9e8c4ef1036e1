import { type Script, scriptedNode } from '@stoa/server/capabilities/boards/plane/testing/scripted-node.ts'
import type { ReplicationSettings } from '@stoa/server/capabilities/boards/replication.ts'
import { MemoryNetwork } from '@stoa/server/platform/peers/memory-network.ts'
import type { PeerHost, PeerId, PeerNetwork } from '@stoa/server/platform/peers/peers.ts'
import { type Scheduler, systemScheduler } from '@stoa/server/platform/peers/scheduler.ts'
import { createLogger } from '@stoa/server/platform/telemetry/logger.ts'
import { accessToken } from '@stoa/testkit/identity'
import { type SignedTenant, signedTenant } from '@stoa/testkit/members'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { until } from '@stoa/testkit/until'
import { Operator } from './operator.ts'

/** The name of no member. */
export const STRANGER = 'stranger'

const SELF = 'here'
const members = { isMember: (peer: string) => peer !== STRANGER, onMembershipChange: () => () => {} }

/** A node in whose network and time whatever a runbook names can be made to happen, and an operator who looks for it. */
export class DrilledNode {
  /** Deadlines and intervals pass so many times as fast. Pauses between tries are always short. */
  hurry: number
  /** These are connected by a relay. */
  readonly relayed = new Set<PeerId>()
  /** Called when another node has just been asked something. */
  onAsked: (peer: PeerId) => void = () => {}
  readonly network: MemoryNetwork
  readonly #started = new Set<string>()
  readonly #lines: string[] = []
  #skipped = 0
  #stoa: TestProgram | undefined
  #people: SignedTenant | undefined
  #operator: Operator | undefined

  private constructor(hurry: number) {
    this.hurry = hurry
    this.network = new MemoryNetwork({ scheduler: this.scheduler, latencyMs: [0, 1] })
  }

  static async start(settings: Partial<ReplicationSettings> = {}, hurry = 1): Promise<DrilledNode> {
    const node = new DrilledNode(hurry)
    await node.#start(settings)
    return node
  }

  async #start(settings: Partial<ReplicationSettings>): Promise<void> {
    const log = createLogger({ format: 'text', level: 'info', write: (line) => void this.#lines.push(line) })
    const network = this.#watched(this.network.node(SELF, { log }))
    this.#stoa = await startProgram({
      overrides: { house: { boardNetwork: { network, members, scheduler: this.scheduler } } },
      config: (config) => ({ ...config, content: { ...config.content, policy: 'on_demand', ...settings } }),
      log,
    })
    this.#people = await signedTenant(this.#stoa, 'Ours')
    this.#operator = new Operator({
      url: this.#stoa.url,
      token: await accessToken(this.#stoa, this.#people.owner),
      log: () => this.#lines.join(''),
    })
    await until('boards are replicated', async () => (await this.diagnostics()).replicating)
  }

  get stoa(): TestProgram {
    return started(this.#stoa)
  }

  get people(): SignedTenant {
    return started(this.#people)
  }

  get operator(): Operator {
    return started(this.#operator)
  }

  readonly scheduler: Scheduler = {
    now: () => systemScheduler.now() + this.#skipped,
    after: (ms, run) => systemScheduler.after(Math.max(0, ms) / (ms < 3_000 ? 50 : this.hurry), run),
  }

  /** So many milliseconds pass at once. */
  skip(milliseconds: number): void {
    this.#skipped += milliseconds
  }

  diagnostics() {
    return this.people.owner.client.call('getContentDiagnostics')
  }

  /** Starts another node, which connects to this one. */
  async connect(name: string, script: Script): Promise<PeerHost> {
    this.#started.add(name)
    const host = scriptedNode(this.network, name, script)
    await host.dial([`/memory/${SELF}/p2p/${SELF}`])
    return host
  }

  /** From here on nothing is the matter: all others are gone. */
  alone(): void {
    for (const name of this.#started) this.network.stop(name)
    this.#started.clear()
    this.relayed.clear()
    this.onAsked = () => {}
  }

  async close(): Promise<void> {
    await this.#stoa?.close()
  }

  #watched(host: PeerHost): PeerNetwork {
    return {
      self: host.self,
      connected: () =>
        host.connected().map((one) => (this.relayed.has(one.peer) ? { ...one, path: 'relayed' } : one)),
      onChange: (listener) => host.onChange(listener),
      handle: (protocol, handler, limits) => host.handle(protocol, handler, limits),
      request: (peer, protocol, body, options) => {
        const answer = host.request(peer, protocol, body, options)
        this.onAsked(peer)
        return answer
      },
    }
  }
}

function started<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('The node has not been started.')
  return part
}
