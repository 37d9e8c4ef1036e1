import type { Plain } from './canonical.ts'
import { malformed } from './errors.ts'
import { peerIdKey } from './peer-id.ts'
import { isTimestamp } from './timestamp.ts'

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
    const value = this.#take(name)
    if (typeof value !== 'string' || value.length > maxLength)
      throw this.#wrong(name, `a text of up to ${maxLength} units`)
    return value
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T {
    const value = this.#take(name)
    const found = values.find((one) => one === value)
    if (found === undefined) throw this.#wrong(name, values.join(' or '))
    return found
  }

  number(name: string, max: number): number {
    const value = this.#take(name)
    if (typeof value !== 'number' || value < 0 || value > max)
      throw this.#wrong(name, `a whole number up to ${max}`)
    return value
  }

  flag(name: string): boolean {
    const value = this.#take(name)
    if (typeof value !== 'boolean') throw this.#wrong(name, 'true or false')
    return value
  }

  bytes(name: string, length: number): Uint8Array {
    const value = this.#take(name)
    if (!(value instanceof Uint8Array) || value.length !== length) throw this.#wrong(name, `${length} bytes`)
    return value
  }

  peerId(name: string): string {
    const value = this.text(name, 64)
    peerIdKey(value)
    return value
  }

  timestamp(name: string): string {
    const value = this.text(name, 30)
    if (!isTimestamp(value)) throw this.#wrong(name, 'a time such as 2026-11-22T10:00:00.5Z')
    return value
  }

  list<T>(name: string, maxLength: number, read: (value: Plain) => T): T[] {
    const value = this.#take(name)
    if (!Array.isArray(value) || value.length > maxLength)
      throw this.#wrong(name, `a list of up to ${maxLength}`)
    return value.map(read)
  }

  texts(name: string, maxCount: number, maxLength: number): string[] {
    return this.list(name, maxCount, (value) => {
      if (typeof value !== 'string' || value.length > maxLength) throw this.#wrong(name, 'texts')
      return value
    })
  }

  /** What `read` gives, unless the field is null. */
  orNull<T>(name: string, read: () => T): T | null {
    if (this.#left.get(name) !== null) return read()
    this.#left.delete(name)
    return null
  }

  raw(name: string): Plain {
    return this.#take(name)
  }

  /** No field may be left. */
  end(): void {
    for (const name of this.#left.keys())
      throw malformed(`${this.#what} has a field ${name} that is not known.`)
  }

  #take(name: string): Plain {
    const value = this.#left.get(name)
    if (value === undefined) throw malformed(`${this.#what} has no ${name}.`)
    this.#left.delete(name)
    return value
  }

  #wrong(name: string, wanted: string): Error {
    return malformed(`${this.#what}.${name} is not ${wanted}.`)
  }
}

/** Members in the order of their keys, each once: a list has one canonical order (FORM-4). */
export function checkOrder(ids: readonly string[], what: string): void {
  if (ids.some((id, at) => at > 0 && id <= ids[at - 1]!))
    throw malformed(`${what} are not in order, each once.`)
}
