/**
 * SHA-256 (FIPS 180-4) of a message that fits one block, without an allocation: a third of the time of a general one, and
 * a fingerprint takes little else. Messages have up to 55 bytes.
 */

const ROUNDS = 64

function primes(count: number): number[] {
  const found: number[] = []
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n)
  return found
}

/** The first 32 bits behind the point. */
const fraction = (value: number) => Math.floor((value % 1) * 0x1_0000_0000) | 0

const CONSTANTS = Int32Array.from(primes(ROUNDS), (prime) => fraction(Math.cbrt(prime)))
const INITIAL = Int32Array.from(primes(8), (prime) => fraction(Math.sqrt(prime)))
const schedule = new Int32Array(ROUNDS)
const state = new Int32Array(4)

/** Writes the first 16 bytes of the hash of the first `length` bytes of `message` to `target`. */
export function sha256Block(message: Uint8Array, length: number, target: Uint8Array): void {
  fillSchedule(message, length)
  compress()
  for (let word = 0; word < 4; word++) {
    const value = state[word]!
    target[word * 4] = value >>> 24
    target[word * 4 + 1] = value >>> 16
    target[word * 4 + 2] = value >>> 8
    target[word * 4 + 3] = value
  }
}

function fillSchedule(message: Uint8Array, length: number): void {
  schedule.fill(0, 0, 16)
  for (let at = 0; at < length; at++) schedule[at >> 2]! |= message[at]! << (24 - (at & 3) * 8)
  schedule[length >> 2]! |= 0x80 << (24 - (length & 3) * 8)
  schedule[15] = length * 8
  for (let at = 16; at < ROUNDS; at++) {
    const x = schedule[at - 15]!
    const y = schedule[at - 2]!
    const small = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
    const large = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
    schedule[at] = (schedule[at - 16]! + small + schedule[at - 7]! + large) | 0
  }
}

function compress(): void {
  let [a, b, c, d] = [INITIAL[0]!, INITIAL[1]!, INITIAL[2]!, INITIAL[3]!]
  let [e, f, g, h] = [INITIAL[4]!, INITIAL[5]!, INITIAL[6]!, INITIAL[7]!]
  for (let round = 0; round < ROUNDS; round++) {
    const upper = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const first = (h + upper + ((e & f) ^ (~e & g)) + CONSTANTS[round]! + schedule[round]!) | 0
    const lower = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const second = (lower + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + first) | 0
    d = c
    c = b
    b = a
    a = (first + second) | 0
  }
  state[0] = a + INITIAL[0]!
  state[1] = b + INITIAL[1]!
  state[2] = c + INITIAL[2]!
  state[3] = d + INITIAL[3]!
}
