import { LocatorError } from '../errors.ts'
import type { Cfi, CfiOffset, CfiPath, CfiStep } from './types.ts'

/** Longer ones are refused unread: no real place needs them. */
export const MAX_CFI_LENGTH = 4096

const WRAPPED = /^epubcfi\((.*)\)$/su

/**
 * Reads `epubcfi(…)`, or the bare inner text, by the grammar of EPUB CFI 1.1 §2.2 (rules CFI-1 to CFI-6).
 * @throws LocatorError `locator.invalid_cfi` with the position of the first wrong character.
 */
export function parseCfi(text: string): Cfi {
  if (text.length > MAX_CFI_LENGTH) throw new LocatorError('locator.invalid_cfi', 'The CFI is too long.')
  const reader = new Reader(WRAPPED.exec(text.trim())?.[1] ?? text.trim())
  const parent = reader.path()
  if (parent.documents[0]?.length === 0) throw reader.error('a CFI starts with a step')
  if (reader.done) {
    return { kind: 'point', path: parent }
  }
  if (parent.offset !== undefined) throw reader.error('the parent path of a range has no offset')
  reader.expect(',')
  const start = reader.path()
  reader.expect(',')
  const end = reader.path()
  if (!reader.done) throw reader.error('unexpected text after the range')
  return { kind: 'range', parent, start, end }
}

/** `parseCfi` for stored places, where a broken one is as good as none. */
export function readCfi(text: string): Cfi | undefined {
  try {
    return parseCfi(text)
  } catch (error) {
    if (error instanceof LocatorError) return undefined
    throw error
  }
}

/** Whether the text is a well-formed, wrapped CFI. */
export function isCfi(text: string): boolean {
  return WRAPPED.test(text) && readCfi(text) !== undefined
}

interface Assertion {
  readonly values: readonly string[]
  readonly side?: 'a' | 'b'
}

class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  get done(): boolean {
    return this.#at >= this.#text.length
  }

  error(what: string): LocatorError {
    return new LocatorError('locator.invalid_cfi', `Not a valid CFI: ${what} (at ${this.#at}).`, {
      at: this.#at,
    })
  }

  expect(char: string): void {
    if (!this.#take(char)) throw this.error(`expected “${char}”`)
  }

  /** Steps, `!` and at most one offset; stops before `,` or at the end. */
  path(): CfiPath {
    const documents: CfiStep[][] = [[]]
    for (;;) {
      if (this.#take('/')) documents.at(-1)?.push(this.#step())
      else if (this.#take('!')) documents.push([])
      else break
    }
    if (documents.slice(1, -1).some((steps) => steps.length === 0)) throw this.error('an empty document path')
    const offset = this.#offset()
    return offset === undefined ? { documents } : { documents, offset }
  }

  #step(): CfiStep {
    const index = this.#integer()
    const assertion = this.#assertion()
    const id = assertion?.values[0]
    return id ? { index, id } : { index }
  }

  #offset(): CfiOffset | undefined {
    const character = this.#take(':') ? this.#integer() : undefined
    const temporal = character === undefined && this.#take('~') ? this.#number() : undefined
    const spatial = character === undefined ? this.#spatial() : undefined
    if (character === undefined && temporal === undefined && spatial === undefined) return undefined
    const assertion = this.#assertion()
    const [before, after] = assertion?.values ?? []
    return {
      ...(character === undefined ? {} : { character }),
      ...(temporal === undefined ? {} : { temporal }),
      ...(spatial === undefined ? {} : { spatial }),
      ...(before ? { before } : {}),
      ...(after ? { after } : {}),
      ...(assertion?.side === undefined ? {} : { side: assertion.side }),
    }
  }

  #spatial(): [number, number] | undefined {
    if (!this.#take('@')) return undefined
    const x = this.#number()
    this.expect(':')
    const y = this.#number()
    if (x > 100 || y > 100) throw this.error('spatial offsets lie between 0 and 100')
    return [x, y]
  }

  #assertion(): Assertion | undefined {
    if (!this.#take('[')) return undefined
    const values = [this.#value()]
    while (this.#take(',')) values.push(this.#value())
    if (values.length > 2) throw this.error('an assertion has at most two values')
    let side: 'a' | 'b' | undefined
    while (this.#take(';')) {
      const name = this.#value()
      this.expect('=')
      const value = this.#value()
      if (name === 's' && (value === 'a' || value === 'b')) side = value
    }
    this.expect(']')
    return side === undefined ? { values } : { values, side }
  }

  /** Text up to the next special character; `^` lets one through (CFI-4). */
  #value(): string {
    let value = ''
    while (!this.done && !'[](),;='.includes(this.#text.charAt(this.#at))) {
      if (this.#take('^') && this.done) throw this.error('nothing follows “^”')
      value += this.#text.charAt(this.#at++)
    }
    return value
  }

  #integer(): number {
    const digits = this.#match(/(?:0|[1-9]\d*)(?!\d)/y)
    const value = Number(digits)
    if (!Number.isSafeInteger(value)) throw this.error('the number is too large')
    return value
  }

  /** Decimals count to a millionth. */
  #number(): number {
    return Number(Number(this.#match(/\d+(?:\.\d+)?/y)).toFixed(6))
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    if (found === undefined) throw this.error('expected a number')
    this.#at += found.length
    return found
  }

  #take(char: string): boolean {
    if (this.#text[this.#at] !== char) return false
    this.#at++
    return true
  }
}
