import { clusterOf, onLoopback } from '@stoa/testkit/clustered'
import { type SignedTenant, signedTenant } from '@stoa/testkit/members'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { until } from '@stoa/testkit/until'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type StoaApp, startApp } from './support/stoa-app.ts'

const MINUTE = 60_000
let app: StoaApp
/** Another machine of the same operator. */
let far: { readonly stoa: TestProgram; readonly people: SignedTenant } | undefined
/** Anna runs the machine, Ben does not. */
let anna: Page
let ben: Page

beforeAll(async () => {
  app = await startApp({ config: onLoopback })
  anna = await app.signIn(app.tenant.owner)
  ben = await app.signIn(app.tenant.member)
})
afterAll(async () => {
  await far?.stoa.close()
  await app?.[Symbol.asyncDispose]()
})

const node = (name: string) => anna.locator('.nodes tbody tr').filter({ hasText: name })
const figure = (key: string) => anna.locator(`[data-figure=${key}]`)
const state = (words: string) => anna.locator('.top .mark').filter({ hasText: words })

test('a machine in no cluster tells how to make one, and what it holds', async () => {
  await anna.locator('.rail').waitFor()
  // Not one after the other: on a busy machine the second would come too late to go with the first.
  await Promise.all([anna.keyboard.press('g'), anna.keyboard.press('c')])
  await anna.getByRole('heading', { name: 'This machine is in no cluster' }).waitFor()
  await anna.getByText('npm run stoa -- cluster init').waitFor()
  await anna.locator('.top .mark').filter({ hasText: 'no cluster' }).waitFor()
  await anna.getByText('no other node was heard yet').waitFor()
  expect(await anna.locator('.nodes, .kpi, .troubles').count()).toBe(0)
})

test('whoever does not run it is told so, and finds no way there', async () => {
  await ben.goto(`${app.line.url}/settings/cluster`)
  await ben.getByRole('heading', { name: 'Only owners and admins see the cluster' }).waitFor()
  expect(await ben.getByRole('link', { name: 'Cluster' }).count()).toBe(0)
})

test(
  'two nodes: both are there, directly connected, and in step',
  async () => {
    const stoa = await startProgram({ config: onLoopback })
    far = { stoa, people: await signedTenant(stoa, 'Far away') }
    await clusterOf(
      new Map([
        ...([
          ['desk', app.stoa],
          ['attic', stoa],
        ] as const),
      ]),
    )
    await state('healthy: 2 of 2 members online').waitFor({ timeout: MINUTE })
    await node('desk').getByText('this one').waitFor()
    await node('attic').getByText('direct').last().waitFor()
    await node('attic').getByText('in step').waitFor({ timeout: MINUTE })
    await figure('sync_lag_seconds').getByText('nothing is missing that they hold').waitFor()
    await anna.getByRole('button', { name: 'Add a node' }).click()
    await anna.getByRole('dialog').getByText('npm run stoa -- cluster join p2pos-join://').waitFor()
    await anna.keyboard.press('Escape')
    await anna.getByRole('dialog').waitFor({ state: 'detached' })
  },
  4 * MINUTE,
)

/** A post made on the other machine whose text this one has lost. */
async function loseText(): Promise<string> {
  const { client } = far!.people.owner
  const { id: board_id } = await client.call('createBoard', { body: { title: 'Walks' } })
  const body = { title: 'The pond', text: 'At seven, before the walkers.' }
  const { id: post_id } = await client.call('createPost', { path: { board_id }, body })
  const read = () =>
    app.tenant.owner.client.call('getPost', { path: { board_id, post_id } }).catch(() => undefined)
  await until('the text is here', async () => (await read())?.body.state === 'present', MINUTE)
  await far!.stoa.close()
  await state('degraded').waitFor({ timeout: MINUTE })
  await app.stoa.db.sql('update stoa.content_blobs set bytes = null, whole = false')
  await read()
  return `/boards/${board_id}/posts/${post_id}`
}

test(
  'the other goes: it is missed, and a text that does not come says why and is asked for again',
  async () => {
    const address = await loseText()
    far = undefined
    await anna.getByRole('alert').filter({ hasText: 'Most of the cluster cannot be reached' }).waitFor()
    await anna.getByText('attic is not connected').waitFor()
    await node('attic').getByText('not connected').waitFor()
    const fetch = anna.locator('.lines li').filter({ hasText: 'Text of “The pond”' })
    await fetch.getByText('No other node is connected').waitFor({ timeout: MINUTE })
    await fetch.getByRole('button').click()
    await anna.locator('.toast').filter({ hasText: 'No other node is connected' }).waitFor()
    await anna.goto(app.line.url + address)
    await anna.getByRole('link', { name: 'What this node knows' }).click()
    await fetch.getByText(/Asked for \d+ times/).waitFor()
  },
  4 * MINUTE,
)

test('a machine that cannot be reached leaves what was known, and says from when it is', async () => {
  await app.line.cut()
  const stale = anna.locator('.banner').filter({ hasText: 'What stands here is from' })
  await stale.waitFor({ timeout: MINUTE })
  await node('attic').waitFor()
  await app.line.mend()
  await stale.waitFor({ state: 'detached', timeout: MINUTE })
})
