import { ByteReader, ByteWriter, MalformedBytes } from './bytes.ts'

/**
 * Frames of `/realtime/v1` (contracts/wire/realtime/SPEC.md, rules TOPIC): one byte for the kind, then JSON in UTF-8. The same
 * frames travel over any transport that carries whole messages in order.
 */
export type ClientFrame =
  | { readonly kind: 'hello'; readonly version: 1; readonly token: string }
  /** A fresh access token for the same session. */
  | { readonly kind: 'refresh'; readonly token: string }
  /** `after`: the sequence up to which the client has the topic; absent: from now on. */
  | { readonly kind: 'follow'; readonly topic: string; readonly after?: number }
  | { readonly kind: 'leave'; readonly topic: string }
  /** Something short-lived for the other followers of a topic, e.g. `typing`. */
  | { readonly kind: 'signal'; readonly topic: string; readonly type: string; readonly data?: unknown }
  | { readonly kind: 'ping' }

/** What a server says. Times are RFC 3339; `seq` grows within the organisation (SPEC TOPIC-5). */
export type ServerFrame =
  | {
      readonly kind: 'welcome'
      readonly connection_id: string
      readonly account_id: string
      /** The client says something at least this often. */
      readonly ping_ms: number
      /** When the token ends: send another before. */
      readonly expires_at: string
      /** Where the same frames are spoken over UDP, and by which Ed25519 key (base64url); absent: nowhere. */
      readonly quantum?: { readonly port: number; readonly key: string }
    }
  | { readonly kind: 'refreshed'; readonly expires_at: string }
  /** `reset`: events are missing; read afresh what is held of the topic. `present`: accounts that follow it now. */
  | {
      readonly kind: 'following'
      readonly topic: string
      readonly seq: number
      readonly reset: boolean
      readonly present: readonly string[]
    }
  | { readonly kind: 'left'; readonly topic: string; readonly code: string }
  | {
      readonly kind: 'event'
      readonly topic: string
      readonly seq: number
      readonly type: string
      readonly payload: unknown
      readonly created_at: string
      /** The message an event of a room is about, as its readers see it. */
      readonly message?: unknown
    }
  | {
      readonly kind: 'signal'
      readonly topic: string
      readonly type: string
      readonly account_id: string
      readonly data?: unknown
    }
  | {
      readonly kind: 'presence'
      readonly topic: string
      readonly account_id: string
      readonly present: boolean
    }
  /** Everything up to `seq` of every followed topic has been sent. */
  | { readonly kind: 'pong'; readonly seq?: number }
  | { readonly kind: 'error'; readonly code: string; readonly topic?: string }

const CLIENT = ['hello', 'refresh', 'follow', 'leave', 'signal', 'ping'] as const
const SERVER = [
  'welcome',
  'refreshed',
  'following',
  'left',
  'event',
  'signal',
  'presence',
  'pong',
  'error',
] as const
/** Kinds of the server begin here. */
const SERVER_BASE = 0x80

const utf8 = new TextEncoder()

/** The byte of its kind, then its fields as JSON in UTF-8 (SPEC TOPIC-1). */
export function encodeClientFrame({ kind, ...fields }: ClientFrame): Uint8Array<ArrayBuffer> {
  return encode(CLIENT.indexOf(kind) + 1, fields)
}

/** The byte of its kind, then its fields as JSON in UTF-8 (SPEC TOPIC-1). */
export function encodeServerFrame({ kind, ...fields }: ServerFrame): Uint8Array<ArrayBuffer> {
  return encode(SERVER_BASE + SERVER.indexOf(kind) + 1, fields)
}

function encode(kind: number, fields: object): Uint8Array<ArrayBuffer> {
  return new ByteWriter()
    .byte(kind)
    .raw(utf8.encode(JSON.stringify(fields)))
    .toBytes()
}

/** @throws MalformedBytes for anything that is not a client's frame with the fields of its kind */
export function decodeClientFrame(bytes: Uint8Array): ClientFrame {
  const reader = new ByteReader(bytes)
  const kind = CLIENT[reader.byte() - 1]
  if (kind === undefined) throw new MalformedBytes('there is no such frame')
  const fields = objectOf(reader.rest())
  const text = (name: string, most: number): string => {
    const value = fields[name]
    if (typeof value !== 'string' || value.length === 0 || value.length > most)
      throw new MalformedBytes(`${kind}.${name} is not right`)
    return value
  }
  switch (kind) {
    case 'hello':
      if (fields.version !== 1) throw new MalformedBytes('hello.version is not right')
      return { kind, version: 1, token: text('token', 8_192) }
    case 'refresh':
      return { kind, token: text('token', 8_192) }
    case 'follow': {
      const { after } = fields
      if (after === undefined) return { kind, topic: text('topic', 128) }
      if (typeof after !== 'number' || !Number.isSafeInteger(after) || after < 0)
        throw new MalformedBytes('follow.after is not right')
      return { kind, topic: text('topic', 128), after }
    }
    case 'leave':
      return { kind, topic: text('topic', 128) }
    case 'signal':
      return { kind, topic: text('topic', 128), type: text('type', 32), data: fields.data }
    case 'ping':
      return { kind }
  }
}

/** For the client: it trusts its server with the fields. @throws MalformedBytes */
export function decodeServerFrame(bytes: Uint8Array): ServerFrame {
  const reader = new ByteReader(bytes)
  const kind = SERVER[reader.byte() - SERVER_BASE - 1]
  if (kind === undefined) throw new MalformedBytes('there is no such frame')
  return { kind, ...objectOf(reader.rest()) } as ServerFrame
}

function objectOf(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new MalformedBytes('the frame holds no JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new MalformedBytes('the frame holds no object')
  return value as Readonly<Record<string, unknown>>
}
