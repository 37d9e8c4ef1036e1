import type { Logger } from '@stoa/kernel'
import { PeerRefusal } from '../errors.ts'
import type { PeerHandler, PeerId, PeerViolation, ProtocolLimits } from '../peers.ts'
import type { Scheduler } from '../scheduler.ts'
import type { PeerStream, StreamEvents } from '../streams.ts'
import { encodeFrame, FRAME, type Frame, FrameError, FrameReader } from './frames.ts'
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

/** Answers one protocol, whoever asks; the count of requests at work is a peer's, over all its streams. */
export class Responder {
  readonly #options: ResponderOptions
  readonly #working = new Map<PeerId, number>()
  readonly #streams = new Set<ServedStream>()

  constructor(options: ResponderOptions) {
    this.#options = options
  }

  serve(peer: PeerId, stream: PeerStream): StreamEvents {
    const served = new ServedStream(this.#options, peer, stream, this.#working)
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
  readonly #working: Map<PeerId, number>
  readonly #reader: FrameReader
  readonly #requests = new Map<number, AbortController>()
  #open = true
  /** Refusals that the stream has not taken yet. */
  #unread = 0

  constructor(options: ResponderOptions, peer: PeerId, stream: PeerStream, working: Map<PeerId, number>) {
    this.#options = options
    this.#peer = peer
    this.#stream = stream
    this.#working = working
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
    const working = this.#working.get(this.#peer) ?? 0
    if (working >= this.#options.limits.concurrentPerPeer) {
      this.#refuse(id, 'busy', `${working} requests of yours are at work.`)
      return
    }
    this.#working.set(this.#peer, working + 1)
    void this.#work(id, body).finally(() => this.#leave())
  }

  #refuse(id: number, code: 'too_large' | 'busy', text: string): void {
    this.#violation(code)
    this.#send(encodeFrame(FRAME.refusal, id, encodeRefusal(code, 'limit', text)))
  }

  #leave(): void {
    const left = (this.#working.get(this.#peer) ?? 1) - 1
    if (left === 0) this.#working.delete(this.#peer)
    else this.#working.set(this.#peer, left)
  }

  async #work(id: number, body: Uint8Array): Promise<void> {
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
      return encodeFrame(FRAME.refusal, id, refusalOf(error))
    }
    const work = Promise.resolve()
      .then(() => handler({ peer: this.#peer, body, signal: controller.signal }))
      .then((answer) => {
        if (answer.length > limits.answerBytes) throw new Error(`An answer of ${answer.length} bytes.`)
        return encodeFrame(FRAME.answer, id, answer)
      })
      .catch(refuse)
    const frame = await Promise.race([
      work,
      late.promise.then((refusal) => {
        outcome = 'timeout'
        return encodeFrame(FRAME.refusal, id, refusal)
      }),
    ])
    stopTimer()
    await this.#answer(id, controller, frame)
    onServed(protocol, outcome, scheduler.now() - begun)
    // A handler that goes on after its deadline keeps its place: else the limit would bound nothing.
    await work
  }

  /** An asker that does not read its answers loses the stream: what is written waits no longer than a request may. */
  async #answer(id: number, controller: AbortController, frame: Uint8Array): Promise<void> {
    const wanted = this.#requests.get(id) === controller
    this.#requests.delete(id)
    if (!this.#open || !wanted) return
    const { scheduler, limits } = this.#options
    const stop = scheduler.after(limits.deadlineMs, () => this.reset())
    await this.#stream.write(frame).catch(() => {})
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
