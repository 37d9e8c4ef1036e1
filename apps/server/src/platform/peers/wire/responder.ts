import type { Logger } from '@stoa/kernel'
import { PeerRefusal } from '../errors.ts'
import type { PeerAnswer, PeerHandler, PeerId, PeerViolation, ProtocolLimits } from '../peers.ts'
import type { Scheduler } from '../scheduler.ts'
import type { PeerStream, StreamEvents } from '../streams.ts'
import { encodeFrame, FRAME, type Frame, FrameError, FrameReader, frameHead } from './frames.ts'
import { encodeRefusal, refusalOf } from './refusals.ts'

export interface ResponderOptions {
  readonly protocol: string
  readonly handler: PeerHandler
  readonly limits: ProtocolLimits
  readonly scheduler: Scheduler
  readonly log: Logger
  readonly onViolation: (violation: PeerViolation) => void
  /** Milliseconds from a request to the end of its answer. */
  readonly onServed: (protocol: string, outcome: 'ok' | 'refused' | 'failed' | 'timeout', ms: number) => void
}

const MAX_UNREAD = 64

/** What one peer has asked for and not got yet. */
interface Load {
  /** Handlers at work. */
  working: number
  /** Answers that the stream has not taken yet. Their asker may have read them already, and ask again. */
  unsent: number
}

/** Answers one protocol, whoever asks; the count of requests at work is a peer's, over all its streams. */
export class Responder {
  readonly #options: ResponderOptions
  readonly #loads = new Map<PeerId, Load>()
  readonly #streams = new Set<ServedStream>()

  constructor(options: ResponderOptions) {
    this.#options = options
  }

  serve(peer: PeerId, stream: PeerStream): StreamEvents {
    const served = new ServedStream(this.#options, peer, stream, this.#loads)
    this.#streams.add(served)
    return {
      data: (bytes) => served.data(bytes),
      closed: () => {
        this.#streams.delete(served)
        served.closed()
      },
    }
  }

  close(): void {
    for (const stream of [...this.#streams]) stream.reset()
  }
}

/** One stream on which a peer asks. */
class ServedStream {
  readonly #options: ResponderOptions
  readonly #peer: PeerId
  readonly #stream: PeerStream
  readonly #loads: Map<PeerId, Load>
  readonly #reader: FrameReader
  readonly #requests = new Map<number, AbortController>()
  #open = true
  /** Refusals that the stream has not taken yet. */
  #unread = 0

  constructor(options: ResponderOptions, peer: PeerId, stream: PeerStream, loads: Map<PeerId, Load>) {
    this.#options = options
    this.#peer = peer
    this.#stream = stream
    this.#loads = loads
    this.#reader = new FrameReader((kind) => (kind === FRAME.request ? options.limits.requestBytes : 0))
  }

  data(bytes: Uint8Array): void {
    if (!this.#open) return
    try {
      for (const frame of this.#reader.push(bytes)) this.#take(frame)
    } catch (error) {
      if (!(error instanceof FrameError)) throw error
      this.#violation('malformed')
      this.reset()
    }
  }

  reset(): void {
    this.#stream.reset()
    this.closed()
  }

  closed(): void {
    this.#open = false
    for (const controller of this.#requests.values()) controller.abort(new Error('The peer is gone.'))
    this.#requests.clear()
  }

  #take({ kind, id, body }: Frame): void {
    if (kind === FRAME.cancel) this.#requests.get(id)?.abort(new Error('The peer gave up.'))
    else if (kind !== FRAME.request || this.#requests.has(id))
      throw new FrameError('A frame that does not belong.')
    else if (body === undefined)
      this.#refuse(id, 'too_large', `A request may have ${this.#options.limits.requestBytes} bytes.`)
    else this.#begin(id, body)
  }

  #begin(id: number, body: Uint8Array): void {
    const load = this.#loads.get(this.#peer) ?? { working: 0, unsent: 0 }
    const { concurrentPerPeer } = this.#options.limits
    if (load.working >= concurrentPerPeer || load.working + load.unsent >= 2 * concurrentPerPeer) {
      this.#refuse(id, 'busy', `${load.working + load.unsent} requests of yours are at work.`)
      return
    }
    this.#loads.set(this.#peer, load)
    load.working++
    void this.#work(id, body, load).finally(() => {
      if (load.working + load.unsent === 0 && this.#loads.get(this.#peer) === load)
        this.#loads.delete(this.#peer)
    })
  }

  #refuse(id: number, code: 'too_large' | 'busy', text: string): void {
    this.#violation(code)
    this.#send(encodeFrame(FRAME.refusal, id, encodeRefusal(code, 'limit', text)))
  }

  async #work(id: number, body: Uint8Array, load: Load): Promise<void> {
    const { handler, limits, scheduler, protocol, onServed } = this.#options
    const controller = new AbortController()
    this.#requests.set(id, controller)
    const late = Promise.withResolvers<Uint8Array>()
    const begun = scheduler.now()
    const stopTimer = scheduler.after(limits.deadlineMs, () => {
      controller.abort(new Error('The deadline of the protocol has passed.'))
      late.resolve(encodeRefusal('timeout', 'deadline', `Not done within ${limits.deadlineMs} ms.`))
    })
    let outcome: Parameters<typeof onServed>[1] = 'ok'
    const refuse = (error: unknown) => {
      outcome = error instanceof PeerRefusal ? 'refused' : 'failed'
      if (outcome === 'failed' && !controller.signal.aborted) this.#failed(error)
      return [encodeFrame(FRAME.refusal, id, refusalOf(error))]
    }
    const work = Promise.resolve()
      .then(() => handler({ peer: this.#peer, body, signal: controller.signal }))
      .then((answer) => answerFrame(id, answer, limits.answerBytes))
      .catch(refuse)
      // One that goes on after its deadline keeps its place: else the limit would bound nothing.
      .finally(() => void load.working--)
    const frame = await Promise.race([
      work,
      late.promise.then((refusal) => {
        outcome = 'timeout'
        return [encodeFrame(FRAME.refusal, id, refusal)]
      }),
    ])
    stopTimer()
    load.unsent++
    await this.#answer(id, controller, frame)
    load.unsent--
    onServed(protocol, outcome, scheduler.now() - begun)
    await work
  }

  /** An asker that does not read its answers loses the stream: what is written waits no longer than a request may. */
  async #answer(id: number, controller: AbortController, frame: readonly Uint8Array[]): Promise<void> {
    const wanted = this.#requests.get(id) === controller
    this.#requests.delete(id)
    if (!this.#open || !wanted) return
    const { scheduler, limits } = this.#options
    const stop = scheduler.after(limits.deadlineMs, () => this.reset())
    await this.#stream.write(...frame).catch(() => {})
    stop()
  }

  /** A peer that asks on and on and never reads what it is told loses the stream. */
  #send(frame: Uint8Array): void {
    if (++this.#unread > MAX_UNREAD) this.reset()
    else
      this.#stream.write(frame).then(
        () => void this.#unread--,
        () => {},
      )
  }

  #failed(error: unknown): void {
    const { log, protocol } = this.#options
    log.error({ action: 'peer_request_failed', protocol, peer: this.#peer, error })
  }

  #violation(reason: PeerViolation['reason']): void {
    this.#options.onViolation({ peer: this.#peer, protocol: this.#options.protocol, reason })
  }
}

function answerFrame(id: number, answer: PeerAnswer, limit: number): readonly Uint8Array[] {
  const parts = answer instanceof Uint8Array ? [answer] : answer
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  if (length > limit) throw new Error(`An answer of ${length} bytes.`)
  return [frameHead(FRAME.answer, id, length), ...parts]
}
