import { toHex } from './bytes.ts'
import type { Plain } from './canonical.ts'
import { malformed } from './errors.ts'

/** Reads a map field by field and refuses what is left over (FORM-3). */
export class Fields {
  readonly #what: string
  readonly #left: Map<string, Plain>

  constructor(value: Plain, what: string) {
    this.#what = what
    if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array)
      throw malformed(`${what} is no map.`)
    this.#left = new Map(Object.entries(value))
  }

  text(name: string, maxLength: number): string {
    const value = this.take(name)
    if (typeof value !== 'string' || value.length > maxLength || !value.isWellFormed())
      throw this.#wrong(name, `a text of up to ${maxLength} units`)
    return value
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T {
    const value = this.take(name)
    const found = values.find((one) => one === value)
    if (found === undefined) throw this.#wrong(name, values.join(' or '))
    return found
  }

  number(name: string, max: number, min = 0): number {
    const value = this.take(name)
    if (typeof value !== 'number' || value < min || value > max)
      throw this.#wrong(name, `a whole number from ${min} to ${max}`)
    return value
  }

  flag(name: string): boolean {
    const value = this.take(name)
    if (typeof value !== 'boolean') throw this.#wrong(name, 'true or false')
    return value
  }

  bytes(name: string, length: number): Uint8Array {
    const value = this.take(name)
    if (!(value instanceof Uint8Array) || value.length !== length) throw this.#wrong(name, `${length} bytes`)
    return value
  }

  /** 32 bytes, as 64 hexadecimal digits. */
  hash(name: string): string {
    return toHex(this.bytes(name, 32))
  }

  list<T>(name: string, maxLength: number, read: (value: Plain) => T): T[] {
    const value = this.take(name)
    if (!Array.isArray(value) || value.length > maxLength)
      throw this.#wrong(name, `a list of up to ${maxLength}`)
    return value.map(read)
  }

  /** Hashes in order, each once: a set has one form. */
  hashes(name: string, maxLength: number): string[] {
    const hashes = this.list(name, maxLength, (value) => {
      if (!(value instanceof Uint8Array) || value.length !== 32) throw this.#wrong(name, 'hashes')
      return toHex(value)
    })
    if (hashes.some((hash, at) => at > 0 && hash <= hashes[at - 1]!))
      throw this.#wrong(name, 'in order, each once')
    return hashes
  }

  take(name: string): Plain {
    const value = this.#left.get(name)
    if (value === undefined) throw malformed(`${this.#what} has no ${name}.`)
    this.#left.delete(name)
    return value
  }

  /** No field may be left. */
  end(): void {
    for (const name of this.#left.keys())
      throw malformed(`${this.#what} has a field ${name} that is not known.`)
  }

  #wrong(name: string, wanted: string): Error {
    return malformed(`${this.#what}.${name} is not ${wanted}.`)
  }
}
