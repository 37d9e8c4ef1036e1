import type { Locator, Page } from 'playwright-core'

/** The message that holds these words, in the room that is open. */
export const saying = (page: Page, words: string): Locator =>
  page.locator('.stream .msg').filter({ hasText: words })

/** Where one writes; `within` tells the room's box from the one beside it. */
export const box = (page: Page, within = '.stage'): Locator => page.locator(`${within} .comp textarea`)

export async function say(page: Page, words: string, within = '.stage'): Promise<void> {
  await box(page, within).fill(words)
  await box(page, within).press('Enter')
}

/** What was said in the room that is open, from above. */
export const bodies = (page: Page): Promise<string[]> => page.locator('.stream .msg .tx2').allTextContents()

/** Chooses from the menu over the list of rooms. */
export async function fromRoomList(page: Page, item: string): Promise<void> {
  await page.locator('.list .head [aria-haspopup=menu]').click()
  await page.getByRole('menuitem', { name: item }).click()
}

/** Chooses from the menu of the room that is open. */
export async function fromRoom(page: Page, item: string): Promise<void> {
  await page.locator('.stage .top [aria-haspopup=menu]').last().click()
  await page.getByRole('menuitem', { name: item }).press('Enter')
}
