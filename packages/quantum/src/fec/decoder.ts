import { MAX_BLOCK_REPAIRS, MAX_BLOCK_SOURCES, rebuild } from './reed-solomon.ts'
import { addSymbol, readSymbol, symbolLength, symbolOf } from './symbols.ts'
import {
  type FecDecoder,
  REED_SOLOMON_CODE,
  type RecoveredPacket,
  type RepairSymbol,
  XOR_CODE,
} from './types.ts'

/** Payloads and symbols kept: enough for blocks that are still open, no more than a peer may make us hold. */
const MAX_PAYLOADS = 512
const MAX_SYMBOLS = 64

const NONE: readonly RecoveredPacket[] = []

/** A block (or window) some of whose sources are missing. */
interface Pending {
  sources: readonly number[]
  repairCount: number
  symbols: (Uint8Array | undefined)[]
}

export function createFecDecoder(): FecDecoder {
  return new Decoder()
}

class Decoder implements FecDecoder {
  readonly #payloads = new Map<number, Uint8Array>()
  readonly #pending = new Map<string, Pending>()

  add(number: number, payload: Uint8Array): readonly RecoveredPacket[] {
    if (this.#payloads.has(number)) return NONE
    this.#keep(number, new Uint8Array(payload))
    return this.#pending.size > 0 ? this.#settle() : NONE
  }

  repair(symbol: RepairSymbol): readonly RecoveredPacket[] {
    if (!isSound(symbol)) return NONE
    if (symbol.sources.every((number) => this.#payloads.has(number))) return NONE
    const key = `${symbol.code}:${symbol.sources.join()}`
    let pending = this.#pending.get(key)
    if (!pending) {
      const { sources, repairCount } = symbol
      pending = {
        sources: [...sources],
        repairCount,
        symbols: new Array<undefined>(repairCount).fill(undefined),
      }
      this.#pending.set(key, pending)
      if (this.#pending.size > MAX_SYMBOLS) this.#pending.delete(this.#pending.keys().next().value!)
    }
    if (pending.repairCount !== symbol.repairCount) return NONE
    // The caller's buffer is used again for the next packet.
    pending.symbols[symbol.repairIndex] = new Uint8Array(symbol.data)
    return this.#settle()
  }

  has(number: number): boolean {
    return this.#payloads.has(number)
  }

  #keep(number: number, payload: Uint8Array): void {
    this.#payloads.set(number, payload)
    if (this.#payloads.size > MAX_PAYLOADS) this.#payloads.delete(this.#payloads.keys().next().value!)
  }

  /** Rebuilds until nothing more can be: a packet rebuilt from one window may complete another. */
  #settle(): readonly RecoveredPacket[] {
    const recovered: RecoveredPacket[] = []
    for (let again = true; again; ) {
      again = false
      for (const [key, pending] of this.#pending) {
        const missing = pending.sources.filter((number) => !this.#payloads.has(number))
        const have = pending.symbols.filter((symbol) => symbol !== undefined).length
        if (missing.length > have) continue
        this.#pending.delete(key)
        if (missing.length === 0) continue
        const rebuilt = key.startsWith(`${REED_SOLOMON_CODE}:`)
          ? this.#reconstruct(pending)
          : this.#subtract(pending, missing[0]!)
        for (const packet of rebuilt) {
          this.#keep(packet.number, packet.payload)
          recovered.push(packet)
          again = true
        }
      }
    }
    return recovered
  }

  #subtract({ sources, symbols }: Pending, missing: number): RecoveredPacket[] {
    const sum = new Uint8Array(symbols[0]!)
    for (const number of sources) {
      if (number === missing) continue
      const payload = this.#payloads.get(number)!
      if (symbolLength(payload.length) > sum.length) return []
      addSymbol(sum, payload)
    }
    const payload = readSymbol(sum)
    return payload ? [{ number: missing, payload }] : []
  }

  #reconstruct({ sources, symbols }: Pending): RecoveredPacket[] {
    const { length } = symbols.find((symbol) => symbol !== undefined)!
    const present = sources.map((number) => {
      const payload = this.#payloads.get(number)
      return payload && symbolOf(payload)
    })
    if (present.some((symbol) => symbol && symbol.length > length)) return []
    const repairs = symbols.map((symbol) => (symbol?.length === length ? symbol : undefined))
    const recovered: RecoveredPacket[] = []
    for (const [index, symbol] of rebuild(present, repairs, length) ?? []) {
      const payload = readSymbol(symbol)
      if (payload) recovered.push({ number: sources[index]!, payload })
    }
    return recovered
  }
}

/** Whether a symbol from outside is one that may be worked with. */
function isSound({ code, sources, repairCount, repairIndex, data }: RepairSymbol): boolean {
  if (sources.length === 0 || sources.length > MAX_BLOCK_SOURCES || data.length < 3) return false
  if (code === XOR_CODE && repairCount !== 1) return false
  return repairCount >= 1 && repairCount <= MAX_BLOCK_REPAIRS && repairIndex >= 0 && repairIndex < repairCount
}
