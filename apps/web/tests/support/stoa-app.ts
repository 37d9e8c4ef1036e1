import { type Signed, type SignedTenant, settledBook, signedTenant, uploadBook } from '@stoa/testkit/members'
import { startProgram, type TestProgram, type TestProgramOptions } from '@stoa/testkit/program'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { launchChromium } from '../../tools/stage.ts'
import { builtApp } from './built-app.ts'
import { type Line, lineTo } from './line.ts'

/** The built app served by the whole program, and a browser to look at it. */
export interface StoaApp extends AsyncDisposable {
  readonly stoa: TestProgram
  readonly tenant: SignedTenant
  /** Between browser and program. */
  readonly line: Line
  /** Adds a book and waits until it has been read in. Gives its id. */
  addBook(name: string, bytes: Uint8Array): Promise<string>
  /** A browser of its own in which somebody has signed in. */
  signIn(member: Signed, options?: BrowserContextOptions): Promise<Page>
}

/** Boots all of it. */
export async function startApp(
  options: Pick<TestProgramOptions, 'config' | 'overrides'> = {},
): Promise<StoaApp> {
  const stoa = await startProgram({
    ...options,
    overrides: { ...options.overrides, webRoot: await builtApp() },
  })
  const [tenant, line, browser] = await Promise.all([
    signedTenant(stoa, 'Readers'),
    lineTo(stoa.url),
    launchChromium(),
  ])
  return {
    stoa,
    tenant,
    line,
    async addBook(name, bytes) {
      const { client } = tenant.owner
      const { id } = await uploadBook(stoa, client, { name, bytes })
      const { state, failure } = await settledBook(client, id)
      if (state !== 'ACTIVE') throw new Error(`${name}: ${failure?.code}`)
      return id
    },
    signIn: (member, options) => signIn(browser, stoa, line, member, options),
    async [Symbol.asyncDispose]() {
      await browser.close()
      await line[Symbol.asyncDispose]()
      await stoa.close()
    },
  }
}

async function signIn(
  browser: Browser,
  { program }: TestProgram,
  line: Line,
  { email }: Signed,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const link = await program.capabilities.identity.terminalSignInLink({ baseUrl: line.url, email })
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  await page.goto(link.url)
  await page.waitForURL('**/library')
  return page
}
