import { chineseVertical, epub2WithNcx, kindleBook, mathAndSvg, pdfWithText } from '@stoa/testkit/books/index'
import fc from 'fast-check'
import { unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { readBook, refusal } from './testing.ts'

/** What disks, networks and people do to files. */
type Mutation =
  | { kind: 'cut'; at: number }
  | { kind: 'flip'; at: number; value: number }
  | { kind: 'zero'; at: number; length: number }
  | { kind: 'insert'; at: number; bytes: Uint8Array }
  | { kind: 'drop'; at: number; length: number }

const place = fc.double({ min: 0, max: 1, noNaN: true })
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ kind: fc.constant('cut' as const), at: place }),
  fc.record({ kind: fc.constant('flip' as const), at: place, value: fc.integer({ min: 1, max: 255 }) }),
  fc.record({ kind: fc.constant('zero' as const), at: place, length: fc.integer({ min: 1, max: 64 }) }),
  fc.record({ kind: fc.constant('insert' as const), at: place, bytes: fc.uint8Array({ maxLength: 32 }) }),
  fc.record({ kind: fc.constant('drop' as const), at: place, length: fc.integer({ min: 1, max: 64 }) }),
)

function mutate(bytes: Uint8Array, change: Mutation): Uint8Array {
  const at = Math.floor(change.at * bytes.length)
  const copy = new Uint8Array(bytes)
  switch (change.kind) {
    case 'cut':
      return copy.slice(0, at)
    case 'flip':
      if (at < copy.length) copy[at] = (copy[at] ?? 0) ^ change.value
      return copy
    case 'zero':
      return copy.fill(0, at, at + change.length)
    case 'insert':
      return Buffer.concat([copy.subarray(0, at), change.bytes, copy.subarray(at)])
    case 'drop':
      return Buffer.concat([copy.subarray(0, at), copy.subarray(at + change.length)])
  }
}

const markdown = new TextEncoder().encode(
  '# One\n\nText *with* [link](#two) and 汉字。\n\n## Two\n\n- a\n- b\n\n| x | y |\n|---|---|\n| 1 | 2 |\n',
)
const html = new TextEncoder().encode(
  '<!doctype html><html lang=en><body><h1 id=a>A</h1><p>one<table><tr><td>x</table><h1>B</h1><a href="#a">a</a>',
)
const fb2 = new TextEncoder().encode(
  '<?xml version="1.0"?><FictionBook><description><title-info><book-title>T</book-title></title-info></description><body><section id="s"><title><p>A</p></title><p>text <a href="#s">l</a></p></section></body></FictionBook>',
)

/** Runs per format; PDF costs most. */
const subjects: readonly (readonly [string, () => Uint8Array | Promise<Uint8Array>, number])[] = [
  ['EPUB 3', chineseVertical, 250],
  ['EPUB 2', epub2WithNcx, 150],
  ['EPUB with MathML', mathAndSvg, 100],
  ['MOBI', () => kindleBook('novel.mobi'), 150],
  ['AZW3', () => kindleBook('bridge.azw3'), 150],
  ['Markdown', () => markdown, 100],
  ['HTML', () => html, 100],
  ['FB2', () => fb2, 150],
  ['PDF', pdfWithText, 40],
]

describe('mutated files', { timeout: 120_000 }, () => {
  it.each(subjects)('%s: a book or a typed refusal, in bounded time', async (_, make, numRuns) => {
    const bytes = await make()
    expect(await refusal(bytes)).toBeUndefined()
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (changes) => {
        const started = performance.now()
        // Throws, and so fails, for any error that is no FileError.
        const refused = await refusal(changes.reduce(mutate, bytes))
        if (refused) expect(refused.code).toMatch(/^file\.\w+$/)
        expect(performance.now() - started).toBeLessThan(10_000)
      }),
      { seed: 20_240, numRuns },
    )
  })

  it('EPUB packed anew with mutated parts: a book or a typed refusal', async () => {
    const parts = unzipSync(epub2WithNcx())
    const names = Object.keys(parts).filter((name) => /\.(opf|ncx|html|xml)$/.test(name))
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.array(mutation, { minLength: 1, maxLength: 6 }),
        async (name, changes) => {
          const bytes = zipSync({ ...parts, [name]: changes.reduce(mutate, parts[name] ?? new Uint8Array()) })
          const refused = await refusal(bytes)
          if (refused) expect(refused.code).toMatch(/^file\.\w+$/)
        },
      ),
      { seed: 91, numRuns: 150 },
    )
  })

  it('never gives half of a container: every chapter is there, or the book is refused', async () => {
    const bytes = chineseVertical()
    const whole = (await readBook(bytes)).all.map(({ text }) => text)
    await fc.assert(
      fc.asyncProperty(place, fc.integer({ min: 1, max: 255 }), async (at, value) => {
        const changed = mutate(bytes, { kind: 'flip', at, value })
        if (await refusal(changed)) return
        const { all, analysis } = await readBook(changed)
        const excused = analysis.warnings.some(({ code }) => code !== 'mislabelled')
        if (!excused) expect(all.map(({ text }) => text)).toEqual(whole)
      }),
      { seed: 7, numRuns: 200 },
    )
  })

  it('random bytes are no book', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 3000 }), async (bytes) => {
        const refused = await refusal(bytes)
        if (refused) expect(refused.code).toMatch(/^file\./)
      }),
      { seed: 3, numRuns: 100 },
    )
  })
})
