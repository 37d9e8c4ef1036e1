import { QuantumError } from '../errors.ts'
import type { ThinFlowPolicy } from '../fec/types.ts'
import type { StreamKind } from '../wire/constants.ts'
import type { TransportParameters } from '../wire/parameters.ts'
import { ConnectionFlow } from './flow.ts'
import { ReceivePart } from './receive-part.ts'
import { Repeater } from './repeater.ts'
import { Scheduler } from './scheduler.ts'
import { SendPart } from './send-part.ts'
import { kindOf, kindOfId, Stream, type StreamOptions, type StreamOwner } from './stream.ts'
import { AcceptCount, isServerId, isUnidirectional, makeId, OpenCount } from './stream-ids.ts'

/** What the streams of a connection ask of it: control frames to send, and the host to be told. */
export interface StreamsHost {
  onStream(stream: Stream): void
  /** More streams may be opened. */
  onStreamsAvailable(): void
  onStreamControl(kind: 'reset' | 'stop' | 'maxStreamData', stream: Stream, value: number): void
  onConnectionControl(kind: 'maxData' | 'maxStreamsBidi' | 'maxStreamsUni', value: number): void
  /** There is something to send. */
  wake(): void
}

/** All streams of a connection. */
export class Streams implements StreamOwner {
  readonly flow: ConnectionFlow
  readonly scheduler = new Scheduler()
  readonly repeater: Repeater
  readonly #server: boolean
  readonly #host: StreamsHost
  readonly #local: TransportParameters
  readonly #byId = new Map<number, Stream>()
  readonly #open = [new OpenCount(), new OpenCount()] as const
  readonly #accept: readonly [AcceptCount, AcceptCount]
  /** Streams with data that only the connection's flow control keeps back. */
  readonly #starved = new Set<Stream>()
  #peer: TransportParameters | undefined
  /** What is being read is early data: streams begun now are marked. */
  early = false

  constructor(server: boolean, local: TransportParameters, policy: ThinFlowPolicy, host: StreamsHost) {
    this.#server = server
    this.#local = local
    this.#host = host
    this.flow = new ConnectionFlow(local.maxData)
    this.repeater = new Repeater(policy)
    this.#accept = [new AcceptCount(local.maxStreamsBidi), new AcceptCount(local.maxStreamsUni)]
  }

  get count(): number {
    return this.#byId.size
  }

  all(): Iterable<Stream> {
    return this.#byId.values()
  }

  /** The peer's limits, or those remembered of it for 0-RTT. Limits never shrink. */
  setPeer(parameters: TransportParameters): void {
    this.#peer = parameters
    this.onMaxData(parameters.maxData)
    this.onMaxStreams(true, parameters.maxStreamsBidi)
    this.onMaxStreams(false, parameters.maxStreamsUni)
    for (const stream of this.#byId.values()) this.onMaxStreamData(stream.id, parameters.maxStreamData)
  }

  /** The peer has refused all early data: everything begins again, under the limits it has now. */
  restart(parameters: TransportParameters): void {
    this.flow.sent = 0
    this.flow.sendLimit = parameters.maxData
    for (const stream of this.#byId.values()) {
      stream.sender?.rewind(parameters.maxStreamData)
      this.onWork(stream)
    }
  }

  /** `undefined` when the peer allows no more streams for now. */
  open(options: StreamOptions): Stream | undefined {
    const unidirectional = options.unidirectional ?? false
    const count = this.#open[unidirectional ? 1 : 0]
    if (!this.#peer || count.opened >= count.limit) return undefined
    const kind = kindOf(options.kind)
    const id = makeId(count.opened++, kind, unidirectional, this.#server)
    const sender = new SendPart(kind, this.#peer.maxStreamData)
    const receiver = unidirectional ? undefined : this.#receiver(kind)
    return this.#add(new Stream(id, { sender, receiver }, this, options))
  }

  #receiver(kind: StreamKind): ReceivePart {
    return new ReceivePart(kind, this.#local.maxStreamData, this.#local.maxMessage)
  }

  #add(stream: Stream): Stream {
    this.#byId.set(stream.id, stream)
    return stream
  }

  /** The stream of a frame that only its opener or its peer may send; opens it if need be; `undefined` if it is gone. */
  find(id: number): Stream | undefined {
    const stream = this.#byId.get(id)
    if (stream) return stream
    const kind = kindOfId(id)
    if (((id >>> 2) & 3) === 3) throw violation('There is no such kind of stream.')
    if (isServerId(id) === this.#server) {
      const { opened } = this.#open[isUnidirectional(id) ? 1 : 0]
      if (Math.floor(id / 16) >= opened) throw violation('A frame is for a stream that was never opened.')
      return undefined
    }
    if (!this.#accept[isUnidirectional(id) ? 1 : 0].accept(id)) return undefined
    const sender = isUnidirectional(id) ? undefined : new SendPart(kind, this.#peer?.maxStreamData ?? 0)
    const opened = this.#add(new Stream(id, { sender, receiver: this.#receiver(kind) }, this, {}))
    opened.early = this.early
    this.#host.onStream(opened)
    return opened
  }

  onData(id: number, offset: number, data: Uint8Array, flags: number): void {
    const stream = this.find(id)
    if (!stream) return
    const { receiver } = stream
    if (!receiver) throw violation('Data came on a stream that only we may send on.')
    const before = receiver.highest
    const readable = receiver.onData(offset, data, flags)
    if (receiver.highest > before) this.flow.onReceived(receiver.highest - before)
    this.#countConsumed(receiver)
    if (readable) stream.onReadable?.()
    if (receiver.finished) this.#closeIfFinished(stream)
  }

  onResetFrame(id: number, code: number, finalSize: number): void {
    const stream = this.find(id)
    if (!stream) return
    const { receiver } = stream
    if (!receiver) throw violation('A stream that only we may send on was reset.')
    const { highest } = receiver
    receiver.onReset(code, finalSize)
    this.flow.onReceived(receiver.highest - highest)
    this.#countConsumed(receiver)
    stream.onReadable?.()
    this.#closeIfFinished(stream)
  }

  onStopFrame(id: number, code: number): void {
    const stream = this.find(id)
    if (!stream) return
    if (!stream.sender) throw violation('We were asked to stop where we cannot send.')
    if (stream.sender.stopCode !== undefined) return
    stream.sender.stopCode = code
    stream.reset(code)
    stream.onWritable?.()
  }

  onMaxData(limit: number): void {
    if (limit <= this.flow.sendLimit) return
    this.flow.sendLimit = limit
    for (const stream of this.#starved) this.scheduler.add(stream)
    this.#starved.clear()
    this.#host.wake()
  }

  onMaxStreamData(id: number, limit: number): void {
    const stream = this.find(id)
    if (!stream?.sender || limit <= stream.sender.limit) return
    stream.sender.limit = limit
    this.onWork(stream)
  }

  onMaxStreams(bidirectional: boolean, limit: number): void {
    const count = this.#open[bidirectional ? 0 : 1]
    if (limit <= count.limit) return
    count.limit = limit
    this.#host.onStreamsAvailable()
  }

  /** Called by the packet builder when a stream had to stop for want of connection credit. */
  onStarved(stream: Stream): void {
    this.#starved.add(stream)
  }

  onWork(stream: Stream): void {
    if (!stream.sender) return
    if (stream.sender.hasWork(this.flow.credit)) this.scheduler.add(stream)
    else if (stream.sender.hasWork(Number.POSITIVE_INFINITY)) this.#starved.add(stream)
    this.#host.wake()
  }

  onRead(stream: Stream): void {
    const { receiver } = stream
    if (!receiver) return
    this.#countConsumed(receiver)
    const limit = receiver.nextLimit()
    if (limit > 0) this.#host.onStreamControl('maxStreamData', stream, limit)
    this.#closeIfFinished(stream)
  }

  #countConsumed(receiver: ReceivePart): void {
    if (receiver.consumed === receiver.counted) return
    this.flow.consumed += receiver.consumed - receiver.counted
    receiver.counted = receiver.consumed
    const limit = this.flow.nextLimit()
    if (limit > 0) this.#host.onConnectionControl('maxData', limit)
  }

  onReset(stream: Stream): void {
    this.repeater.forget(stream)
    this.#host.onStreamControl('reset', stream, stream.sender?.resetCode ?? 0)
  }

  onStop(stream: Stream, code: number): void {
    this.#host.onStreamControl('stop', stream, code)
  }

  onAcked(stream: Stream, offset: number, length: number, fin: boolean): void {
    const { sender } = stream
    if (!sender) return
    sender.onAcked(offset, length, fin)
    stream.onWritable?.()
    if (sender.finished) this.#closeIfFinished(stream)
  }

  onLost(stream: Stream, offset: number, length: number, fin: boolean): void {
    stream.sender?.onLost(offset, length, fin)
    this.onWork(stream)
  }

  onResetAcked(stream: Stream): void {
    stream.sender?.onResetAcked()
    this.#closeIfFinished(stream)
  }

  #closeIfFinished(stream: Stream): void {
    if (!stream.finished || !this.#byId.delete(stream.id)) return
    this.repeater.forget(stream)
    this.#starved.delete(stream)
    if (isServerId(stream.id) !== this.#server) {
      const unidirectional = isUnidirectional(stream.id)
      const count = this.#accept[unidirectional ? 1 : 0]
      count.onClosed()
      const limit = count.nextLimit()
      if (limit > 0)
        this.#host.onConnectionControl(unidirectional ? 'maxStreamsUni' : 'maxStreamsBidi', limit)
    }
    stream.onClosed?.()
  }

  /** The connection is over. */
  close(): void {
    const streams = [...this.#byId.values()]
    this.#byId.clear()
    this.scheduler.clear()
    this.repeater.clear()
    this.#starved.clear()
    for (const stream of streams) {
      stream.onReadable?.()
      stream.onWritable?.()
      stream.onClosed?.()
    }
  }
}

const violation = (message: string) => new QuantumError('quantum.protocol_violation', message)
