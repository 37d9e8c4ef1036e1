import { existsSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import {
  type DocumentMessage,
  decodeClientFrame,
  decodeDocumentMessage,
  encodeDocumentMessage,
  encodeServerFrame,
  type ServerFrame,
} from '@stoa/contracts/realtime'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { accountHandlers } from '../src/testing/mock/account.ts'
import { tenancyHandlers } from '../src/testing/mock/tenancy.ts'
import { mockApi } from '../src/testing/mock-api.ts'
import { type Answer, serveApp } from './serve.ts'
import type { MockDocument, Shot } from './shots.ts'

/** In which language, on which paper, how wide. */
export interface Look {
  locale: string
  theme: string
  /** Pixels; under 700 a phone. */
  width: number
}

export interface Stage extends AsyncDisposable {
  /** Opens a shot and brings it to its state. What goes wrong on the way is among its faults. */
  show(shot: Shot): Promise<Staged>
}

/** What the server says just now. */
interface Scene {
  documents: Readonly<Record<string, MockDocument>>
  answer: Answer
  present: readonly string[]
}

/** A shot as it stands: `faults` holds what its page threw or logged. */
export interface Staged extends AsyncDisposable {
  readonly page: Page
  readonly faults: string[]
}

const APP = resolve(import.meta.dirname, '..')
const NOW = new Date('2026-11-21T14:05:00Z')
const CHROMIUMS = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser']

/** Every `src/**​/shots.ts`, in the order of their paths. */
export async function findShots(): Promise<Shot[]> {
  const files: string[] = []
  for await (const file of glob('src/**/shots.ts', { cwd: APP })) files.push(file)
  const modules: { shots: Shot[] }[] = await Promise.all(files.sort().map((file) => import(join(APP, file))))
  return modules.flatMap(({ shots }) => shots)
}

/** Whether a shot is meant to be seen so wide. */
export const fits = ({ widths }: Shot, { width }: Look) => widths?.includes(width) ?? true

export function launchChromium(): Promise<Browser> {
  const executablePath = CHROMIUMS.find((path) => path && existsSync(path))
  return chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--font-render-hinting=none'],
  })
}

/**
 * A window over the app built in `folder`. Its shots stand one after another, so that the browser keeps what it has compiled:
 * the next waits until one is disposed of. The API is mocked by the server, not in the browser, since that would turn its cache off.
 */
export async function openStage(browser: Browser, folder: string, look: Look): Promise<Stage> {
  const scene: Scene = { answer: () => undefined, present: [], documents: {} }
  const { url, server } = await serveApp(folder, (...request) => scene.answer(...request))
  const context = await openContext(browser, look)
  await answerSockets(context, scene)
  await answerDocuments(context, scene)
  let last: Promise<void> = Promise.resolve()
  return {
    async show(shot) {
      const before = last
      const done = Promise.withResolvers<void>()
      last = done.promise
      await before
      scene.answer = answerOf(shot)
      scene.present = shot.present ?? []
      scene.documents = shot.documents ?? {}
      const page = await context.newPage()
      const faults = await play(page, url, shot)
      return { page, faults, [Symbol.asyncDispose]: () => forget(page).finally(done.resolve) }
    },
    async [Symbol.asyncDispose]() {
      await context.close()
      server.closeAllConnections()
      server.close()
    },
  }
}

/** The API as the shot has it, with its files. */
function answerOf({ handlers = [], files = {} }: Shot): Answer {
  const api = mockApi(accountHandlers, tenancyHandlers, ...handlers)
  return (method, url, body) => {
    const file = files[url.pathname]
    return file ? { status: 200, body: file } : api(method, url, body)
  }
}

/** Brings a page to the state of a shot; gives what went wrong, then and later. */
async function play(page: Page, url: string, shot: Shot): Promise<string[]> {
  page.setDefaultTimeout(20_000)
  await page.clock.setFixedTime(NOW)
  const faults = listen(page, shot)
  try {
    await page.goto(url + shot.path)
    await page.waitForLoadState('networkidle')
    await shot.act?.(page)
    await page.evaluate(() => document.fonts.ready)
  } catch (error) {
    faults.push(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))
  }
  return faults
}

/** Leaves nothing of a page to the next one. */
async function forget(page: Page): Promise<void> {
  await page.context().setOffline(false)
  await page.evaluate(async () => {
    localStorage.clear()
    for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name)
  })
  await page.close()
}

async function openContext(browser: Browser, { locale, theme, width }: Look): Promise<BrowserContext> {
  const phone = width < 700
  const context = await browser.newContext({
    viewport: { width, height: phone ? 844 : 900 },
    hasTouch: phone,
    isMobile: phone,
    serviceWorkers: 'block',
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Madrid',
  })
  const preferences = { state: { theme, locale, listWidth: 272, listHidden: false }, version: 1 }
  await context.addInitScript(
    (stored) => localStorage.setItem('stoa.preferences', stored),
    JSON.stringify(preferences),
  )
  return context
}

/** Live topics on which nothing happens: these accounts are here. */
async function answerSockets(context: BrowserContext, scene: Scene): Promise<void> {
  await context.routeWebSocket(/\/realtime\/v1/, (socket) => {
    const say = (frame: ServerFrame) => socket.send(Buffer.from(encodeServerFrame(frame)))
    const expires_at = new Date(NOW.getTime() + 3_600_000).toISOString()
    socket.onMessage((data) => {
      const frame = decodeClientFrame(new Uint8Array(Buffer.from(data)))
      if (frame.kind === 'hello')
        say({ kind: 'welcome', connection_id: 'mock', account_id: '', ping_ms: 600_000, expires_at })
      if (frame.kind === 'follow')
        say({ kind: 'following', topic: frame.topic, seq: 0, reset: false, present: scene.present })
    })
  })
}

/** Documents as they stand in the scene; what is written in them is said to be durable. */
async function answerDocuments(context: BrowserContext, scene: Scene): Promise<void> {
  await context.routeWebSocket(/\/yjs\//, (socket) => {
    const id = new URL(socket.url()).pathname.split('/').at(-1) ?? ''
    const held = scene.documents[id]
    const say = (message: DocumentMessage) => socket.send(Buffer.from(encodeDocumentMessage(message)))
    socket.onMessage((data) => {
      const message = decodeDocumentMessage(new Uint8Array(Buffer.from(data)))
      if (message.kind === 'numbered') say({ kind: 'ack', seq: message.seq })
      if (message.kind !== 'step1' || !held) return
      say({ kind: 'step1', stateVector: new Uint8Array([0]) })
      say({ kind: 'step2', update: held.update })
      if (held.awareness) say({ kind: 'awareness', update: held.awareness })
    })
  })
}

/** Refusals by the mocked API, a network that is away and books that may run no scripts are part of the picture, not faults. */
function listen(page: Page, shot: Shot): string[] {
  const faults: string[] = []
  if (shot.throws) return faults
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    const refusal = /status of 4\d\d|ERR_INTERNET_DISCONNECTED|sandboxed/.test(message.text())
    if (message.type() === 'error' && !refusal) faults.push(message.text())
  })
  return faults
}
