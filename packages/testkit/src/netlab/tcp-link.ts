import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { seededFloats } from './random.ts'

export interface TcpLinkOptions {
  /** Where connections lead: `http://127.0.0.1:8000`. Without one they are refused; see {@link TcpLink.target}. */
  readonly target?: string
  readonly seed?: number
  /** Each piece is held back for a time between these; milliseconds. Order stays: this is TCP. */
  readonly delayMs?: readonly [least: number, most: number]
}

/** What may wait in the link before it stops reading, bytes of one direction. */
const HELD_BYTES = 256 * 1024

/**
 * A bad link to a TCP server: it delays, stalls and cuts what passes, repeatably from a seed. It neither loses nor reorders
 * bytes, as TCP does not; that is what `MemoryLink` and the namespace link are for. Its own address stays the same
 * while the server behind it changes.
 */
export class TcpLink implements AsyncDisposable {
  /** Where connections lead from now on; `undefined`: nobody is there. */
  target: string | undefined
  readonly #options: TcpLinkOptions
  readonly #random: () => number
  readonly #server: Server
  readonly #pipes = new Set<Pipe>()
  #stalled = false

  private constructor(options: TcpLinkOptions) {
    this.#options = options
    this.target = options.target
    this.#random = seededFloats(options.seed ?? 1)
    this.#server = createServer({ noDelay: true }, (socket) => this.#accept(socket))
  }

  static async open(options: TcpLinkOptions = {}): Promise<TcpLink> {
    const link = new TcpLink(options)
    link.#server.listen(0, '127.0.0.1')
    await once(link.#server, 'listening')
    return link
  }

  /** `http://127.0.0.1:{port}` */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  get connections(): number {
    return this.#pipes.size / 2
  }

  /** Resets connections, what is under way in them is lost: all, or each with this probability. */
  cut(share = 1): void {
    for (const pipe of [...this.#pipes]) if (this.#random() < share) pipe.cut()
  }

  /** Nothing passes any more; connections stay, as when a cable is pulled. */
  stall(): void {
    this.#stalled = true
  }

  resume(): void {
    this.#stalled = false
    for (const pipe of this.#pipes) pipe.flow()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close()
    this.cut()
    await once(this.#server, 'close')
  }

  #accept(near: Socket): void {
    near.on('error', () => {})
    if (this.target === undefined) return void near.resetAndDestroy()
    const { hostname, port } = new URL(this.target)
    const far = connect({ host: hostname, port: Number(port), noDelay: true })
    const both = [near, far] as const
    const holdBack = () => this.#delay()
    const pipes = [new Pipe(near, far, holdBack), new Pipe(far, near, holdBack)]
    const end = () => {
      for (const socket of both) if (!socket.destroyed) socket.resetAndDestroy()
      for (const pipe of pipes) this.#pipes.delete(pipe)
    }
    for (const pipe of pipes) this.#pipes.add(pipe)
    for (const socket of both) socket.on('error', end).on('close', end)
  }

  /** How long the next piece is held back; `undefined`: until `resume`. */
  #delay(): number | undefined {
    if (this.#stalled) return undefined
    const [least, most] = this.#options.delayMs ?? [0, 0]
    return least + this.#random() * (most - least)
  }
}

/** One direction of one connection. */
class Pipe {
  readonly #from: Socket
  readonly #to: Socket
  readonly #delay: () => number | undefined
  readonly #held: { readonly bytes: Buffer | 'end'; due: number }[] = []
  #bytes = 0
  #timer: NodeJS.Timeout | undefined

  constructor(from: Socket, to: Socket, delay: () => number | undefined) {
    this.#from = from
    this.#to = to
    this.#delay = delay
    from.on('data', (bytes) => this.#hold(bytes))
    from.on('end', () => this.#hold('end'))
    to.on('drain', () => this.flow())
  }

  cut(): void {
    clearTimeout(this.#timer)
    if (!this.#from.destroyed) this.#from.resetAndDestroy()
  }

  /** Passes on what is due. */
  flow(): void {
    clearTimeout(this.#timer)
    for (let [next] = this.#held; next !== undefined; [next] = this.#held) {
      if (this.#to.destroyed) return
      if (this.#to.writableNeedDrain) return
      const wait = next.due - performance.now()
      if (wait > 0.5) {
        this.#timer = setTimeout(() => this.flow(), wait)
        return
      }
      if (this.#delay() === undefined) return
      this.#held.shift()
      if (next.bytes === 'end') return void this.#to.end()
      this.#to.write(next.bytes)
      this.#bytes -= next.bytes.length
      if (this.#bytes < HELD_BYTES / 2) this.#from.resume()
    }
  }

  #hold(bytes: Buffer | 'end'): void {
    this.#held.push({ bytes, due: performance.now() + (this.#delay() ?? 0) })
    if (bytes !== 'end') this.#bytes += bytes.length
    if (this.#bytes > HELD_BYTES) this.#from.pause()
    if (this.#held.length === 1) this.flow()
  }
}
