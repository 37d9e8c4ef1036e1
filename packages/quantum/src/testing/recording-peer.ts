import type { Simulation } from '@stoa/testkit/netlab/simulation'
import type { Connection } from '../connection/connection.ts'
import type { PeerEvents } from '../endpoint/endpoint.ts'
import type { QuantumError } from '../errors.ts'
import type { Resumption } from '../handshake/client.ts'
import type { ClientProof } from '../handshake/messages.ts'
import type { Stream } from '../streams/stream.ts'
import { StreamKind } from '../wire/constants.ts'

/** What came on one stream, and when. */
export interface Received {
  stream: Stream
  chunks: Uint8Array[]
  messages: { at: number; data: Uint8Array }[]
  ended: boolean
  reset: number | undefined
}

/** One side of a connection that reads everything at once and keeps it. */
export class RecordingPeer implements PeerEvents {
  connection!: Connection
  readonly streams = new Map<number, Received>()
  readonly datagrams: Uint8Array[] = []
  ready: Parameters<PeerEvents['onReady']>[0] | undefined
  readyAt: number | undefined
  confirmedAt: number | undefined
  proof: ClientProof | undefined
  resumption: Resumption | undefined
  addressToken: Uint8Array | undefined
  closed: { error: QuantumError | undefined } | undefined
  /** Set by a test that answers proofs itself. */
  welcome: (proof: ClientProof, connection: Connection) => void = (_proof, connection) => connection.accept()
  /** Set by a test that reads by itself. */
  reads = true
  onData: (received: Received) => void = () => {}
  readonly #station: { pump(connection: Connection): void }
  readonly #simulation: Simulation
  #woken = false

  constructor(station: { pump(connection: Connection): void }, simulation: Simulation) {
    this.#station = station
    this.#simulation = simulation
  }

  attach(connection: Connection): void {
    this.connection = connection
  }

  open(options?: Parameters<Connection['openStream']>[0]): Stream {
    const stream = this.connection.openStream(options)
    if (!stream) throw new Error('no stream may be opened')
    this.#watch(stream)
    return stream
  }

  #watch(stream: Stream): Received {
    const received: Received = { stream, chunks: [], messages: [], ended: false, reset: undefined }
    this.streams.set(stream.id, received)
    stream.onReadable = () => this.read(received)
    return received
  }

  read(received: Received): void {
    if (!this.reads) return
    const { stream } = received
    if (stream.kind === StreamKind.bytes)
      for (let data = stream.read(); data; data = stream.read()) received.chunks.push(data.slice())
    else
      for (let data = stream.readMessage(); data; data = stream.readMessage())
        received.messages.push({ at: this.#simulation.now, data })
    const { receiver } = stream
    received.reset = receiver?.resetCode
    received.ended = receiver?.finalSize !== undefined && receiver.consumed === receiver.finalSize
    this.onData(received)
  }

  bytesOf(id: number): Uint8Array {
    return Buffer.concat(this.streams.get(id)?.chunks ?? [])
  }

  onStream(stream: Stream): void {
    this.#watch(stream)
  }

  onStreamsAvailable(): void {}

  onDatagram(data: Uint8Array): void {
    this.datagrams.push(data)
  }

  wake(): void {
    if (this.#woken || !this.connection) return
    this.#woken = true
    this.#simulation.at(this.#simulation.now, () => {
      this.#woken = false
      this.#station.pump(this.connection)
    })
  }

  onReady(ready: Parameters<PeerEvents['onReady']>[0]): void {
    this.ready = ready
    this.readyAt = this.#simulation.now
  }

  onClientProof(proof: ClientProof): void {
    this.proof = proof
    this.welcome(proof, this.connection)
  }

  onConfirmed(): void {
    this.confirmedAt = this.#simulation.now
  }

  onResumption(resumption: Resumption): void {
    this.resumption = resumption
  }

  onAddressToken(token: Uint8Array): void {
    this.addressToken = token
  }

  onClosed(error: QuantumError | undefined): void {
    this.closed = { error }
  }
}
