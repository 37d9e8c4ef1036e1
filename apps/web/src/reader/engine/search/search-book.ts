import type { TextModel } from '@stoa/locators'
import type { SearchHit, SearchOptions } from '../book-view.ts'
import { searchText } from './search-text.ts'

const DEFAULT_LIMIT = 500

/** Hits of a whole book, section after section; between two the page can breathe. */
export async function* searchBook(
  model: TextModel,
  query: string,
  { signal, limit = DEFAULT_LIMIT }: SearchOptions,
  describe: (section: number) => Pick<SearchHit, 'tocLabel'>,
  fractionOf: (section: number, share: number) => number,
): AsyncGenerator<SearchHit> {
  let found = 0
  for (let index = 0; index < model.count && !signal?.aborted; index++) {
    const section = await model.section(index)
    if (!section || signal?.aborted) continue
    for (const { start, end, excerpt } of searchText(section, query)) {
      const fraction = fractionOf(index, start / section.text.length)
      const locator = { ...section.locatorOf({ start, end }), fraction }
      yield { locator, excerpt, section: index, ...describe(index) }
      if (++found >= limit || signal?.aborted) return
    }
    await breathe()
  }
}

/** Lets the page handle input and draw. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}
