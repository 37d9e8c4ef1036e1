import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { readUntil, selectWords } from './book-on-screen.ts'

/**
 * Reads to these words and selects them, until the bar stands beside them. Type that arrives just now lays the pages out
 * anew: the words may stand on another one, or move under the mouse.
 */
export async function readAndSelect(page: Page, words: string): Promise<void> {
  await readUntil(page, words)
  const isSelected = async () => {
    await readUntil(page, words)
    await selectWords(page, words)
    return page
      .locator('.selbar')
      .waitFor({ timeout: 1_500 })
      .then(
        () => true,
        () => false,
      )
  }
  await expect.poll(isSelected, { timeout: 20_000 }).toBe(true)
}
