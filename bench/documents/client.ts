import { decodeDocumentMessage, encodeDocumentMessage } from '@stoa/contracts/realtime'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import WebSocket from 'ws'
import type { ServerName } from './server.ts'

export interface ClientInit {
  readonly server: ServerName
  readonly address: string
  readonly document: string
  /** An update of somebody, as it came. */
  readonly onUpdate: (update: Uint8Array) => void
}

const EMPTY_VECTOR = new Uint8Array([0])

/**
 * A client of the protocol that each server speaks, without a document of its own, so that two hundred of them cost little.
 * Resolves when it is in step.
 */
export class BenchClient {
  readonly #init: ClientInit
  readonly #socket: WebSocket
  readonly #synced = Promise.withResolvers<void>()
  #sent = 0
  /** Updates of this client that the server has acknowledged as durable; of ours alone. */
  acknowledged = 0
  stateBytes = 0

  constructor(init: ClientInit) {
    this.#init = init
    this.#socket = new WebSocket(init.address, { perMessageDeflate: false })
    this.#socket.on('message', (data) => this.#hear(new Uint8Array(data as Buffer)))
    this.#socket.on('error', (error) => this.#synced.reject(error))
    this.#socket.on('open', () => this.#greet())
  }

  get synced(): Promise<void> {
    return this.#synced.promise
  }

  send(update: Uint8Array): void {
    this.#sent += 1
    if (this.#init.server === 'stoa')
      this.#socket.send(encodeDocumentMessage({ kind: 'numbered', seq: this.#sent, update }))
    else this.#say(2, update)
  }

  get isAcknowledged(): boolean {
    return this.#init.server !== 'stoa' || this.acknowledged === this.#sent
  }

  close(): void {
    this.#socket.terminate()
  }

  #greet(): void {
    if (this.#init.server === 'hocuspocus') {
      const out = this.#begin(2)
      encoding.writeVarUint(out, 0)
      encoding.writeVarString(out, 'token')
      this.#socket.send(encoding.toUint8Array(out))
    }
    if (this.#init.server === 'stoa') this.#socket.send(encodeDocumentMessage({ kind: 'hello', version: 1 }))
    if (this.#init.server !== 'hocuspocus') this.#say(0, EMPTY_VECTOR)
  }

  #say(kind: number, bytes: Uint8Array): void {
    const out = this.#begin(0)
    encoding.writeVarUint(out, kind)
    encoding.writeVarUint8Array(out, bytes)
    this.#socket.send(encoding.toUint8Array(out))
  }

  /** Hocuspocus names the document in every message. */
  #begin(type: number): encoding.Encoder {
    const out = encoding.createEncoder()
    if (this.#init.server === 'hocuspocus') encoding.writeVarString(out, this.#init.document)
    encoding.writeVarUint(out, type)
    return out
  }

  #hear(bytes: Uint8Array): void {
    const input = decoding.createDecoder(bytes)
    if (this.#init.server === 'hocuspocus') decoding.readVarString(input)
    const type = decoding.readVarUint(input)
    if (type === 2) this.#say(0, EMPTY_VECTOR)
    else if (type === 64) this.#hearOurs(bytes)
    // Hocuspocus answers with 4 where others say 0.
    else if (type === 0 || type === 4) this.#hearSync(input)
  }

  #hearOurs(bytes: Uint8Array): void {
    const message = decodeDocumentMessage(bytes)
    if (message.kind === 'ack') this.acknowledged = message.seq
  }

  #hearSync(input: decoding.Decoder): void {
    const kind = decoding.readVarUint(input)
    const bytes = decoding.readVarUint8Array(input)
    if (kind === 1) {
      this.stateBytes = bytes.length
      this.#synced.resolve()
    } else if (kind === 2) this.#init.onUpdate(bytes)
  }
}
