import { BoardNetwork } from '@stoa/testkit/board-network'
import { type SignedTenant, signedTenant } from '@stoa/testkit/members'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { until } from '@stoa/testkit/until'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { listed, title } from './support/board-page.ts'
import { type StoaApp, startApp } from './support/stoa-app.ts'

const network = new BoardNetwork()
let app: StoaApp
/** Another machine of the same operator, where somebody posts. */
let far: { readonly stoa: TestProgram; readonly people: SignedTenant }
let ben: Page

beforeAll(async () => {
  const stoa = await startProgram({ overrides: network.node('attic') })
  far = { stoa, people: await signedTenant(stoa, 'Far away') }
  app = await startApp({ overrides: network.node('desk') })
  for (const { owner } of [app.tenant, far.people])
    await until('boards travel', async () => (await owner.client.call('getContentDiagnostics')).replicating)
  await network.connect()
  ben = await app.signIn(app.tenant.member)
})
afterEach(() => network.release())
afterAll(async () => {
  network.release()
  await app?.[Symbol.asyncDispose]()
  await far?.stoa.close()
})

/** A post of the other machine in the list of this one, which has its title and not its text. */
async function postAfar(head: string): Promise<void> {
  const there = far.people.owner.client
  const here = app.tenant.owner.client
  const { id: board_id } = await there.call('createBoard', { body: { title: 'Walks' } })
  const path = { board_id }
  const known = () => here.call('getBoard', { path }).catch(() => undefined)
  await expect.poll(async () => (await known())?.title, { timeout: 60_000 }).toBe('Walks')
  await here.call('updateBoard', { path, body: { policy: 'on_demand' } })
  await there.call('createPost', { path, body: { title: head, text: `What ${head} is about.` } })
  await ben.goto(`${app.line.url}/boards/${board_id}`)
  await listed(ben, head).waitFor()
}

const text = (head: string) => ben.locator('.post .bd').filter({ hasText: `What ${head} is about.` })
const state = (words: string) => ben.locator('.post > .fetch').filter({ hasText: words })

test('a text that is on its way says so, and stands there when it comes', async () => {
  await postAfar('The pond')
  network.hold()
  await listed(ben, 'The pond').click()
  await title(ben, 'The pond').waitFor()
  await state('Fetching from other nodes').waitFor()
  expect(await text('The pond').count()).toBe(0)
  network.release()
  await text('The pond').waitFor()
  expect(await ben.locator('.post > .fetch').count()).toBe(0)
})

test('a text that nobody can send says why, and comes when one asks again', async () => {
  await postAfar('The lake')
  network.part('attic')
  const { client } = app.tenant.owner
  const peers = async () => (await client.call('getContentDiagnostics')).peers.map(({ path }) => path)
  await expect.poll(peers).toEqual([null])
  await listed(ben, 'The lake').click()
  await state('The text is not on this node').getByText('No other node is connected').waitFor()
  const again = ben.getByRole('button', { name: 'Try again' })
  await again.click()
  await expect.poll(() => again.isEnabled()).toBe(true)
  await state('No other node is connected').waitFor()

  await network.connect()
  // One asks until it is there: the first time nobody may be connected yet, and the button goes when the text comes.
  const asked = async () => {
    await again.click({ timeout: 500 }).catch(() => {})
    return await text('The lake').isVisible()
  }
  await expect.poll(asked, { interval: 250 }).toBe(true)
})
