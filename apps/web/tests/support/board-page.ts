import type { Locator, Page } from 'playwright-core'
import type { StoaApp } from './stoa-app.ts'

/** A post among those of the board that is open. */
export const listed = (page: Page, title: string): Locator =>
  page.locator('.list .pl').filter({ hasText: title })

/** A comment of the post that is open. */
export const comment = (page: Page, words: string): Locator =>
  page.locator('.ct .c').filter({ hasText: words }).last()

/** The post that is open, once it is this one. */
export const title = (page: Page, words: string): Locator =>
  page.locator('.post h1').filter({ hasText: words })

/** What stands where one may not write. */
export const closed = (page: Page): Locator => page.locator('.closed')

const menuOf = (within: Locator): Locator => within.locator('[aria-haspopup=menu]').first()

async function choose(page: Page, within: Locator, act: string): Promise<void> {
  await menuOf(within).click()
  await page.getByRole('menuitem', { name: act, exact: true }).click()
}

/** Chooses from the menu of the post that is open. */
export const fromPost = (page: Page, act: string): Promise<void> => choose(page, page.locator('.top'), act)

/** Chooses from the menu of a comment. */
export const fromComment = (page: Page, words: string, act: string): Promise<void> =>
  choose(page, comment(page, words).locator('.hd').first(), act)

/** What the menu of the post that is open offers now. */
export async function offered(page: Page): Promise<string[]> {
  await menuOf(page.locator('.top')).click()
  const items = page.getByRole('menuitem')
  await items.first().waitFor()
  const labels = await items.allTextContents()
  await page.keyboard.press('Escape')
  await items.first().waitFor({ state: 'detached' })
  return labels
}

/** Answers the question why, and does it. */
export async function withReason(page: Page, reason: string, act: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').fill(reason)
  await dialog.getByRole('button', { name: act, exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** A board of the owner, with posts of these titles; each by the member unless told. */
export async function boardWith(
  { tenant, line }: StoaApp,
  titles: readonly string[],
  by: 'owner' | 'member' | 'guest' = 'member',
) {
  const { id: board_id } = await tenant.owner.client.call('createBoard', { body: { title: 'Walks' } })
  const url = `${line.url}/boards/${board_id}`
  const posts: { readonly id: string; readonly url: string }[] = []
  for (const title of titles) {
    const body = { title, text: `About ${title}` }
    const { id } = await tenant[by].client.call('createPost', { path: { board_id }, body })
    posts.push({ id, url: `${url}/posts/${id}` })
  }
  return { board_id, url, posts }
}
