import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  boardWith,
  closed,
  comment,
  fromComment,
  fromPost,
  listed,
  offered,
  title,
  withReason,
} from './support/board-page.ts'
import { type StoaApp, startApp } from './support/stoa-app.ts'

let app: StoaApp
/** Anna owns the boards, Ben writes on them. Nobody loads a page anew to see what the other did. */
let anna: Page
let ben: Page
let names: { readonly anna: string; readonly ben: string }

beforeAll(async () => {
  app = await startApp()
  const { owner, member } = app.tenant
  names = { anna: owner.displayName, ben: member.displayName }
  anna = await app.signIn(owner)
  ben = await app.signIn(member)
})
afterAll(() => app?.[Symbol.asyncDispose]())

/** Both look at the first post of a board. */
async function bothAt(...[titles, by]: [titles: readonly [string, ...string[]], by?: 'owner' | 'guest']) {
  const board = await boardWith(app, titles, by)
  for (const page of [anna, ben]) {
    await page.goto(board.posts[0]?.url ?? '')
    await title(page, titles[0]).waitFor()
  }
  return board
}
const firstListed = (page: Page) => page.locator('.list .pl .ti').first().textContent()

test('a comment is hidden: in its place others read by whom and why, until it is shown again', async () => {
  const { board_id, posts } = await bothAt(['The pond'])
  const path = { board_id, post_id: posts[0]?.id ?? '' }
  await app.tenant.guest.client.call('createComment', { path, body: { text: 'Buy my boat!' } })
  await comment(ben, 'Buy my boat!').waitFor()
  await fromComment(anna, 'Buy my boat!', 'Hide')
  await withReason(anna, 'Nobody asked', 'Hide')
  const note = `Hidden by ${names.anna}: Nobody asked`
  await comment(ben, note).waitFor()
  await expect.poll(() => comment(ben, 'Buy my boat!').count()).toBe(0)
  // Who may see it does, with the reason; nobody is told that its author took it back.
  await comment(anna, 'Buy my boat!').getByText(note).waitFor()
  expect(await comment(ben, note).textContent()).not.toMatch(/took|not on this node/)

  await fromComment(anna, 'Buy my boat!', 'Show again')
  await comment(ben, 'Buy my boat!').waitFor()
  await expect.poll(() => ben.getByText(note).count()).toBe(0)
})

test('a lock: the other sees at once that nothing is added and by whom, and loses no word of what he wrote', async () => {
  await bothAt(['The pond'])
  const box = (page: Page) => page.getByLabel('Write a comment')
  await box(ben).fill('I was going to say')
  await fromPost(anna, 'Lock the discussion')
  const note = closed(ben)
  await note.getByText(`${names.anna} has locked this discussion`).waitFor()
  await note.getByText('Nothing is added to it until it is unlocked').waitFor()
  await note.getByText('What you had begun is kept on this device').waitFor()
  await note.getByRole('link', { name: names.anna }).waitFor()
  expect(await box(ben).count()).toBe(0)
  await listed(ben, 'The pond').getByText('Locked').waitFor()
  // Moderators still may.
  await box(anna).fill('This much, and no more.')
  await anna.getByRole('button', { name: 'Comment', exact: true }).click()
  await comment(ben, 'This much, and no more.').waitFor()
  expect(await comment(ben, 'This much, and no more.').getByRole('button', { name: 'Reply' }).count()).toBe(0)

  await fromPost(anna, 'Unlock the discussion')
  await expect.poll(() => box(ben).inputValue()).toBe('I was going to say')
  await ben.getByRole('button', { name: 'Comment', exact: true }).click()
  await comment(anna, 'I was going to say').waitFor()
})

test('what is pinned stands first for both, until it is let go', async () => {
  await bothAt(['The oldest', 'The older', 'The newest'])
  for (const page of [anna, ben]) await expect.poll(() => firstListed(page)).toBe('The newest')
  await fromPost(anna, 'Pin to the top')
  for (const page of [anna, ben]) {
    await expect.poll(() => firstListed(page)).toBe('The oldest')
    await listed(page, 'The oldest').getByText('Pinned').waitFor()
  }
  await fromPost(anna, 'Unpin')
  for (const page of [anna, ben]) await expect.poll(() => firstListed(page)).toBe('The newest')
})

test('a ban: its author is told by whom, why and who can lift it, keeps what he wrote, and sends it afterwards', async () => {
  const { url } = await bothAt(['By Ben'])
  await ben.goto(`${url}/write`)
  await ben.getByLabel('Title').fill('Half a thought')
  await ben.getByLabel('Text').fill('Before the walkers')
  await fromPost(anna, `Ban ${names.ben} from this board`)
  await withReason(anna, 'Three adverts', 'Ban')

  const told = async () => {
    await closed(ben).getByText(`${names.anna} has banned you from this board`).waitFor()
    await closed(ben).getByText('Three adverts').waitFor()
    await closed(ben).getByText('You can read on').waitFor()
    await closed(ben).getByRole('link', { name: names.anna }).waitFor()
  }
  const send = ben.getByRole('button', { name: 'Post', exact: true })
  await told()
  expect(await send.isDisabled()).toBe(true)
  expect(await ben.getByLabel('Text').inputValue()).toBe('Before the walkers')
  await expect.poll(() => ben.getByRole('link', { name: 'Post', exact: true }).count()).toBe(0)

  // Under a post, too; and nothing is offered that would be refused.
  await listed(ben, 'By Ben').click()
  await title(ben, 'By Ben').waitFor()
  await told()
  expect(await ben.getByLabel('Write a comment').count()).toBe(0)
  await expect.poll(() => offered(ben)).toEqual(['Copy link'])

  await ben.goto(`${url}/write`)
  await told()
  expect(await ben.getByLabel('Title').inputValue()).toBe('Half a thought')
  await fromPost(anna, `Allow ${names.ben} again`)
  await expect.poll(() => closed(ben).count()).toBe(0)
  await send.click()
  await title(ben, 'Half a thought').waitFor()
  await listed(anna, 'Half a thought').waitFor()
})

test('a right is given and taken: the menu of the other changes as he looks', async () => {
  const { url } = await bothAt(['By a guest', 'By another'], 'guest')
  const { client } = app.tenant.member
  const board_id = url.split('/').at(-1) ?? ''
  await client.call('createPost', { path: { board_id }, body: { title: 'By Ben', text: 'Mine' } })
  expect(await offered(ben)).toEqual(['Copy link'])
  await listed(anna, 'By Ben').click()
  await title(anna, 'By Ben').waitFor()
  await fromPost(anna, `Make ${names.ben} a moderator`)
  await expect.poll(() => offered(ben)).toContain('Pin to the top')
  await fromPost(ben, 'Pin to the top')
  await expect.poll(() => firstListed(anna)).toBe('By a guest')
  // He may not do to her what she may do to him.
  await expect.poll(() => offered(anna)).toContain(`Take the role of moderator from ${names.ben}`)

  await anna.goto(url)
  const moderators = anna.locator('.people section').filter({ hasText: 'Moderators' })
  await moderators.getByText(names.ben).waitFor()
  await moderators.getByRole('button', { name: 'Take the role away' }).click()
  await moderators.getByText('Nobody but the owner').waitFor()
  await expect.poll(() => offered(ben)).toEqual(['Copy link'])
})

test('the log says of each act who did it, to whom, why and when, and grows as one looks', async () => {
  const { board_id, url, posts } = await boardWith(app, ['The pond', 'The lake'])
  const { client } = app.tenant.owner
  const { author_id } = await app.tenant.member.client.call('getAuthorKey')
  const target_id = posts[0]?.id ?? ''
  const acts = [
    [{ action: 'pin', target_id }, 'pinned a post'],
    [{ action: 'lock', target_id }, 'locked a discussion'],
    [{ action: 'hide', target_id, reason: 'Told twice' }, 'hid a post or comment', 'Told twice'],
    [{ action: 'restore', target_id }, 'showed one again'],
    [{ action: 'grant', author_id, role: 'moderator' }, `made ${names.ben} a moderator`],
    [{ action: 'revoke', author_id, role: 'moderator' }, `took the role of ${names.ben} away`],
    [{ action: 'ban', author_id, reason: 'Three adverts' }, `banned ${names.ben}`, 'Three adverts'],
    [{ action: 'unban', author_id }, `allowed ${names.ben} again`],
  ] as const
  for (const [body] of acts) await client.call('moderateBoard', { path: { board_id }, body })

  await ben.goto(url)
  const rows = ben.locator('.log li')
  await expect.poll(() => rows.count()).toBe(acts.length)
  const texts = await rows.allTextContents()
  for (const [at, [, ...words]] of acts.toReversed().entries())
    for (const word of [names.anna, ...words]) expect(texts[at]).toContain(word)
  const year = String(new Date().getFullYear())
  for (const moment of await rows.locator('time').all()) {
    expect(await moment.textContent()).toMatch(/\d/)
    expect(await moment.getAttribute('title')).toContain(year)
  }

  await anna.goto(posts[1]?.url ?? '')
  await title(anna, 'The lake').waitFor()
  await fromPost(anna, 'Pin to the top')
  await expect.poll(() => rows.first().textContent()).toContain(`${names.anna} pinned a post`)
  await rows.first().getByRole('link', { name: 'The lake' }).click()
  await title(ben, 'The lake').waitFor()
})
