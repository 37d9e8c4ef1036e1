import { Aead } from '../crypto/suite.ts'
import { QuantumError } from '../errors.ts'
import { readParameters, type TransportParameters, writeParameters } from '../wire/parameters.ts'
import { Reader, writeBytes, writeVarint } from '../wire/varint.ts'

/** The three messages of the handshake: SPEC HSK-3 to HSK-6. */
export const MessageType = { clientHello: 1, serverHello: 2, clientFinish: 3 } as const

/** Longest handshake message that is read: a token of some kilobytes fits. */
export const MAX_HANDSHAKE_MESSAGE = 16_384
export const BINDER_LENGTH = 32

export interface ClientHello {
  suites: readonly Aead[]
  publicKey: Uint8Array
  protocols: readonly string[]
  parameters: TransportParameters
  resumption?: { ticket: Uint8Array; earlyData: boolean; binder: Uint8Array }
}

export interface ServerHelloPrefix {
  suite: Aead
  publicKey: Uint8Array
  resumed: boolean
  earlyAccepted: boolean
}

/** What the server says under encryption. */
export interface ServerProof {
  identity: Uint8Array
  signature: Uint8Array
  protocol: string
  parameters: TransportParameters
}

/** How the client says who it is. */
export type ClientProof =
  | { kind: 'anonymous' }
  | { kind: 'identity'; publicKey: Uint8Array; signature: Uint8Array }
  | { kind: 'token'; token: Uint8Array }

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Puts type and length before a body. */
export function frameMessage(type: number, body: Uint8Array): Uint8Array {
  const out = new Uint8Array(9 + body.length)
  out[0] = type
  const at = writeVarint(out, 1, body.length)
  return out.subarray(0, writeBytes(out, at, body))
}

/** The whole message, binder included (zeros until it is known: it is the last field). */
export function encodeClientHello(hello: ClientHello): Uint8Array {
  const out = new Uint8Array(1024 + (hello.resumption?.ticket.length ?? 0))
  let at = 0
  out[at++] = hello.suites.length
  for (const suite of hello.suites) out[at++] = suite
  at = writeBytes(out, at, hello.publicKey)
  out[at++] = hello.protocols.length
  for (const protocol of hello.protocols) at = writeText(out, at, protocol)
  at = writeParameters(out, at, hello.parameters)
  const { resumption } = hello
  out[at++] = resumption ? (resumption.earlyData ? 2 : 1) : 0
  if (resumption) {
    at = writeBytes(out, writeVarint(out, at, resumption.ticket.length), resumption.ticket)
    at = writeBytes(out, at, resumption.binder)
  }
  return frameMessage(MessageType.clientHello, out.subarray(0, at))
}

export function decodeClientHello(body: Uint8Array): ClientHello {
  const read = new Reader(body)
  const suites = [...read.take(read.uint8())].filter(isAead)
  const publicKey = read.take(32).slice()
  const protocols = Array.from({ length: read.uint8() }, () => decoder.decode(read.take(read.uint8())))
  const parameters = readParameters(read)
  const resumes = read.uint8()
  if (resumes > 2) throw malformed()
  const hello = { suites, publicKey, protocols, parameters }
  if (resumes === 0) return finished(read, hello)
  const ticket = read.take(read.varint()).slice()
  const binder = read.take(BINDER_LENGTH).slice()
  return finished(read, { ...hello, resumption: { ticket, earlyData: resumes === 2, binder } })
}

export function encodeServerPrefix(prefix: ServerHelloPrefix): Uint8Array {
  const flags = (prefix.resumed ? 1 : 0) | (prefix.earlyAccepted ? 2 : 0)
  return Uint8Array.of(prefix.suite, ...prefix.publicKey, flags)
}

/** A server hello is the prefix and then, to its end, the sealed proof. */
export function decodeServerHello(
  body: Uint8Array,
): ServerHelloPrefix & { prefix: Uint8Array; sealed: Uint8Array } {
  const read = new Reader(body)
  const suite = read.uint8()
  if (!isAead(suite)) throw malformed()
  const publicKey = read.take(32).slice()
  const flags = read.uint8()
  return {
    suite,
    publicKey,
    resumed: (flags & 1) > 0,
    earlyAccepted: flags === 3,
    prefix: body.subarray(0, read.at),
    sealed: read.take(read.left).slice(),
  }
}

export function encodeServerProof(proof: ServerProof): Uint8Array {
  const out = new Uint8Array(32 + 64 + 256 + 200)
  const at = writeText(
    out,
    writeBytes(out, writeBytes(out, 0, proof.identity), proof.signature),
    proof.protocol,
  )
  return out.subarray(0, writeParameters(out, at, proof.parameters))
}

export function decodeServerProof(plain: Uint8Array): ServerProof {
  const read = new Reader(plain)
  const identity = read.take(32).slice()
  const signature = read.take(64).slice()
  const protocol = decoder.decode(read.take(read.uint8()))
  return finished(read, { identity, signature, protocol, parameters: readParameters(read) })
}

/** Without the 32 bytes of MAC that follow. */
export function encodeClientProof(proof: ClientProof): Uint8Array {
  if (proof.kind === 'anonymous') return Uint8Array.of(0)
  if (proof.kind === 'identity') return Uint8Array.of(1, ...proof.publicKey, ...proof.signature)
  const out = new Uint8Array(9 + proof.token.length)
  out[0] = 2
  return out.subarray(0, writeBytes(out, writeVarint(out, 1, proof.token.length), proof.token))
}

export function decodeClientProof(bytes: Uint8Array): ClientProof {
  const read = new Reader(bytes)
  switch (read.uint8()) {
    case 0:
      return finished(read, { kind: 'anonymous' })
    case 1: {
      const publicKey = read.take(32).slice()
      return finished(read, { kind: 'identity', publicKey, signature: read.take(64).slice() })
    }
    case 2:
      return finished(read, { kind: 'token', token: read.take(read.varint()).slice() })
    default:
      throw malformed()
  }
}

function writeText(out: Uint8Array, at: number, text: string): number {
  const bytes = encoder.encode(text)
  if (bytes.length > 255) throw new RangeError('The name of a protocol takes at most 255 bytes.')
  out[at] = bytes.length
  return writeBytes(out, at + 1, bytes)
}

function finished<T>(read: Reader, value: T): T {
  if (read.left > 0) throw malformed()
  return value
}

function isAead(suite: number): suite is Aead {
  return suite === Aead.chacha20Poly1305 || suite === Aead.aes256Gcm
}

const malformed = () =>
  new QuantumError('quantum.malformed', 'A handshake message has fields that are not allowed.')
