import { nextSecret, type Protection, packetKeyFrom, protectionFrom } from '../crypto/protection.ts'
import type { Aead, CryptoSuite, PacketKey } from '../crypto/suite.ts'

/** Packets that one key may protect before it is renewed: far below the limits of both AEADs (RFC 9001 §6.6). */
const RENEW_AFTER = 2 ** 22
/** Forged packets after which the connection must end. */
const MAX_FORGERIES = 2 ** 36

/** 1-RTT keys of both directions and their renewal (SPEC KEY-6). */
export class KeyRing {
  readonly #crypto: CryptoSuite
  readonly #aead: Aead
  readonly #renewAfter: number
  #sendSecret: Uint8Array
  #receiveSecret: Uint8Array
  send: Protection
  receive: Protection
  /** The key before the last renewal, for packets that were under way, and until when. */
  #previous: { key: PacketKey; until: number } | undefined
  #next: PacketKey | undefined
  phase = 0
  #phaseFirstSent = 0
  #phaseAcked = false
  #sealed = 0
  #forgeries = 0
  #renewals = 0

  constructor(
    crypto: CryptoSuite,
    aead: Aead,
    secrets: { send: Uint8Array; receive: Uint8Array },
    renewAfter: number = RENEW_AFTER,
  ) {
    this.#crypto = crypto
    this.#aead = aead
    this.#renewAfter = renewAfter
    this.#sendSecret = secrets.send
    this.#receiveSecret = secrets.receive
    this.send = protectionFrom(crypto, aead, secrets.send)
    this.receive = protectionFrom(crypto, aead, secrets.receive)
  }

  get renewals(): number {
    return this.#renewals
  }

  /** To be called before each packet is sealed; renews the keys when it is time and the peer has followed the last time. */
  onSealing(number: number, now: number, keepMs: number): void {
    this.#sealed++
    if (this.#sealed > this.#renewAfter && this.#phaseAcked) this.#renew(number, now, keepMs)
  }

  onAcked(largest: number): void {
    if (largest >= this.#phaseFirstSent) this.#phaseAcked = true
  }

  /** Opens a packet of the given phase; renews the keys when the peer has. */
  open(
    packet: { phase: number; number: number; largest: number },
    buffer: Uint8Array,
    bounds: { start: number; from: number; to: number },
    times: { now: number; keepMs: number; nextSent: number },
  ): boolean {
    const { start, from, to } = bounds
    if (packet.phase === this.phase) {
      if (this.receive.packet.open(packet.number, buffer, start, from, to)) return true
    } else if (packet.number < packet.largest && this.#previous && times.now < this.#previous.until) {
      if (this.#previous.key.open(packet.number, buffer, start, from, to)) return true
    } else if (this.#nextKey().open(packet.number, buffer, start, from, to)) {
      this.#renew(times.nextSent, times.now, times.keepMs)
      return true
    }
    this.#forgeries++
    return false
  }

  get worn(): boolean {
    return this.#forgeries > MAX_FORGERIES
  }

  #nextKey(): PacketKey {
    this.#next ??= packetKeyFrom(this.#crypto, this.#aead, nextSecret(this.#crypto, this.#receiveSecret))
    return this.#next
  }

  #renew(nextSent: number, now: number, keepMs: number): void {
    const crypto = this.#crypto
    this.#previous = { key: this.receive.packet, until: now + keepMs }
    this.receive = { packet: this.#nextKey(), header: this.receive.header }
    this.#receiveSecret = nextSecret(crypto, this.#receiveSecret)
    this.#sendSecret = nextSecret(crypto, this.#sendSecret)
    this.send = { packet: packetKeyFrom(crypto, this.#aead, this.#sendSecret), header: this.send.header }
    this.#next = undefined
    this.phase ^= 1
    this.#phaseFirstSent = nextSent
    this.#phaseAcked = false
    this.#sealed = 0
    this.#renewals++
  }
}
