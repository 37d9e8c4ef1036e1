import { normalise } from '@stoa/locators'
import {
  chineseHorizontal,
  chineseVertical,
  englishNovel,
  epub2WithNcx,
  generatedBook,
  novelSentences,
} from '@stoa/testkit/books/index'
import { pdfWithText } from '@stoa/testkit/books/pdf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readBook } from '../../server/src/capabilities/library/formats/testing.ts'
import { type Reader, type ReaderPage, startReader } from './support/reader-page.ts'

let reader: Reader
let book: ReaderPage

beforeAll(async () => {
  reader = await startReader()
  book = await reader.page()
})
afterAll(() => reader[Symbol.asyncDispose]())

/** A hit of the library's search opens the passage only if the server numbers a book as the reader does. */
describe('the locators of the server', () => {
  it.each([
    ['novel.epub', englishNovel],
    ['vertical.epub', chineseVertical],
    ['horizontal.epub', chineseHorizontal],
    ['old.epub', epub2WithNcx],
    ['generated.epub', () => generatedBook(7, 2).bytes],
    ['marsh.pdf', pdfWithText],
  ])('point at the same words in the reader: %s', async (name, make) => {
    const bytes = await make()
    reader.server.addBook(name, bytes)
    const { all } = await readBook(bytes)
    expect(all.length).toBeGreaterThan(0)
    await book.open(name)
    const shown = await book.view(
      async (view, locators) => {
        const texts: string[] = []
        for (const locator of locators) texts.push(await view.getText(locator))
        return texts
      },
      all.map(({ locator }) => locator),
    )
    // The reader shows the number of a note's reference; the server leaves it out of what is searched.
    const words = (text: string) =>
      normalise(text).text.replace(`${novelSentences.footnoted},1`, `${novelSentences.footnoted},`)
    expect(shown.map(words)).toEqual(all.map(({ text }) => words(text)))
  })
})
