import { execFileSync } from 'node:child_process'

/** Passages, and questions whose answers among them are known. */
export interface LabelledSet {
  readonly name: string
  /** Books of passages. */
  readonly books: readonly (readonly string[])[]
  readonly queries: readonly Query[]
  /** What a passage is judged as: its section where an answer has several passages, otherwise itself. */
  unitOf(place: string): string
}

export interface Query {
  readonly text: string
  /** Units that answer it. */
  readonly relevant: ReadonlySet<string>
}

export const placeOf = (book: number, passage: number): string => `${book}:${passage}`

/** The output of a program, or nothing where it is not installed. */
export function outputOf(program: string, ...args: readonly string[]): string | undefined {
  try {
    return execFileSync(program, args, {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  } catch {
    return undefined
  }
}

/** Every so many-th of them, so that `most` or fewer are left. */
export function sample<T>(items: readonly T[], most: number): T[] {
  const step = Math.max(1, items.length / most)
  return Array.from(
    { length: Math.min(most, items.length) },
    (_, index) => items[Math.floor(index * step)] as T,
  )
}

/** Paragraphs joined up to about so many units (words, or characters of Chinese); none across a section. */
export function passagesOf(
  paragraphs: readonly string[],
  most: number,
  sizeOf: (text: string) => number,
): string[] {
  const passages: string[] = []
  let open = ''
  for (const paragraph of paragraphs) {
    if (open !== '' && sizeOf(open) + sizeOf(paragraph) > most) {
      passages.push(open)
      open = ''
    }
    open = open === '' ? paragraph : `${open}\n${paragraph}`
  }
  return open === '' ? passages : [...passages, open]
}
