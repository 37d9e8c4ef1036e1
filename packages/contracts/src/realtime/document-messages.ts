import { ByteReader, ByteWriter, MalformedBytes } from './bytes.ts'

/**
 * Messages of `/yjs/{document}` (contracts/wire/realtime/SPEC.md, rules DOC): those of y-websocket, and below number 64 our
 * extension, which a client begins with `hello`.
 */
export type DocumentMessage =
  | { readonly kind: 'step1'; readonly stateVector: Uint8Array }
  | { readonly kind: 'step2'; readonly update: Uint8Array }
  | { readonly kind: 'update'; readonly update: Uint8Array }
  | { readonly kind: 'awareness'; readonly update: Uint8Array }
  | { readonly kind: 'query-awareness' }
  | { readonly kind: 'denied'; readonly reason: string }
  /** From a client that wants acknowledgements. */
  | { readonly kind: 'hello'; readonly version: number }
  /** An update that is to be acknowledged; `seq` grows by one in a connection. */
  | { readonly kind: 'numbered'; readonly seq: number; readonly update: Uint8Array }
  /** Every update up to `seq` is durable. */
  | { readonly kind: 'ack'; readonly seq: number }
  /** The update was refused and will never be applied. */
  | { readonly kind: 'refused'; readonly seq: number; readonly code: string; readonly message: string }
  /** What the server says of itself when it begins, and when that changes. */
  | { readonly kind: 'status'; readonly mode: 'write' | 'read'; readonly storing: boolean }
  /** Which document, where no URL says it; the first message there. `traceparent` (W3C) may be empty. */
  | {
      readonly kind: 'open'
      readonly document: string
      readonly ticket: string
      readonly traceparent: string
    }

const SYNC = 0
const AWARENESS = 1
const AUTH = 2
const QUERY_AWARENESS = 3
const EXTENSION = 64
const MAX_TEXT = 500

/** One message as bytes (SPEC DOC-2, DOC-4). Numbers are whole, from 0 to 2^53 - 1. */
export function encodeDocumentMessage(message: DocumentMessage): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter()
  switch (message.kind) {
    case 'step1':
      return out.byte(SYNC).byte(0).varBytes(message.stateVector).toBytes()
    case 'step2':
      return out.byte(SYNC).byte(1).varBytes(message.update).toBytes()
    case 'update':
      return out.byte(SYNC).byte(2).varBytes(message.update).toBytes()
    case 'awareness':
      return out.byte(AWARENESS).varBytes(message.update).toBytes()
    case 'query-awareness':
      return out.byte(QUERY_AWARENESS).toBytes()
    case 'denied':
      return out.byte(AUTH).byte(0).varString(message.reason).toBytes()
    default:
      return encodeExtension(out.byte(EXTENSION), message)
  }
}

type Extension = Extract<
  DocumentMessage,
  { kind: 'hello' | 'numbered' | 'ack' | 'refused' | 'status' | 'open' }
>

function encodeExtension(out: ByteWriter, message: Extension): Uint8Array<ArrayBuffer> {
  switch (message.kind) {
    case 'hello':
      return out.byte(0).varUint(message.version).toBytes()
    case 'numbered':
      return out.byte(1).varUint(message.seq).varBytes(message.update).toBytes()
    case 'ack':
      return out.byte(2).varUint(message.seq).toBytes()
    case 'refused':
      return out
        .byte(3)
        .varUint(message.seq)
        .varString(message.code)
        .varString(message.message.slice(0, MAX_TEXT))
        .toBytes()
    case 'status':
      return out
        .byte(4)
        .byte(message.mode === 'write' ? 1 : 0)
        .byte(message.storing ? 1 : 0)
        .toBytes()
    case 'open':
      return out
        .byte(5)
        .varString(message.document)
        .varString(message.ticket)
        .varString(message.traceparent)
        .toBytes()
  }
}

/** @throws MalformedBytes for anything that is not exactly one message */
export function decodeDocumentMessage(bytes: Uint8Array): DocumentMessage {
  const reader = new ByteReader(bytes)
  const message = read(reader)
  if (reader.left > 0) throw new MalformedBytes('there are bytes after the message')
  return message
}

function read(reader: ByteReader): DocumentMessage {
  switch (reader.varUint()) {
    case SYNC:
      return readSync(reader)
    case AWARENESS:
      return { kind: 'awareness', update: reader.varBytes() }
    case AUTH:
      reader.varUint()
      return { kind: 'denied', reason: reader.varString() }
    case QUERY_AWARENESS:
      return { kind: 'query-awareness' }
    case EXTENSION:
      return readExtension(reader)
    default:
      throw new MalformedBytes('there is no such message')
  }
}

function readSync(reader: ByteReader): DocumentMessage {
  switch (reader.varUint()) {
    case 0:
      return { kind: 'step1', stateVector: reader.varBytes() }
    case 1:
      return { kind: 'step2', update: reader.varBytes() }
    case 2:
      return { kind: 'update', update: reader.varBytes() }
    default:
      throw new MalformedBytes('there is no such sync message')
  }
}

function readExtension(reader: ByteReader): DocumentMessage {
  switch (reader.varUint()) {
    case 0:
      return { kind: 'hello', version: reader.varUint() }
    case 1:
      return { kind: 'numbered', seq: reader.varUint(), update: reader.varBytes() }
    case 2:
      return { kind: 'ack', seq: reader.varUint() }
    case 3:
      return { kind: 'refused', seq: reader.varUint(), code: reader.varString(), message: reader.varString() }
    case 4:
      return { kind: 'status', mode: reader.byte() === 1 ? 'write' : 'read', storing: reader.byte() === 1 }
    case 5:
      return {
        kind: 'open',
        document: reader.varString(),
        ticket: reader.varString(),
        traceparent: reader.varString(),
      }
    default:
      throw new MalformedBytes('there is no such extension message')
  }
}
