import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { silentLogger } from '@stoa/kernel'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHttpServer } from './server.ts'
import { appFallback, serveApp } from './static-app.ts'

let root: string
let app: FastifyInstance

async function start(folder: string): Promise<FastifyInstance> {
  const web = { root: folder, storageOrigins: ['https://files.example'] }
  const server = createHttpServer({
    log: silentLogger,
    trustedProxies: [],
    statuses: {},
    notFound: appFallback(web),
  })
  serveApp(server, web)
  await server.ready()
  return server
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'stoa-web-'))
  await mkdir(join(root, 'assets'))
  await writeFile(join(root, 'index.html'), '<!doctype html><title>app</title>')
  await writeFile(join(root, 'sw.js'), 'self.x = 1')
  await writeFile(join(root, 'assets/index-abc123_-.js'), 'console.log(1)')
  await writeFile(join(root, 'assets/index-abc123_-.js.gz'), gzipSync('console.log(1)'))
  await mkdir(join(root, 'assets/pdfjs'))
  await writeFile(join(root, 'assets/pdfjs/worker.mjs'), 'export {}')
  await writeFile(join(root, '.secret'), 'never')
  app = await start(root)
})
afterAll(async () => {
  await app.close()
  await rm(root, { recursive: true })
})

const html = { accept: 'text/html,application/xhtml+xml' }

test('every address a browser navigates to gets the page, under the strict policy', async () => {
  for (const url of ['/', '/library', '/books/7/read?x=1', '/apiary', '/index.html']) {
    const reply = await app.inject({ url, headers: html })
    expect([url, reply.statusCode, reply.body]).toEqual([url, 200, '<!doctype html><title>app</title>'])
    expect(reply.headers['cache-control']).toBe('no-cache')
    const policy = String(reply.headers['content-security-policy'])
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';")
    expect(policy).not.toMatch(/script-src[^;]*unsafe-inline/)
    for (const part of [
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      'frame-src blob:',
    ]) {
      expect(policy).toContain(part)
    }
    expect(policy).toContain("connect-src 'self' https://files.example;")
  }
})

test('files with a hash in their name are kept for ever, the service worker is asked for every time', async () => {
  const script = await app.inject('/assets/index-abc123_-.js')
  expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  expect(script.headers['content-type']).toContain('javascript')
  expect((await app.inject('/assets/pdfjs/worker.mjs')).headers['cache-control']).toBe('no-cache')
  expect((await app.inject('/sw.js')).headers['cache-control']).toBe('no-cache')
})

test('a compressed sibling is sent to who takes it', async () => {
  const reply = await app.inject({ url: '/assets/index-abc123_-.js', headers: { 'accept-encoding': 'gzip' } })
  expect(reply.headers['content-encoding']).toBe('gzip')
  expect(reply.headers['cache-control']).toContain('immutable')
  expect(reply.headers['content-type']).toContain('javascript')
})

test('an unchanged file is not sent again', async () => {
  const { headers } = await app.inject('/index.html')
  const again = await app.inject({ url: '/index.html', headers: { 'if-none-match': String(headers.etag) } })
  expect([again.statusCode, again.body]).toEqual([304, ''])
})

test.each([
  ['/api/v1/nothing', html, 404],
  ['/blobs/x', html, 404],
  ['/.well-known/nothing', html, 404],
  ['/assets/gone-000000.js', { accept: '*/*' }, 404],
  ['/.secret', { accept: '*/*' }, 404],
  ['/..%2f..%2fetc/passwd', { accept: '*/*' }, 404],
  ['//evil.example/', { accept: '*/*' }, 404],
])('%s is a problem, not the page', async (url, headers, status) => {
  const reply = await app.inject({ url, headers })
  expect([reply.statusCode, reply.json().code]).toEqual([status, 'route.not_found'])
})

test('writing to the app is refused', async () => {
  const reply = await app.inject({ method: 'POST', url: '/library', headers: html })
  expect([reply.statusCode, reply.json().code]).toEqual([405, 'route.method_not_allowed'])
})

test('an app that is not built has a page that says so and goes away by itself once it is', async () => {
  const folder = join(root, 'later')
  await mkdir(folder)
  const waiting = await start(folder)
  const missing = await waiting.inject({ url: '/', headers: html })
  expect(missing.statusCode).toBe(503)
  expect(missing.body).toContain('http-equiv="refresh"')
  expect(missing.body).toContain('npm start')
  expect(missing.body).toContain('网页应用尚未构建')
  await writeFile(join(folder, 'index.html'), 'built')
  expect((await waiting.inject({ url: '/', headers: html })).body).toBe('built')
  await waiting.close()
})
