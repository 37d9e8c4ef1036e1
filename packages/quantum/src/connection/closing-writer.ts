import { protectPacket } from '../crypto/protection.ts'
import { FrameType, MIN_INITIAL_SIZE, PacketType, TAG_LENGTH } from '../wire/constants.ts'
import { fillLength, writeLongHeader, writeShortHeader } from '../wire/header.ts'
import { writePacketNumber } from '../wire/packet-number.ts'
import { writeWithBytes } from '../wire/write-frames.ts'
import type { CloseNotice } from './closing.ts'
import type { Core } from './core.ts'

const NUMBER_LENGTH = 4

/** Says CLOSE once, and again to a peer that goes on talking: ever more rarely (SPEC CLS-2). */
export class ClosingWriter {
  readonly #core: Core
  #notice: CloseNotice | undefined
  #due = false
  #heard = 0
  #answerAt = 1

  constructor(core: Core) {
    this.#core = core
  }

  begin(notice: CloseNotice): void {
    this.#notice = notice
    this.#due = true
  }

  onPacket(): void {
    this.#heard++
    if (this.#heard < this.#answerAt) return
    this.#answerAt *= 2
    this.#due = true
  }

  datagram(_now: number, out: Uint8Array): number {
    if (!this.#due || !this.#notice) return 0
    this.#due = false
    const core = this.#core
    const initial = core.keys ? undefined : core.initial
    const keys = core.keys?.send ?? (core.server ? initial?.server : initial?.client)
    if (!keys || core.path.budget < MIN_INITIAL_SIZE) return 0
    const destination = core.remoteIds.current
    const numberAt = core.keys
      ? writeShortHeader(out, 0, core.keys.phase, NUMBER_LENGTH, destination)
      : writeLongHeader(out, 0, PacketType.initial, NUMBER_LENGTH, {
          destination,
          source: core.localId,
          token: core.addressToken,
        })
    // Before the handshake an application's words are nobody's business yet.
    const { application, code, reason } = this.#notice
    const hidden = application && !core.keys
    const type = application && !hidden ? FrameType.closeApplication : FrameType.close
    let end = writeWithBytes(
      out,
      numberAt + NUMBER_LENGTH,
      type,
      hidden ? NOTHING : reason,
      hidden ? 0 : code,
    )
    const least = core.keys ? 0 : MIN_INITIAL_SIZE - TAG_LENGTH
    if (end < least) {
      out.fill(FrameType.padding, end, least)
      end = least
    }
    if (!core.keys) fillLength(out, numberAt, end + TAG_LENGTH - numberAt)
    const number = core.numbers[core.keys ? 1 : 0].take()
    writePacketNumber(out, numberAt, number, NUMBER_LENGTH)
    const length = protectPacket(keys, out, 0, numberAt, NUMBER_LENGTH, number, end)
    core.path.sent += length
    core.totals.bytesSent += length
    return length
  }
}

const NOTHING = new Uint8Array(0)
