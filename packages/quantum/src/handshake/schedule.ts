import { expand, extract } from '../crypto/hkdf.ts'
import type { CryptoSuite } from '../crypto/suite.ts'
import { VERSION } from '../wire/constants.ts'
import { writeUint32 } from '../wire/varint.ts'

const ZERO = new Uint8Array(32)
const encoder = new TextEncoder()

/** What both sides know of the packets around the hellos: tampering with an id or the version spoils every key. */
export interface HandshakeContext {
  /** The client's very first destination id, also after a Retry. */
  originalDestination: Uint8Array
  clientId: Uint8Array
}

/** The bytes before the first message of every transcript (SPEC KEY-3). */
export function transcriptSeed({ originalDestination, clientId }: HandshakeContext): Uint8Array {
  const seed = new Uint8Array(4 + 2 + originalDestination.length + clientId.length)
  writeUint32(seed, 0, VERSION)
  seed[4] = originalDestination.length
  seed.set(originalDestination, 5)
  seed[5 + originalDestination.length] = clientId.length
  seed.set(clientId, 6 + originalDestination.length)
  return seed
}

export interface ApplicationSecrets {
  client: Uint8Array
  server: Uint8Array
  /** Key of the MAC in the client's last message. */
  finished: Uint8Array
  master: Uint8Array
}

/** SPEC KEY-4: early secret → handshake secret → master secret, each bound to what was said until then. */
export class KeySchedule {
  readonly #crypto: CryptoSuite
  #secret: Uint8Array

  /** `psk`: the secret of a ticket, or nothing. */
  constructor(crypto: CryptoSuite, psk: Uint8Array = ZERO) {
    this.#crypto = crypto
    this.#secret = extract(crypto, ZERO, psk)
  }

  binder(helloWithoutBinder: Uint8Array): Uint8Array {
    return this.#crypto.hmacSha256(expand(this.#crypto, this.#secret, 'binder'), helloWithoutBinder)
  }

  early(transcript: Uint8Array): Uint8Array {
    return expand(this.#crypto, this.#secret, 'early', transcript)
  }

  /** Mixes the X25519 secret in; returns the secret that seals the server's proof. */
  agree(shared: Uint8Array, transcript: Uint8Array): Uint8Array {
    this.#secret = extract(this.#crypto, expand(this.#crypto, this.#secret, 'derived'), shared)
    return expand(this.#crypto, this.#secret, 'server hello', transcript)
  }

  application(transcript: Uint8Array): ApplicationSecrets {
    const crypto = this.#crypto
    const master = extract(crypto, expand(crypto, this.#secret, 'derived'), ZERO)
    const secret = (label: string) => expand(crypto, master, label, transcript)
    return { client: secret('client'), server: secret('server'), finished: secret('finished'), master }
  }
}

/** The secret a ticket stands for. `transcript`: all three messages. */
export function resumptionSecret(
  crypto: CryptoSuite,
  master: Uint8Array,
  transcript: Uint8Array,
): Uint8Array {
  return expand(crypto, master, 'resumption', transcript)
}

/** What an identity signs: a word that sets the two roles apart, and everything said so far (SPEC HSK-5). */
export function signedContent(role: 'client' | 'server', transcript: Uint8Array): Uint8Array {
  const words = encoder.encode(`quantum1 ${role} identity\0`)
  const content = new Uint8Array(words.length + transcript.length)
  content.set(words)
  content.set(transcript, words.length)
  return content
}

/** Compares without telling by its duration where the first difference is. */
export function equalSecrets(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!
  return difference === 0
}
