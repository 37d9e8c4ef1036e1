import { type Clock, systemClock } from './clock.ts'
import { type Random, systemRandom } from './random.ts'

/** A string that names one kind of thing: `Id<'book'>` cannot be passed where `Id<'shelf'>` is wanted. */
export type Id<Kind extends string> = string & { readonly __kind?: Kind }

/** A UUID of version 7 (RFC 9562 §5.7) in lower case: 48 bits of milliseconds first, so that ids sort by time. */
export type UuidVersion7 = string

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Whether `text` is a UUID in its canonical lower-case form (RFC 9562 §4). */
export function isUuid(text: string): boolean {
  return UUID.test(text)
}

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** A new UUID version 7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then randomness. Sorts by creation time. */
export function uuidv7(clock: Clock = systemClock, random: Random = systemRandom): UuidVersion7 {
  const bytes = random.fill(new Uint8Array(16))
  let time = clock.now()
  for (let i = 5; i >= 0; i--) {
    bytes[i] = time % 256
    time = Math.floor(time / 256)
  }
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const text = Array.from(bytes, (byte) => hex[byte]).join('')
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`
}
