import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ContentRef } from '@stoa/records'
import type { Offer } from './contents.ts'
import type { Order, Reply } from './programs/contestant.ts'

export const CONTESTANTS = ['stoa', 'bitswap', 'stream'] as const
export type Name = (typeof CONTESTANTS)[number]

export interface Fetched {
  readonly milliseconds: number
  /** Processor time of both processes, milliseconds. */
  readonly cpuMs: number
}

/** One side of a transfer. */
class Side {
  readonly #child: ChildProcess

  constructor(name: Name) {
    const program = fileURLToPath(new URL(`programs/${name}.ts`, import.meta.url))
    this.#child = fork(program, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  }

  async reply(): Promise<Reply> {
    const gone = new AbortController()
    const left = () => gone.abort(new Error('The process ended.'))
    this.#child.once('exit', left)
    const [reply] = (await once(this.#child, 'message', { signal: gone.signal })) as [Reply]
    this.#child.off('exit', left)
    if (reply.error !== undefined) throw new Error(reply.error)
    return reply
  }

  tell(order: Order): Promise<Reply> {
    this.#child.send(order)
    return this.reply()
  }

  /** So far. */
  get cpuMs(): number {
    const fields = readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * 10
  }

  async stop(): Promise<void> {
    const gone = once(this.#child, 'exit')
    this.#child.disconnect()
    await gone
  }
}

/** Two processes, one of which has what the other gets. */
export class Pair implements AsyncDisposable {
  readonly #giver: Side
  readonly #taker: Side

  private constructor(giver: Side, taker: Side) {
    this.#giver = giver
    this.#taker = taker
  }

  static async start(name: Name): Promise<Pair> {
    const [giver, taker] = [new Side(name), new Side(name)]
    const [{ address }] = await Promise.all([giver.reply(), taker.reply()])
    await taker.tell({ do: 'connect', address })
    return new Pair(giver, taker)
  }

  /** @throws Error when what arrived is not what was sent */
  async fetch(offer: Offer): Promise<Fetched> {
    const { contents = [], hash } = await this.#giver.tell({ do: 'offer', offer })
    const before = this.#cpuMs
    const fetched = await this.#fetch(contents)
    const cpuMs = this.#cpuMs - before
    if (fetched.hash !== hash) throw new Error('Other bytes arrived than were sent.')
    await Promise.all([this.#giver.tell({ do: 'forget' }), this.#taker.tell({ do: 'forget' })])
    return { milliseconds: fetched.milliseconds ?? Number.NaN, cpuMs }
  }

  #fetch(contents: readonly ContentRef[]): Promise<Reply> {
    return this.#taker.tell({ do: 'fetch', contents })
  }

  get #cpuMs(): number {
    return this.#giver.cpuMs + this.#taker.cpuMs
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.#giver.stop(), this.#taker.stop()])
  }
}
