import { TAG_LENGTH } from '../wire/constants.ts'
import { expand, extract } from './hkdf.ts'
import { Aead, type CryptoSuite, type HeaderKey, type PacketKey } from './suite.ts'

/** Keys for one direction of one encryption level. */
export interface Protection {
  packet: PacketKey
  header: HeaderKey
}

export function protectionFrom(crypto: CryptoSuite, aead: Aead, secret: Uint8Array): Protection {
  return {
    packet: packetKeyFrom(crypto, aead, secret),
    header: crypto.headerKey(expand(crypto, secret, 'hp', undefined, 16)),
  }
}

/** The part of the keys that a key update renews (SPEC KEY-6). */
export function packetKeyFrom(crypto: CryptoSuite, aead: Aead, secret: Uint8Array): PacketKey {
  return crypto.packetKey(aead, expand(crypto, secret, 'key'), expand(crypto, secret, 'iv', undefined, 12))
}

export function nextSecret(crypto: CryptoSuite, secret: Uint8Array): Uint8Array {
  return expand(crypto, secret, 'update')
}

const SALT = new TextEncoder().encode('quantum version 1')

export interface InitialKeys {
  client: Protection
  server: Protection
  /** Seals the integrity of a Retry packet. */
  retry: PacketKey
}

/**
 * Keys of Initial packets come from the client's first destination id, which everybody on the path sees: they keep
 * middle boxes from growing habits and random corruption out, no more (SPEC KEY-1).
 */
export function initialKeys(crypto: CryptoSuite, destination: Uint8Array): InitialKeys {
  const secret = extract(crypto, SALT, destination)
  const keys = (label: string) => expand(crypto, secret, label)
  return {
    client: protectionFrom(crypto, Aead.chacha20Poly1305, keys('client in')),
    server: protectionFrom(crypto, Aead.chacha20Poly1305, keys('server in')),
    retry: packetKeyFrom(crypto, Aead.chacha20Poly1305, keys('retry')),
  }
}

/** Encrypts the packet `[start, end)` whose number stands at `numberAt`; the tag goes behind `end`. Returns the new end. */
export function protectPacket(
  keys: Protection,
  buffer: Uint8Array,
  start: number,
  numberAt: number,
  numberLength: number,
  number: number,
  end: number,
): number {
  keys.packet.seal(number, buffer, start, numberAt + numberLength, end)
  const mask = keys.header.mask(buffer, numberAt + 4)
  buffer[start]! ^= mask[0]! & (buffer[start]! & 0x80 ? 0x0f : 0x1f)
  for (let i = 0; i < numberLength; i++) buffer[numberAt + i]! ^= mask[i + 1]!
  return end + TAG_LENGTH
}

/** Takes the header protection off in place; returns the length of the packet number. */
export function revealHeader(header: HeaderKey, buffer: Uint8Array, start: number, numberAt: number): number {
  const mask = header.mask(buffer, numberAt + 4)
  buffer[start]! ^= mask[0]! & (buffer[start]! & 0x80 ? 0x0f : 0x1f)
  const length = (buffer[start]! & 0x03) + 1
  for (let i = 0; i < length; i++) buffer[numberAt + i]! ^= mask[i + 1]!
  return length
}
