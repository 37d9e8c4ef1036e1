/** Randomness as an argument, so that a test can be replayed from its seed. */
export interface Random {
  /** Fills `target` with random bytes and returns it. */
  fill<T extends Uint8Array>(target: T): T
}

/** Cryptographically strong randomness of the platform (Web Crypto, present in Node and browsers). */
export const systemRandom: Random = {
  fill: (target) => {
    globalThis.crypto.getRandomValues(target as Uint8Array<ArrayBuffer>)
    return target
  },
}

/** Repeatable randomness for tests (splitmix32). Never for keys, tokens or ids that leave a test. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    return (mixed ^ (mixed >>> 15)) >>> 0
  }
  return {
    fill: (target) => {
      for (let i = 0; i < target.length; i++) target[i] = next() & 0xff
      return target
    },
  }
}
