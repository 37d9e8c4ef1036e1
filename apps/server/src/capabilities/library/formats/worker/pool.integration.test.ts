import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildEpub, englishNovel, generatedBook } from '@stoa/testkit/books/index'
import { until } from '@stoa/testkit/until'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { FileEmptyError, FileTooComplexError } from '../errors.ts'
import { readBook } from '../testing.ts'
import type { Passage } from '../types.ts'
import { type BookReaderOptions, BookReaderPool } from './pool.ts'
import { ReaderProcess } from './reader-process.ts'

let folder: string
let pool: BookReaderPool | undefined

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stoa-formats-'))
})
afterAll(() => rm(folder, { recursive: true }))
afterEach(() => pool?.stop())

const start = (options?: BookReaderOptions) => {
  pool = new BookReaderPool(options)
  return pool
}

async function store(name: string, bytes: Uint8Array): Promise<{ path: string; name: string }> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return { path, name }
}

describe('BookReaderPool', () => {
  it('analyses in a process and gives cover and warnings', async () => {
    const file = await store('novel.pdf', englishNovel())
    const { analysis, cover, edition } = await start().analyse(file)
    expect(analysis.title).toBe('The Harrow Point Ledger')
    expect(analysis.warnings).toEqual([{ code: 'mislabelled', params: { named: 'pdf', found: 'epub' } }])
    expect(cover).toMatchObject({ width: 240, height: 360, color: expect.stringMatching(/^#[0-9a-f]{6}$/) })
    expect(edition).toBeUndefined()
  })

  it('makes the reading edition of a text', async () => {
    const file = await store('a.txt', new TextEncoder().encode('Some words.'))
    const { analysis, edition } = await start().analyse(file)
    expect(analysis.opens).toBe('edition')
    expect((await readBook(edition ?? new Uint8Array())).all[0]?.text).toBe('Some words.')
  })

  it('gives the passages in batches, the same as in this process', async () => {
    const { bytes } = generatedBook(5, 0)
    const batches: (readonly Passage[])[] = []
    const file = await store('g.epub', bytes)
    for await (const batch of start().passages(file)) batches.push(batch)
    expect(batches.length).toBeGreaterThan(3)
    expect(batches.flat()).toEqual((await readBook(bytes)).all)
  })

  it('gives the same passages of a file that it has analysed', async () => {
    const { bytes } = generatedBook(5, 2)
    const file = await store('h.epub', bytes)
    const passages: Passage[] = []
    const reader = start()
    const { analysis } = await reader.analyse(file)
    for await (const batch of reader.passages(file, undefined, analysis)) passages.push(...batch)
    expect(passages).toEqual((await readBook(bytes)).all)
  })

  it('brings refusals over with their class and facts', async () => {
    const file = await store('empty.epub', new Uint8Array())
    await expect(start().analyse(file)).rejects.toBeInstanceOf(FileEmptyError)
    const damaged = await store(
      'd.epub',
      buildEpub({ title: 'x', language: 'en', identifier: 'x', chapters: [] }),
    )
    await expect(pool?.analyse(damaged)).rejects.toMatchObject({
      code: 'file.damaged',
      params: { part: 'EPUB/package.opf' },
    })
  })

  it('stops a file that takes too long, and reads the next one', async () => {
    const file = await store('slow.epub', generatedBook(5, 1).bytes)
    const reader = start({ processes: 1, timeoutMs: 1 })
    await expect(reader.analyse(file)).rejects.toThrow(FileTooComplexError)
    await reader.stop()
    expect((await start({ processes: 1 }).analyse(file)).analysis.format).toBe('epub')
  })

  it('stops a file that takes too much memory, and reads the next one', async () => {
    const body = Array.from({ length: 700_000 }, (_, i) => `<i>${(i * 7919) % 104_729}</i>`).join('')
    const chapters = [{ file: 'a.xhtml', title: 'A', body: `<p>${body}</p>` }]
    const file = await store('m.epub', buildEpub({ title: 'x', language: 'en', identifier: 'x', chapters }))
    const reader = start({ processes: 1, memoryMb: 48 })
    const read = async () => {
      for await (const _ of reader.passages(file));
    }
    await expect(read()).rejects.toThrow(FileTooComplexError)
    expect((await reader.analyse(await store('ok.epub', englishNovel()))).analysis.format).toBe('epub')
  })

  it('survives a process that crashes, busy or at rest, and says how it ended', async () => {
    const file = await store('d.epub', generatedBook(5, 7).bytes)
    const { signal } = new AbortController()
    const request = { type: 'passages', file, analysis: undefined } as const
    const busy = new ReaderProcess({ memoryMb: 512, timeoutMs: 60_000 })
    const replies = busy.run(request, signal)
    expect((await replies.next()).value).toMatchObject({ type: 'batch' })
    process.kill(busy.pid ?? 0, 'SIGSEGV')
    await expect(replies.next()).rejects.toThrow('SIGSEGV')
    expect(busy.usable).toBe(false)

    const resting = new ReaderProcess({ memoryMb: 512, timeoutMs: 60_000 })
    process.kill(resting.pid ?? 0, 'SIGSEGV')
    await until('the end is seen', () => !resting.usable)
    await expect(resting.run(request, signal).next()).rejects.toThrow('SIGSEGV')
  })

  it('ends at once when told to, also while waiting for its turn', async () => {
    const file = await store('w.epub', generatedBook(5, 4).bytes)
    const reader = start({ processes: 1 })
    const controller = new AbortController()
    const jobs = [1, 2, 3].map(() => reader.analyse(file, controller.signal))
    controller.abort(new Error('no longer wanted'))
    for (const job of await Promise.allSettled(jobs)) {
      expect(job).toMatchObject({ status: 'rejected', reason: { message: 'no longer wanted' } })
    }
    expect((await reader.analyse(file)).analysis.format).toBe('epub')
  })

  it('reads many files with few processes, and survives whoever stops listening half way', async () => {
    const file = await store('h.epub', generatedBook(5, 6).bytes)
    const reader = start({ processes: 2 })
    for await (const _ of reader.passages(file)) break
    const titles = await Promise.all(Array.from({ length: 6 }, () => reader.analyse(file)))
    expect(new Set(titles.map(({ analysis }) => analysis.title)).size).toBe(1)
  })
})
